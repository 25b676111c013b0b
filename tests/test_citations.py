"""Markers: strict, removed and counted when they resolve to nothing, and the same however the stream is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Hit
from assistant.citations import AnswerParser, cite
from ingest.article import Article, Language, chunk_of
from ingest.language import sentence_spans

KOREAN = "머리말이다. 쿠팡은 비용을 부담한다. 빠른정산을 넓힌다. 네이버는 600억원을 투자한다."
ENGLISH = "Kakao pays ten times a month. Naver has not decided."


def hit(article_id: str, text: str, language: Language, first: int = 0) -> Hit:
    spans = sentence_spans(text, language)
    article = Article(article_id, text, language, spans, title="T", publisher="P", published_at="2024-11-06")
    return Hit(chunk_of(article, 0, first, len(spans)), article, 1.0)


# The first passage starts at its article's second sentence: [1.1] is "쿠팡은 비용을 부담한다."
PASSAGES = (hit("ko", KOREAN, "ko", first=1), hit("en", ENGLISH, "en"))


def parse(
    *pieces: str, language: Language = "ko", complete: bool = True
) -> tuple[list[tuple[str, tuple[str, ...]]], int]:
    """Sentences with their markers, and the number of invalid markers."""
    parser = AnswerParser(PASSAGES, language)
    drafts = [draft for piece in pieces for draft in parser.feed(piece)]
    drafts += parser.finish(complete=complete)
    return [(draft.text, tuple(citation.marker for citation in draft.citations)) for draft in drafts], parser.invalid


def test_a_marker_is_the_address_of_a_sentence() -> None:
    citation = cite(PASSAGES, 1, 3)
    assert citation is not None
    assert citation.quote == "네이버는 600억원을 투자한다." == KOREAN[citation.start : citation.end]
    assert citation.content_hash == PASSAGES[0].article.content_hash
    assert (citation.article, citation.publisher, citation.published_at) == ("ko", "P", "2024-11-06")


@pytest.mark.parametrize("address", [(0, 1), (1, 0), (1, 4), (3, 1), (-1, 1), (1, -1)])
def test_an_address_of_nothing_is_nothing(address: tuple[int, int]) -> None:
    assert cite(PASSAGES, *address) is None


@pytest.mark.parametrize(
    ("marker", "cited", "invalid"),
    [
        ("[1.2]", ("1.2",), 0),
        ("[1.2, 2.1]", ("1.2", "2.1"), 0),
        ("[1.2; 2.1]", ("1.2", "2.1"), 0),
        ("[1.2][2.1]", ("1.2", "2.1"), 0),
        ("[1.2] [1.2]", ("1.2",), 0),
        ("【1.2】", ("1.2",), 0),
        ("［１.２］", ("1.2",), 0),
        ("[[1.2]]", ("1.2",), 0),
        ("[ 1.2 ]", ("1.2",), 0),
        ("[1.2, 99.1]", ("1.2",), 1),
        ("[0]", (), 1),
        ("[-1]", (), 1),
        ("[1]", (), 1),
        ("[99.1]", (), 1),
        ("[1.99]", (), 1),
        ("[1-3]", (), 1),
        ("[1.1-1.3]", (), 1),
        ("[1.2.3]", (), 1),
        ("[01.2]", (), 1),
        ("[1.2】", (), 1),
        ("[2024]", (), 1),
        ("`[1.2]`", (), 1),
        ("```\n[1.2]\n```", (), 1),
        ("[1.2](https://example.org/a)", (), 1),
        ("[1.2](#a)", (), 1),
        ('[1.2](https://example.org/ "title") 끝', (), 1),
        ("[1.2](https://example.org/", (), 1),
        ("[1.2](https://example.org/\n", ("1.2",), 0),
        ("https://example.org/?q=[1.2]", (), 1),
    ],
)
def test_markers_are_strict(marker: str, cited: tuple[str, ...], invalid: int) -> None:
    sentences, counted = parse(f"쿠팡은 부담한다 {marker}")
    assert tuple(m for _, markers in sentences for m in markers) == cited
    assert counted == invalid
    text = " ".join(text for text, _ in sentences)
    assert text.startswith("쿠팡은 부담한다")
    assert "[" not in text
    assert "1.2" not in text


@pytest.mark.parametrize(
    "text", ["[단독] 쿠팡이 밝혔다.", "[2024 국감] 쿠팡이 밝혔다.", "[사진=1] 쿠팡이 밝혔다.", "쿠팡[]이 밝혔다 [."]
)
def test_brackets_that_are_text_stay_text(text: str) -> None:
    (sentence,), invalid = parse(text)
    assert sentence[0] == text.replace("[]", "")
    assert invalid == 0


@pytest.mark.parametrize(
    ("answer", "sentences"),
    [
        (
            "가 했다. [1.1] 나 했다 [1.2]. 다 했다.[1.3]라 했다.",
            ["가 했다.|1.1", "나 했다.|1.2", "다 했다.|1.3", "라 했다.|"],
        ),
        ("가 했다. 나 했다. [1.1][2.1]", ["가 했다.|", "나 했다.|1.1,2.1"]),
        ("가는 [1.1] 나를 3.5% 올렸다 [1.2].", ["가는 나를 3.5% 올렸다.|1.1,1.2"]),
        (
            "- 가 했다. [1.1]\n- 나 했다. [1.2]\n\n2) **다** 했다.\n[1.3]",
            ["가 했다.|1.1", "나 했다.|1.2", "다 했다.|1.3"],
        ),
        ('그는 "그렇다."고 말했다. [1.1] 끝.', ['그는 "그렇다."고 말했다.|1.1', "끝.|"]),
        ("가 했다.[1.1](주)쿠팡은 나 했다. [1.2]", ["가 했다.|1.1", "(주)쿠팡은 나 했다.|1.2"]),
        ("It rose 4.8%. [1.1] iPhones fell. [2.1]", ["It rose 4.8%.|1.1", "iPhones fell.|2.1"]),
        ("가 했다 [1.1], [1.2]. 나 했다 ([2.1]). 다 했다.", ["가 했다.|1.1,1.2", "나 했다.|2.1", "다 했다.|"]),
        ("가 했다 [1.1] 및 [1.2]. 나 했다. (출처: [2.1])", ["가 했다.|1.1,1.2", "나 했다.|2.1"]),
        (
            "It fell [1.1], [1.2] and [2.1]. And it rose [1.1] and fell [1.2].",
            ["It fell.|1.1,1.2,2.1", "And it rose and fell.|1.1,1.2"],
        ),
        ("가 했다. [1.1](https://a.b/) 나 했다. [1.2]", ["가 했다.|", "나 했다.|1.2"]),
        ("`가 [1.1]\n나 했다. [1.2]", ["`가|", "나 했다.|1.2"]),
        ("11. 6. 가 했다. [1.1]\n1. 나 했다. [1.2]", ["11. 6. 가 했다.|1.1", "나 했다.|1.2"]),
        ("가 했다. [1.1]\n출처: [1.1], [1.2]", ["가 했다.|1.1"]),
        ("가 했다. [1.1]\n나 했다\n다 했다", ["가 했다.|1.1", "나 했다|", "다 했다|"]),
    ],
)
def test_each_sentence_has_its_own_markers(answer: str, sentences: list[str]) -> None:
    parsed, _ = parse(answer)
    assert [f"{text}|{','.join(markers)}" for text, markers in parsed] == sentences


@pytest.mark.parametrize(
    ("answer", "sentences"),
    [
        ("[1.1] 가 했다.", ["가 했다.|1.1"]),
        ("[1.1] 가 했다.\n[1.2] 나 했다.", ["가 했다.|1.1", "나 했다.|1.2"]),
        ("[1.1] 가 했다. [1.2] 나 했다.", ["가 했다.|1.1", "나 했다.|1.2"]),
        ("[1.1][2.1] 가 했다.\n\n[1.2], [1.3] 나 했다.", ["가 했다.|1.1,2.1", "나 했다.|1.2,1.3"]),
        ("- [1.1] 가 했다.\n- **[1.2]** 나 했다.", ["가 했다.|1.1", "나 했다.|1.2"]),
        ("[1.1]\n가 했다.\n[1.2]\n나 했다.", ["가 했다.|1.1", "나 했다.|1.2"]),
        ("[1.1] 가 했다. [1.1]\n[1.2] 나 했다. [2.1]", ["가 했다.|1.1", "나 했다.|1.2,2.1"]),
        ('[1.1] "가 했다."\n[1.2] "나 했다"고 했다.', ['"가 했다."|1.1', '"나 했다"고 했다.|1.2']),
        ("다음과 같다:\n[1.1] 가 했다.\n[1.2] 나 했다.", ["다음과 같다:|", "가 했다.|1.1", "나 했다.|1.2"]),
        ("[1.1] 가 했다. 나 했다.", ["가 했다.|1.1", "나 했다.|"]),
        ("가 했다.\n[1.1]\n나 했다.\n[1.2]", ["가 했다.|1.1", "나 했다.|1.2"]),
    ],
)
def test_a_model_that_opens_with_a_marker_puts_all_of_them_before_their_sentences(
    answer: str, sentences: list[str]
) -> None:
    parsed, invalid = parse(answer)
    assert [f"{text}|{','.join(markers)}" for text, markers in parsed] == sentences
    assert invalid == 0


def test_a_marker_with_no_sentence_at_all_is_counted() -> None:
    assert parse("[1.1]") == ([], 1)
    assert parse("[9.9] 가 했다.") == ([("가 했다.", ())], 1)


def test_an_answer_of_leading_markers_that_is_cut_off_gives_no_sentence_the_marker_of_the_next() -> None:
    assert parse("[1.1] 가 했다.\n[1.2]", complete=False) == ([("가 했다.", ("1.1",))], 0)


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_quotation_mark_after_a_marker_opens_the_next_sentence(quote: str) -> None:
    parsed, _ = parse(f"가 했다. [1.1] {quote}나 했다{quote}고 했다. [1.2]")
    assert parsed == [("가 했다.", ("1.1",)), (f"{quote}나 했다{quote}고 했다.", ("1.2",))]


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        ("가 했다. [1.1] 나 했", ["가 했다."]),
        ("가 했다. [1.1]", ["가 했다."]),
        ("가 했다 [1.1].", ["가 했다."]),
        ("가 했다. [1.1] 금액은 3.", ["가 했다."]),
        ("가 했다. [1.1] 나 했다. [1.", ["가 했다."]),
        ("가 했다 [1.1]", []),
        ("가 했다\n", ["가 했다"]),
    ],
)
def test_of_an_answer_that_was_cut_off_only_finished_sentences_remain(answer: str, texts: list[str]) -> None:
    parsed, _ = parse(answer, complete=False)
    assert [text for text, _ in parsed] == texts


def test_a_sentence_is_given_as_soon_as_the_next_one_starts() -> None:
    parser = AnswerParser(PASSAGES, "ko")
    assert list(parser.feed("가 했다. [1.1] ")) == []
    assert [draft.text for draft in parser.feed("나")] == ["가 했다."]


def test_what_cannot_be_encoded_is_made_harmless() -> None:
    ((text, _),), _ = parse("가\ud800 했\x00다 \x1b[31m 나")
    assert text.encode() == "가\ufffd 했 다 [31m 나".encode()


MARKER_PARTS = [
    "[",
    "]",
    "【",
    "】",
    "［",
    "］",
    "1.1",
    "1.2",
    "2.1",
    "99.1",
    "1",
    "-",
    ", ",
    "１.２",
    "[1.1]",
    "[1-3]",
]
TEXT_PARTS = [
    "(",
    ")",
    "(주)",
    "http://a.b/",
    "`",
    "```",
    "\n",
    " ",
    ". ",
    ".",
    "다.",
    "쿠팡은 ",
    "**",
    "- ",
    '"',
    "3.5%",
]
PARTS = st.sampled_from(MARKER_PARTS + TEXT_PARTS)
ANSWERS = st.lists(PARTS | st.text(max_size=3), max_size=30).map("".join)


@given(ANSWERS, st.data(), st.booleans())
def test_however_the_stream_is_cut_the_result_is_the_same(answer: str, data: st.DataObject, complete: bool) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(answer)), max_size=8).map(sorted))
    pieces = [answer[start:end] for start, end in zip([0, *cuts], [*cuts, len(answer)], strict=True)]
    assert parse(*pieces, complete=complete) == parse(answer, complete=complete)


@given(ANSWERS)
def test_every_citation_resolves_and_no_marker_is_left_in_the_text(answer: str) -> None:
    parser = AnswerParser(PASSAGES, "ko")
    drafts = [*parser.feed(answer), *parser.finish()]
    texts = {passage.article.id: passage.article.text for passage in PASSAGES}
    for draft in drafts:
        assert draft.text == draft.text.strip()
        assert "[1.1]" not in draft.text
        for citation in draft.citations:
            assert texts[citation.article][citation.start : citation.end] == citation.quote


@given(st.lists(st.tuples(st.integers(1, 3), st.booleans()), min_size=1, max_size=6))
def test_a_well_formed_answer_comes_out_as_it_was_meant(plan: list[tuple[int, bool]]) -> None:
    meant = [(f"{number}번째 문장이다.", f"1.{sentence}") for number, (sentence, _) in enumerate(plan, 1)]
    written = "".join(
        f"{text} [{marker}]" + ("\n" if line else " ") for (text, marker), (_, line) in zip(meant, plan, strict=True)
    )
    assert parse(written) == ([(text, (marker,)) for text, marker in meant], 0)
