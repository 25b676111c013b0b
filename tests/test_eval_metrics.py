"""The metrics, on cases small enough to score by hand; and the faults of others that ours must not have."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.answer import Answer, AnswerSentence, Citation, Hit
from eval import texts
from eval.case import Case
from eval.metrics import METRICS, Metric, score_case
from eval.questions import Evidence, Nugget, Question
from ingest.article import Article, chunk_of
from ingest.clean import make_article

KO = make_article(
    "네이버는 소상공인 교육에 600억원을 쓴다. 쿠팡은 빠른정산을 넓힌다. 카카오는 정산을 월 10회로 늘린다.",
    id="ko",
    language="ko",
)
EN = make_article(
    "Naver will spend 60 billion won on training. Coupang widens fast settlement.", id="en", language="en"
)
OTHER = make_article("모아담은 회생 절차에 들어갔다.", id="other", language="ko")
ARTICLES = {article.id: article for article in (KO, EN, OTHER)}

QUESTION = Question(
    "q",
    "ko",
    "네이버는 얼마를 쓰나?",
    answers=("600억원", "60 billion won"),
    nuggets=(Nugget("60 billion won"), Nugget("소상공인 교육", vital=False)),
    evidence=(
        Evidence("ko", "네이버는 소상공인 교육에 600억원을 쓴다."),
        Evidence("en", "Naver will spend 60 billion won on training."),
    ),
)
UNANSWERABLE = Question("u", "ko", "당근은 얼마를 쓰나?", answerable=False)


def hit(article: Article, first: int = 0, last: int | None = None, score: float = 1.0) -> Hit:
    return Hit(chunk_of(article, 0, first, last or len(article.sentences)), article, score)


def cite(article: Article, sentence: int) -> Citation:
    span = article.sentences[sentence]
    where = (span.start, span.end, span.of(article.text))
    return Citation(f"1.{sentence + 1}", article.id, article.content_hash, None, None, None, None, *where)


def quoting(*citations: Citation, passages: Sequence[Hit] = ()) -> Answer:
    sentences = tuple(AnswerSentence(citation.quote, (citation,), "supported") for citation in citations)
    text = " ".join(sentence.text for sentence in sentences)
    return Answer("?", "ko", text, False, "extractive", sentences, tuple(passages))


def abstaining() -> Answer:
    return Answer("?", "ko", "기사에는 없습니다.", True, "extractive", passages=(hit(OTHER),))


def scores(question: Question, answer: Answer | None = None, hits: Sequence[Hit] = ()) -> dict[str, float]:
    """Every ratio of one case as its value; metrics for which the question does not count are absent."""
    ratios = [metric for metric in METRICS if metric.name != "risk-coverage area"]
    found = score_case(Case(question, ARTICLES.get, True, hits, answer), ratios)
    return {name: score[0] / score[1] for name, score in found.items() if score}


def test_a_right_answer_with_its_evidence_scores_full() -> None:
    found = scores(QUESTION, quoting(cite(KO, 0)), [hit(KO), hit(EN)])
    for name in ("hit@1", "MRR@10", "nDCG@10", "evidence recall@10", "right", "answer in quotes", "nugget recall"):
        assert found[name] == 1.0, name
    for name in ("resolvable", "verbatim", "evidence precision", "evidence cited", "right article"):
        assert found[name] == 1.0, name
    assert found["uncited sentences"] == 0.0
    assert found["quoted characters"] == len("네이버는 소상공인 교육에 600억원을 쓴다.")


def test_hits_of_one_article_count_once() -> None:
    only = replace(QUESTION, evidence=(Evidence("ko", "쿠팡은 빠른정산을 넓힌다."),))
    found = scores(only, hits=[hit(OTHER), hit(OTHER), hit(OTHER), hit(KO, 0, 1), hit(KO, 1, 2), hit(KO, 2, 3)])
    assert found["hit@1"] == 0.0
    assert found["hit@3"] == 1.0
    assert found["MRR@10"] == 0.5
    assert found["nDCG@10"] == pytest.approx(1 / 1.584962500721156)


def test_graded_relevance_counts_in_ndcg_alone() -> None:
    graded = replace(QUESTION, evidence=(Evidence("ko", relevance=2), Evidence("en", relevance=1)))
    best, worse = scores(graded, hits=[hit(KO), hit(EN)]), scores(graded, hits=[hit(EN), hit(KO)])
    assert best["nDCG@10"] == 1.0
    assert 0.5 < worse["nDCG@10"] < 1.0
    assert best["hit@1"] == worse["hit@1"] == 1.0


def test_evidence_has_to_be_in_the_passage_not_only_its_article() -> None:
    assert scores(QUESTION, hits=[hit(KO, 1, 3)])["hit@1"] == 1.0
    assert scores(QUESTION, hits=[hit(KO, 1, 3)])["evidence recall@10"] == 0.0
    assert scores(QUESTION, hits=[hit(KO, 1, 3), hit(EN)])["evidence recall@10"] == 1.0


def test_each_nugget_is_a_fact_of_its_own_where_there_is_no_one_answer() -> None:
    two = replace(
        QUESTION,
        answers=(),
        nuggets=(Nugget("600억원"), Nugget("빠른정산")),
        evidence=(QUESTION.evidence[0], Evidence("ko", "쿠팡은 빠른정산을 넓힌다.")),
    )
    half = scores(two, quoting(cite(KO, 0)), [hit(KO, 0, 1)])
    assert half["evidence recall@10"] == half["evidence cited"] == half["nugget recall"] == 0.5
    assert half["right"] == 0.0
    assert scores(two, quoting(cite(KO, 0), cite(KO, 1)))["right"] == 1.0


def test_a_nugget_may_be_told_in_its_other_wording() -> None:
    either = replace(QUESTION, answers=(), nuggets=(Nugget("600억원", same=("60 billion won",)),))
    for told in (quoting(cite(KO, 0)), quoting(cite(EN, 0))):
        found = scores(either, told)
        assert found["right"] == found["nugget recall"] == found["evidence cited"] == 1.0
    assert scores(either, quoting(cite(EN, 1)))["right"] == 0.0
    assert scores(either, hits=[hit(EN)])["evidence recall@10"] == 1.0


def test_a_citation_beside_the_evidence_costs_precision() -> None:
    found = scores(QUESTION, quoting(cite(KO, 0), cite(KO, 1)))
    assert found["evidence precision"] == 0.5
    assert found["evidence cited"] == 1.0
    assert found["right article"] == 1.0
    assert scores(QUESTION, quoting(cite(OTHER, 0)))["right article"] == 0.0


def test_the_same_sentence_cited_twice_counts_once() -> None:
    assert scores(QUESTION, quoting(cite(KO, 0), cite(KO, 0), cite(KO, 1)))["evidence precision"] == 0.5


@pytest.mark.parametrize(
    ("changed", "resolvable"),
    [
        ({"quote": "네이버는 소상공인 교육에 700억원을 쓴다."}, 1.0),
        ({"start": 1}, 1.0),
        ({"article": "gone"}, 0.0),
        ({"content_hash": "0" * 64}, 0.0),
        ({"end": 10_000}, 0.0),
    ],
)
def test_a_citation_that_does_not_hold_is_not_verbatim(changed: dict[str, object], resolvable: float) -> None:
    broken = replace(cite(KO, 0), **changed)  # type: ignore[arg-type]
    found = scores(QUESTION, quoting(broken, cite(KO, 1)))
    assert found["verbatim"] == 0.5
    assert found["resolvable"] == (1.0 + resolvable) / 2


def test_sentences_without_a_citation_are_counted() -> None:
    answer = quoting(cite(KO, 0))
    bare = AnswerSentence("그렇다고 한다.", (), "unchecked")
    assert scores(QUESTION, replace(answer, sentences=(*answer.sentences, bare)))["uncited sentences"] == 0.5


def test_abstaining_is_right_only_where_there_is_no_answer() -> None:
    rightly, wrongly = scores(UNANSWERABLE, abstaining()), scores(QUESTION, abstaining())
    assert rightly["right"] == rightly["abstention precision"] == rightly["abstention recall"] == 1.0
    assert wrongly["right"] == wrongly["abstention precision"] == wrongly["answer in quotes"] == wrongly["F1"] == 0.0
    assert "abstention recall" not in wrongly
    answered = scores(UNANSWERABLE, quoting(cite(KO, 0)))
    assert answered["right"] == answered["abstention recall"] == 0.0
    assert "abstention precision" not in answered


def test_an_error_scores_zero_in_every_metric_that_the_gold_decides() -> None:
    """Against missing answers that drop out of the mean."""
    healthy = scores(QUESTION, quoting(cite(KO, 0)), [hit(KO)])
    failed = scores(QUESTION, None)
    by_output = {"quoted characters", "resolvable", "verbatim", "uncited sentences"}
    assert failed.keys() >= healthy.keys() - by_output
    assert all(value == 0.0 for name, value in failed.items() if name not in by_output)
    assert scores(UNANSWERABLE, None)["abstention recall"] == 0.0


def test_a_metric_that_breaks_or_gives_nan_is_unscored_and_says_so() -> None:
    """Against NaN that vanishes in a mean."""

    def breaks(_: Case) -> tuple[float, float]:
        raise ZeroDivisionError

    metrics = [
        Metric("breaks", "answer", breaks),
        Metric("nan", "answer", lambda _: (float("nan"), 1.0)),
        Metric("does not apply", "answer", lambda _: None),
    ]
    assert score_case(Case(QUESTION, ARTICLES.get, True), metrics) == {"breaks": None, "nan": None}


def test_a_system_that_only_searches_has_retrieval_scores_alone() -> None:
    found = score_case(Case(QUESTION, ARTICLES.get, False, [hit(KO)]))
    assert found.keys() == {metric.name for metric in METRICS if metric.group == "retrieval"}


def test_a_wrong_korean_answer_scores_as_wrong() -> None:
    """Against English tokenizers, which strip Hangul and call 가나다 and 라마바 the same."""
    wrong, right = "카카오페이 본사", "네이버 사옥"
    assert texts.f1(wrong, right) < 0.4
    assert texts.exact_match(wrong, right) == 0.0
    assert texts.chrf(wrong, [right]) < 0.3
    assert texts.f1(right, right) == texts.exact_match(right, right) == texts.chrf(right, [right]) == 1.0


@pytest.mark.parametrize(
    ("answer", "gold", "f1", "exact"),
    [
        ("1989년 2월 15일", "1989년 2월 15일", 1.0, 1.0),
        ("《1989년》 2월 15일에", "1989년 2월 15일", 2 * 10 / 21, 0.0),  # characters, not words
        ("임 수경", "임수경", 1.0, 0.0),  # spaces: KorQuAD's F1 drops them, its exact match does not
        ("the Oil Embargo!", "oil embargo", 1.0, 1.0),
        ("an oil embargo of 1973", "oil embargo", 2 * 2 / 6, 0.0),
        ("쿠팡", "", 0.0, 0.0),
        ("", "쿠팡", 0.0, 0.0),
    ],
)
def test_f1_and_exact_match_follow_the_official_scripts(answer: str, gold: str, f1: float, exact: float) -> None:
    assert texts.f1(answer, gold) == pytest.approx(f1)
    assert texts.exact_match(answer, gold) == exact


@pytest.mark.parametrize(
    ("text", "gold", "said"),
    [
        ("모두 600억 원을 쓴다", "600억원", True),
        ("모두 1,600억원을 쓴다", "600억원", False),
        ("모두 1,600억원을 쓴다", "1600억원", True),
        ("2024 3억원", "3억원", True),
        ("13억원", "3억원", False),
        ("2.5%", "5%", False),
        ("매출은 2.5%다", "2.5%", True),
        ("네이버가 말했다", "네이버", True),
        ("It spent $60 billion.", "60 Billion", True),
        ("A costly ban", "cost", False),
        ("on 6 November", "6 november", True),
        ("on 16 November", "6 november", False),
        ("11월 6일.", "6일", True),
        ("3.", "3", True),
        ("아무 말", "...", False),
    ],
)
def test_words_are_found_whole_whatever_the_spacing(text: str, gold: str, said: bool) -> None:
    assert texts.states(text, gold) is said
