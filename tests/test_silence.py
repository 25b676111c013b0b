"""When the assistant says that the articles do not say."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.answer import Hit
from assistant.chat import Assistant
from assistant.retrieve import HybridRetriever
from assistant.sample import sample_articles
from assistant.settings import Settings
from assistant.silence import Judgement, confidence, judge, reason_for_silence
from ingest.clean import make_article
from ingest.embed import load_embedder
from ingest.language import detect
from ingest.library import Library
from training.silence import NAMES, Asked, Case, area, fit, sample, threshold

EMPTY = {"ko": "기사에는 이 질문에 답하는 내용이 없습니다.", "en": "The articles do not say."}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("silence")
    with Library.open(folder, load_embedder()) as library:
        library.add(sample_articles())
        yield library


def _found(library: Library, question: str) -> list[Hit]:
    return HybridRetriever(library=library).search(question, 8)


def _judged(library: Library, question: str) -> Judgement:
    return judge(question, detect(question), _found(library, question), library)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("삼성전자는 무엇을 약속했나?", "기사에는 ‘삼성전자’에 관한 내용이 없습니다."),
        ("비트코인 지금 1억 넘었어?", "기사에는 ‘비트코인’에 관한 내용이 없습니다."),
        ("What did Tesla announce?", "The articles say nothing about “Tesla”."),
        ("did Manchester United sign a new striker", "The articles say nothing about “Manchester United”."),
    ],
)
def test_the_reason_names_what_the_articles_lack(library: Library, question: str, reason: str) -> None:
    assert _judged(library, question).reason == reason


def test_what_other_articles_have_is_not_said_to_be_nowhere(library: Library) -> None:
    passages = [
        hit for hit in _found(library, "When does the storm reach the coast?") if "Coupang" not in hit.chunk.text
    ]
    assert (
        judge("What did Coupang do?", "en", passages, library).reason
        == "The articles mention “Coupang”, but do not say this."
    )
    assert judge("What did Tesla do?", "en", passages, library).reason == "The articles say nothing about “Tesla”."


@pytest.mark.parametrize(
    "question",
    [
        "쿠팡이 약속한 건 뭐야?",
        "what did Coupang pledge?",
        "로켓그로스 판매자는 언제쯤이면 돈을 빨리 받는대?",
        "How much was Haesol Mobile fined?",
    ],
)
def test_questions_in_spoken_words_and_in_the_other_language_are_answered(library: Library, question: str) -> None:
    assert _judged(library, question).reason is None


def test_a_thing_is_there_when_the_article_has_a_word_as_near_in_meaning(tmp_path: Path) -> None:
    with Library.open(tmp_path, load_embedder()) as library:
        library.add([make_article("The courier dropped the parcel at the wrong door and drove off without a word.")])
        assert _judged(library, "배달원은 소포를 어디에 두고 갔나?").missing is None


def test_another_thing_of_its_kind_is_not_what_is_asked_about(library: Library) -> None:
    assert _judged(library, "누리호 다음 발사에 실리는 위성이 뭐야?").missing == "누리호"


def test_a_name_that_is_there_is_said_to_be_there(library: Library) -> None:
    # Passages that have the name and nothing else of the question: what is asked is not in them.
    question = "Which quarterback broke his collarbone while paragliding over Linfield before the playoffs?"
    zoo = _found(library, "Linfield Zoo red panda")[0].article.id
    about = HybridRetriever(library=library).search(question, 1, only={zoo})[0]
    reason = judge(question, "en", [about] * 3, library).reason
    assert reason == "The articles mention “Linfield”, but do not say this."


@pytest.mark.parametrize(
    ("question", "language"), [("쿠팡이 약속한 건 뭐야?", "ko"), ("what did Coupang pledge?", "en")]
)
def test_without_passages_there_is_no_answer(library: Library, question: str, language: str) -> None:
    assert judge(question, detect(question), [], library) == Judgement(0.0, EMPTY[language])


def test_foreign_questions_are_refused_and_answerable_ones_are_not(library: Library) -> None:
    _, questions = sample("dev")
    refused = {
        label: [_judged(library, q.text).reason is not None for q in questions if q.label == label]
        for label in ("answered", "foreign")
    }
    assert np.mean(refused["foreign"]) >= 0.75
    assert np.mean(refused["answered"]) <= 0.12


def test_confidence_is_a_share_that_the_refusal_follows(library: Library) -> None:
    sure, unsure = "쿠팡이 약속한 건 뭐야?", "삼성전자는 무엇을 약속했나?"
    values = [confidence(question, "ko", _found(library, question), library) for question in (unsure, sure)]
    assert 0 <= values[0] < values[1] <= 1
    assert reason_for_silence(unsure, "ko", _found(library, unsure), library)
    assert values == [confidence(question, "ko", _found(library, question), library) for question in (unsure, sure)]


def _case(number: int, label: str, sign: float) -> Case:
    signs = np.full(len(NAMES), 0.5)
    signs[0] = sign
    asked = Asked(str(number), "?", "ko", "foreign" if label == "foreign" else "answered")
    return Case("sample", asked, signs, 0.0, True, False, 0.0)


def test_the_fit_learns_the_sign_that_tells_foreign_questions() -> None:
    cases = [_case(n, "answered", 0.6 + n / 100) for n in range(40)] + [_case(n, "foreign", n / 100) for n in range(40)]
    weights, bias = fit(cases)
    values = np.array([case.signs @ weights + bias for case in cases])
    assert weights[0] > 0
    assert area(values[:40], values[40:]) == 1


def test_the_threshold_weighs_false_refusals_against_foreign_questions_answered() -> None:
    cases = [_case(n, "answered", 0.5) for n in range(100)] + [_case(n, "foreign", 0.5) for n in range(100)]
    values = np.concatenate([np.linspace(0.4, 1, 100), np.linspace(0, 0.6, 100)])
    least = threshold(cases, values, "ko")
    refused = [float(np.mean(values[:100] < least)), float(np.mean(values[100:] < least))]
    assert refused[0] < 0.05
    assert refused[1] > 0.6


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("네이버와 카카오, 삼성전자는 각각 무엇을 약속했나?", "기사에는 ‘삼성전자’에 관한 내용이 없습니다."),
        ("What did Coupang and Tesla pledge?", "The articles say nothing about “Tesla”."),
    ],
)
def test_the_part_without_an_answer_is_told_and_the_others_are_answered(
    library: Library, question: str, told: str
) -> None:
    answer = Assistant(library, Settings(library=Path())).ask(question)
    assert answer.notices == (told,)
    assert {citation.article for sentence in answer.sentences for citation in sentence.citations} & {
        "platform-meeting-ko",
        "platform-meeting-en",
    }
    assert not answer.abstained


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What did Coupang and Orvex pledge?", "The articles do not answer this part: “What did Orvex pledge”"),
        (
            "What did Naver and the Linfield Museum pledge?",
            "The articles do not answer this part: “What did the Linfield Museum pledge”",
        ),
        ("쿠팡과 은가비는 무엇을 약속했어?", "이 부분은 기사에 없습니다: ‘은가비는 무엇을 약속했어’"),
        ("네이버와 하람우주는 뭘 약속했어?", "이 부분은 기사에 없습니다: ‘하람우주는 뭘 약속했어’"),
    ],
)
def test_one_who_is_in_the_news_but_promised_nothing_is_told_and_not_quoted(
    library: Library, question: str, told: str
) -> None:
    answer = Assistant(library, Settings(library=Path())).ask(question)
    assert answer.notices == (told,)
    cited = {citation.article for sentence in answer.sentences for citation in sentence.citations}
    assert cited <= {"platform-meeting-ko", "platform-meeting-en"}


def test_a_question_is_refused_when_none_of_its_parts_has_an_answer(library: Library) -> None:
    answer = Assistant(library, Settings(library=Path())).ask("비트코인과 삼성전자는 각각 얼마야?")
    assert answer.abstained
    assert answer.reason == "기사에는 ‘비트코인’에 관한 내용이 없습니다."


@pytest.mark.parametrize(
    "question", ["네이버와 카카오는 각각 무엇을 약속했나?", "네이버랑 카카오는 각각 뭘 하기로 했어?"]
)
def test_parts_that_are_all_answered_need_no_word(library: Library, question: str) -> None:
    answer = Assistant(library, Settings(library=Path())).ask(question)
    assert not answer.notices
    assert "600억원" in answer.answer
    assert "선물하기" in answer.answer


def test_a_question_is_answered_in_its_own_language_where_an_article_does(library: Library) -> None:
    answer = Assistant(library, Settings(library=Path())).ask("what did Coupang pledge?")
    assert {citation.article for sentence in answer.sentences for citation in sentence.citations} == {
        "platform-meeting-en"
    }
