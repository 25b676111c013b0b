"""What is left of a model's text when what is put around the answer is taken off, however the stream is cut."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.answerers import Usage
from assistant.wrapping import ThoughtEnded, answer_in

PARTS = [
    "<think>",
    "</think>",
    "<th",
    "ink>",
    "[THINK]",
    "[/THINK]",
    "<|channel|>analysis<|message|>",
    "<|channel|>final<|message|>",
    "<|im_end|>",
    "<|im",
    "<answer>",
    "```",
    "```json\n",
    "답변: ",
    "**Answer:** ",
    "Okay, ",
    "먼저 ",
    "쿠팡은 부담한다. ",
    "[1.1]",
    "\n",
    "<",
    "[",
]
TEXTS = st.lists(st.sampled_from(PARTS) | st.text(max_size=4), max_size=16).map("".join)


def read(*pieces: str) -> list[str]:
    """The text of the answer, and before it what was given until each thought turned out to be one."""
    texts = [""]
    for piece in answer_in(iter(pieces)):
        if isinstance(piece, ThoughtEnded):
            texts.append("")
        elif isinstance(piece, str):
            texts[-1] += piece
    return texts


@given(TEXTS)
def test_however_the_stream_is_cut_the_answer_is_the_same(text: str) -> None:
    assert read(*text) == read(text)


@given(TEXTS, st.data())
def test_what_is_in_a_thought_is_never_given(text: str, data: st.DataObject) -> None:
    secret = "\ue000"
    place = data.draw(st.integers(0, len(text)))
    opened = text[:place].replace("<|im_end|>", "")
    written = f"{opened}<think>{secret}</think>{text[place:]}"
    assert secret not in "".join(read(*written))


@given(st.text(alphabet="가나다 .\n0123456789abc()", max_size=80).filter(lambda text: text.strip()[:1].isdigit()))
def test_an_answer_with_nothing_around_it_stays_as_it_is(text: str) -> None:
    assert read(*text) == [text]


def test_every_piece_leads_to_something_so_that_a_reader_who_leaves_is_noticed() -> None:
    pieces = ["<think>", "음", "음", "</think>", "", "쿠팡은 할인 비용을 부담하겠다고 밝혔다."]
    assert len(list(answer_in(iter(pieces)))) >= len(pieces)


def test_the_usage_comes_through() -> None:
    assert Usage(1, 2) in list(answer_in(iter(["<think>", Usage(1, 2)])))
