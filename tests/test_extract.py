"""Quoting sentences, on real components over a few articles written for the tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.chat import Assistant
from assistant.checker.verify import check
from assistant.sample import sample_articles
from assistant.settings import Settings
from ingest.article import Article
from ingest.clean import make_article
from ingest.embed import load_embedder
from ingest.library import Library

MEETING = """플랫폼 업계가 장관을 만났다

네이버와 카카오, 쿠팡, 당근 등 주요 기업은 상생에 적극 나서겠다고 약속했다. 간담회는 서울에서 열렸다.

쿠팡은 중소상공인 제품의 할인 프로모션 비용을 지원하기로 했다. 빠른정산 대상을 로켓그로스 입점 사업자까지 넓힌다.

네이버는 앞으로 5년 동안 600억원을 들여 소상공인에게 인공지능을 가르친다. 카카오는 정산을 월 4회에서 10회로 늘린다.
"""
EXPEDITION = """Reef expedition ends

A survey ship found a living coral reef off the coast of Tansy last week. The expedition cost $4.2 million.
Three-quarters of the money came from the Osterby Foundation. The ship carried 31 people.
"""


CABBAGE = """배추 한 포기 4000원대

가람 시장에서 배추 한 포기는 평균 4310원에 팔린다. 가장 비쌌던 9월 하순보다 배추는 35.5% 싸다.
값이 내린 것은 가을배추가 나오기 시작해서다. 무는 한 개에 2100원이다. 상인들은 김장철이 길어질 것으로 본다.
"""

FEE = """Day visitors pay

Maristella charges day visitors a fee of 6 bels from April.
Visitors who stay overnight are exempt. So are children under 12 and students.
Mayor Renzo expects 4.1 million bels a year from it.
The traders' league reckons that the fee brings in 2.3 million at best.
"""
SHARES = """테슬라 주가 3% 하락

미국 전기차 회사 테슬라의 주가가 20일 3% 떨어졌다. 판매가 줄 것이라는 전망 때문이다.
"""


def articles() -> list[Article]:
    return [
        make_article(CABBAGE, id="cabbage", title="배추 한 포기 4000원대"),
        make_article(MEETING, id="meeting", title="플랫폼 업계가 장관을 만났다"),
        make_article(FEE, id="fee", title="Day visitors pay"),
        make_article(SHARES, id="shares", title="테슬라 주가 3% 하락"),
        make_article(EXPEDITION, id="reef", title="Reef expedition ends"),
    ]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("library")
    with Library.open(folder, load_embedder()) as library:
        library.add(articles())
        yield Assistant(library, Settings(library=folder))


def quoted(answer: Answer) -> str:
    return " ".join(sentence.text for sentence in answer.sentences)


@pytest.mark.parametrize("question", ["쿠팡이 약속한 건 뭐야?", "what did Coupang pledge?"])
def test_both_pledges_of_the_one_asked_about_and_no_line_on_all_of_them(assistant: Assistant, question: str) -> None:
    text = quoted(assistant.ask(question))
    assert "할인 프로모션" in text
    assert "로켓그로스" in text
    assert "네이버와 카카오" not in text


@pytest.mark.parametrize(
    ("question", "told", "others"),
    [
        ("네이버는 뭘 하기로 했어?", "600억원", ("카카오", "쿠팡", "장관")),
        ("카카오는 무엇을 약속했나?", "10회", ("네이버", "쿠팡", "장관")),
    ],
)
def test_what_others_promised_is_not_quoted(
    assistant: Assistant, question: str, told: str, others: tuple[str, ...]
) -> None:
    quoted = " ".join(sentence.text for sentence in assistant.ask(question).sentences)
    assert told in quoted
    assert not any(other in quoted for other in others)


def test_each_part_of_a_question_is_answered(assistant: Assistant) -> None:
    text = quoted(assistant.ask("What did the coral reef expedition cost, and who paid for most of it?"))
    assert "$4.2 million" in text
    assert "Osterby Foundation" in text


def test_a_part_without_an_answer_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("네이버하고 테슬라는 소상공인 교육에 각각 얼마를 들여?")
    assert "600억원" in quoted(answer)
    assert "테슬라" not in quoted(answer)
    assert any("테슬라는 소상공인 교육에 얼마를 들여" in notice for notice in answer.notices)


def test_the_sentence_that_carries_on_is_quoted_too(assistant: Assistant) -> None:
    text = quoted(assistant.ask("Which overnight visitors are exempt?"))
    assert "stay overnight" in text
    assert "children under 12" in text


def test_both_sides_of_a_comparison_are_quoted(assistant: Assistant) -> None:
    text = quoted(assistant.ask("How far apart are Mayor Renzo and the traders' league on the fee?"))
    assert "4.1 million" in text
    assert "2.3 million" in text


def test_quotes_are_few_and_each_cites_itself(assistant: Assistant) -> None:
    answer = assistant.ask("네이버는 얼마를 들여?")
    assert "600억원" in quoted(answer)
    assert 1 <= len(answer.sentences) <= 3
    assert len(quoted(answer)) <= 402
    for sentence in answer.sentences:
        (citation,) = sentence.citations
        article = assistant.library.get(citation.article)
        assert article.text[citation.start : citation.end] == citation.quote == sentence.text


def test_a_title_is_no_answer(assistant: Assistant) -> None:
    assert "플랫폼 업계가 장관을 만났다" not in quoted(assistant.ask("누가 장관을 만났어?"))


def test_why_is_answered_with_the_sentence_that_gives_the_reason(assistant: Assistant) -> None:
    assert "가을배추가 나오기 시작해서다" in quoted(assistant.ask("배추가 9월보다 왜 싸졌어?"))


def test_no_sentence_that_may_be_quoted_raises_an_alarm() -> None:
    alarms = [
        (article.id, text)
        for article in sample_articles()
        for text in (span.of(article.text) for span in article.sentences)
        if check(text, [text]).support not in ("supported", "unchecked")
    ]
    assert not alarms
