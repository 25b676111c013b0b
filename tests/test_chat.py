"""The assistant as a whole, on real components; only the language model is a stand-in."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from assistant.answer import AnswerSentence, Hit, Intro, Notice, SentenceReady, Waiting
from assistant.answerers import AnswererFailed, Rewording, Usage
from assistant.chat import Assistant, BadQuestion, EmptyLibrary
from assistant.citations import cite
from assistant.plain import plain_answer
from assistant.request import Request
from assistant.settings import Settings
from ingest.article import Language
from ingest.clean import make_article
from ingest.embed import load_embedder
from ingest.library import Library
from tests.openai_server import ModelServer, streamed

FIRST = "알뜰폰 회사 해솔모바일에서 고객 27만명의 개인정보가 빠져나갔다. 회사는 사흘 뒤에 알렸다."
LATER = "알뜰폰 회사 해솔모바일에서 정보가 샌 고객이 91만4000명으로 늘었다. 회사는 다시 사과했다."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("library")
    with Library.open(folder, load_embedder()) as opened:
        opened.add(
            [
                make_article(
                    FIRST, id="first", title="해솔모바일 정보 유출", publisher="가신문", published_at="2025-04-08"
                ),
                make_article(
                    LATER, id="later", title="해솔모바일 유출 늘어", publisher="나신문", published_at="2025-04-22"
                ),
            ]
        )
        yield opened


class Model:
    """A language model that repeats the first sentence, and rewrites every follow-up in one fixed way."""

    def __init__(self, rewritten: Rewording | None) -> None:
        self.rewritten = rewritten
        self.asked: list[str] = []

    def rewrite(self, question: str, history: Sequence[tuple[str, str]]) -> Rewording:
        if self.rewritten is None:
            raise AnswererFailed("no server")
        return self.rewritten

    def stream(
        self, question: str, language: Language, passages: Sequence[Hit]
    ) -> Iterator[Intro | SentenceReady | Notice | Waiting]:
        self.asked.append(question)
        citation = cite(passages, 1, 1)
        assert citation is not None
        yield SentenceReady(AnswerSentence(citation.quote, (citation,), "supported"))


def test_articles_that_give_different_figures_are_both_quoted_the_newer_first(library: Library) -> None:
    answer = Assistant(library, Settings(library=Path())).ask("해솔모바일 고객 정보가 몇 명분이나 샜어?")
    assert answer.sentences[0].citations[0].article == "later"
    assert {"first", "later"} <= {sentence.citations[0].article for sentence in answer.sentences}
    (notice,) = answer.notices
    for part in ("91만4000명", "나신문", "2025-04-22", "27만명", "가신문", "2025-04-08"):
        assert part in notice
    assert answer.confidence is not None
    assert 0 <= answer.confidence <= 1


def test_a_quote_in_the_other_language_is_glossed(library: Library) -> None:
    answer = Assistant(library, Settings(library=Path())).ask("How many Haesol Mobile customers had their data leaked?")
    glosses = [sentence.gloss or "" for sentence in answer.sentences]
    assert all(told.startswith("Automatic gloss: ") for told in glosses)
    assert any("914,000 people" in told for told in glosses)
    assert glosses[0] in plain_answer(answer)
    assert answer.to_json()["sentences"][0]["gloss"] == glosses[0]


def test_a_quote_in_the_same_language_needs_no_gloss(library: Library) -> None:
    answer = Assistant(library, Settings(library=Path())).ask("해솔모바일은 유출을 언제 알렸어?")
    assert all(sentence.gloss is None for sentence in answer.sentences)


def test_a_follow_up_is_rewritten_by_the_language_model_and_shown(library: Library) -> None:
    model = Model(Rewording("해솔모바일은 몇 명에게 사과했어?", Usage(30, 8)))
    answer = Assistant(library, Settings(library=Path()), model).ask(
        Request("몇 명한테?", history=["해솔모바일이 사과했어?"])
    )
    assert model.asked == ["해솔모바일은 몇 명에게 사과했어?"]
    assert answer.understood_as == "해솔모바일은 몇 명에게 사과했어?"
    assert answer.tokens == {"input": 30, "output": 8}


@pytest.mark.parametrize(
    "rewritten",
    [None, Rewording(None), Rewording("언제?")],
    ids=["no answer", "no question in it", "the same question again"],
)
def test_a_rewrite_that_fails_leaves_the_rules_to_it(library: Library, rewritten: Rewording | None) -> None:
    model = Model(rewritten)
    Assistant(library, Settings(library=Path()), model).ask(
        Request("언제?", history=["해솔모바일이 누구한테 사과했어?"])
    )
    assert "해솔모바일" in model.asked[0]


def test_a_refusal_shows_the_nearest_sentence_of_each_passage_with_its_source(library: Library) -> None:
    answer = Assistant(library, Settings(library=Path())).ask("두루통신은 유출을 언제 사과했어?")
    assert answer.abstained
    near = {citation.article: citation.quote for citation in answer.nearest}
    assert near["first"] in FIRST.replace(". ", ".\n").splitlines()
    assert near["later"] in LATER.replace(". ", ".\n").splitlines()
    lines = plain_answer(answer).splitlines()
    assert lines[:2] == [answer.reason, ""]
    sources = ("해솔모바일 유출 늘어, 나신문, 2025-04-22", "해솔모바일 정보 유출, 가신문, 2025-04-08")
    assert set(lines[2:]) == {f"~ {source}" for source in sources} | {f"    “{quote}”" for quote in near.values()}


def test_the_tokens_of_an_answer_are_those_of_both_calls(library: Library) -> None:
    def usage(read: int, wrote: int) -> dict[str, int]:
        return {"prompt_tokens": read, "completion_tokens": wrote, "total_tokens": read + wrote}

    replies = (
        streamed("해솔모바일은 누구한테 사과했어?", usage=usage(40, 9)),
        streamed("해솔모바일은 고객에게 사과했다. [1.1]", usage=usage(900, 20)),
    )
    with ModelServer(*replies) as server:
        settings = Settings(library=Path(), chat_model="m", chat_base_url=server.url)
        answer = Assistant(library, settings).ask(Request("누구한테?", history=["해솔모바일이 사과했어?"]))
    assert answer.answerer == "llm"
    assert answer.understood_as == "해솔모바일은 누구한테 사과했어?"
    assert answer.tokens == {"input": 940, "output": 29}


@pytest.mark.parametrize("question", ["", "  ?! ", "가" * 2001, "a\0b"])
def test_what_cannot_be_asked_is_refused_with_a_reason(library: Library, question: str) -> None:
    with pytest.raises(BadQuestion):
        Assistant(library, Settings(library=Path())).ask(question)


def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    with Library.open(tmp_path, load_embedder()) as empty, pytest.raises(EmptyLibrary, match="ingest"):
        Assistant(empty, Settings(library=tmp_path)).ask("쿠팡이 뭘 약속했어?")
