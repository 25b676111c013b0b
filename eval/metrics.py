"""The metrics. Each is a value: a name, its group, and a function from what a system did to a score.

A score is a pair, `(part, whole)`: a metric over questions is the sum of the parts over the sum of the wholes, so a
question without a whole is not in its mean. Whether a question counts is decided by the gold question wherever
it can be: an error or a missing answer scores 0 in every such metric and never leaves the denominator. A metric that
cannot be computed (it raises, or gives NaN) makes the question *unscored*, which is counted and shown.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, cast

import numpy as np

from assistant.answer import Citation
from eval import texts
from eval.case import RANKING, Case, Sentences, touched
from eval.intervals import Aggregate, Floats, ratio
from eval.questions import Nugget
from ingest.article import Article

DEPTH = 30
"""How many passages every system is asked for."""
CUTOFF = 10
"""Passages after this many are no evidence found."""

Score = tuple[float, float]
Group = Literal["retrieval", "answer", "citations", "abstention"]
_LAST = -1e12
"""The confidence of a system that failed: it answered nothing, and comes last."""
_ABSTAINED = 1e6
"""Puts every abstention behind every answer."""


@dataclass(frozen=True)
class Metric:
    """A named way to score a case. `score` gives None where the question does not count."""

    name: str
    group: Group
    score: Callable[[Case], Score | None]
    better: Literal["higher", "lower"] = "higher"
    binary: bool = False
    aggregate: Aggregate = ratio


# --- retrieval ---


def _ranking(name: str) -> Callable[[Case], Score | None]:
    return lambda case: (case.ranking[name], 1.0) if case.question.evidence else None


def evidence_recall(case: Case) -> Score | None:
    """The share of the facts that the first passages hold, whole."""
    if not case.facts:
        return None
    found = _all(touched(hit.article, hit.chunk.start, hit.chunk.end) for hit in case.hits[:CUTOFF])
    return sum(any(place <= found for place in fact) for fact in case.facts) / len(case.facts), 1.0


def _all(places: Iterable[Sentences]) -> Sentences:
    return frozenset().union(*places)


# --- answers ---


def right(case: Case) -> Score | None:
    """Right on the whole: quotes the answer (or all vital nuggets), or abstains where there is none."""
    question = case.question
    if not question.answerable:
        return float(case.abstained), 1.0
    if question.answers:
        return answer_quoted(case)
    vital = [nugget for nugget in question.nuggets if nugget.vital]
    return (float(all(_told(case, nugget) for nugget in vital)), 1.0) if vital else None


def answer_quoted(case: Case) -> Score | None:
    """Whether a gold answer is within what the answer quotes, whatever the wording around it."""
    if not case.question.answers:
        return None
    return float(texts.states_any(case.quotes, case.question.answers)), 1.0


def quoted_length(case: Case) -> Score | None:
    """The characters quoted, over the answers given: long quotes hold answers by chance."""
    return (float(len(case.quotes)), 1.0) if case.text else None


def _against_answers(compare: Callable[[str, str], float]) -> Callable[[Case], Score | None]:
    def score(case: Case) -> Score | None:
        answers = case.question.answers
        return (max(compare(case.text, answer) for answer in answers), 1.0) if answers else None

    return score


def chrf(case: Case) -> Score | None:
    """chrF of the answer against the closest gold answer."""
    answers = case.question.answers
    return (texts.chrf(case.text, answers) if case.text else 0.0, 1.0) if answers else None


def nugget_recall(case: Case) -> Score | None:
    """The share of the nuggets told, a vital one weighing 1 and another 0.5 (as in TREC RAG's AutoNuggetizer)."""
    weights = {nugget: 1.0 if nugget.vital else 0.5 for nugget in case.question.nuggets}
    if not weights:
        return None
    return sum(weight for nugget, weight in weights.items() if _told(case, nugget)) / sum(weights.values()), 1.0


def _told(case: Case, nugget: Nugget) -> bool:
    """Whether the answer's words or quotes have the nugget; one that is an answer may be told as any answer is."""
    answers = case.question.answers if nugget.text in case.question.answers else ()
    return texts.states_any(f"{case.text}\n{case.quotes}", (*nugget.wordings, *answers))


# --- citations ---


def resolvable(case: Case) -> Score | None:
    """Over all citations: the article is there, unchanged, and has the cited range."""
    return _share(_resolves(case, citation) for citation in case.citations)


def verbatim(case: Case) -> Score | None:
    """Over all citations: the quote is the article's text at the cited address, character by character."""
    return _share(
        _resolves(case, citation) and _article(case, citation).text[citation.start : citation.end] == citation.quote
        for citation in case.citations
    )


def _article(case: Case, citation: Citation) -> Article:
    return cast(Article, case.articles(citation.article))


def _resolves(case: Case, citation: Citation) -> bool:
    article = case.articles(citation.article)
    if article is None or article.content_hash != citation.content_hash:
        return False
    return 0 <= citation.start < citation.end <= len(article.text)


def evidence_precision(case: Case) -> Score | None:
    """Of the different addresses cited, the share that is evidence; over answers given to answerable questions."""
    if not case.evidence or case.abstained:
        return None
    evidence = _all(place for _, place in case.evidence)
    return sum(bool(cited & evidence) for cited in case.cited_sentences) / max(1, len(case.cited_sentences)), 1.0


def evidence_cited(case: Case) -> Score | None:
    """The share of the facts that are cited."""
    if not case.facts:
        return None
    cited = _all(case.cited_sentences)
    return sum(any(place & cited for place in fact) for fact in case.facts) / len(case.facts), 1.0


def right_article(case: Case) -> Score | None:
    """Of the different addresses cited, the share in an article that holds the answer; over answers given."""
    if not case.question.evidence or case.abstained:
        return None
    cited = {(c.article, c.start, c.end) for c in case.citations}
    gold = {evidence.article for evidence in case.question.evidence}
    return sum(article in gold for article, _, _ in cited) / max(1, len(cited)), 1.0


def uncited_sentences(case: Case) -> Score | None:
    """Over all sentences of all answers: the share that cites nothing."""
    return _share(not sentence.citations for sentence in case.answer.sentences) if case.answer else None


def _share(facts: Iterator[bool]) -> Score | None:
    known = list(facts)
    return (float(sum(known)), float(len(known))) if known else None


# --- abstention ---


def abstention_precision(case: Case) -> Score | None:
    """Of the abstentions, the share on unanswerable questions."""
    return (float(not case.question.answerable), 1.0) if case.abstained else None


def abstention_recall(case: Case) -> Score | None:
    """Of the unanswerable questions, the share abstained on."""
    return (float(case.abstained), 1.0) if not case.question.answerable else None


def abstention_f1(case: Case) -> Score | None:
    """F1 of the two, as a ratio of sums: 2 tp over (abstentions + unanswerable questions)."""
    whole = float(case.abstained) + float(not case.question.answerable)
    return (2.0 * (case.abstained and not case.question.answerable), whole) if whole else None


def risk(case: Case) -> Score | None:
    """The system's confidence in its answer (or its best passage's score), and whether the answer is wrong.

    An abstention or failure comes after every answer and counts as wrong: pressed, it has nothing to show.
    """
    scored = right(case)
    if scored is None:
        return None
    if case.answer is None:
        return _LAST, 1.0
    confidence = case.answer.confidence
    if confidence is None:
        confidence = max((hit.score for hit in case.answer.passages), default=0.0)
    return (confidence - _ABSTAINED, 1.0) if case.abstained else (confidence, 1.0 - scored[0])


def area_under_risk(weights: Floats, parts: Floats) -> Floats:
    """AURC (El-Yaniv and Wiener 2010): the mean error among the most confident, over all coverages."""
    order = np.argsort(-parts[:, 0], kind="stable")
    order = order[~np.isnan(parts[order, 0])]
    drawn, losses = weights[:, order], parts[order, 1]
    covered = np.cumsum(drawn, axis=1)
    errors = np.cumsum(drawn * losses, axis=1)
    risks = np.divide(errors, covered, out=np.zeros_like(errors), where=covered > 0)
    with np.errstate(invalid="ignore"):
        return np.asarray((drawn * risks).sum(axis=1) / drawn.sum(axis=1), dtype=np.float64)


def risk_coverage(parts: Floats) -> list[tuple[float, float]]:
    """The curve: the error among the most confident share of the questions, at each share."""
    known = parts[~np.isnan(parts[:, 0])]
    losses = known[np.argsort(-known[:, 0], kind="stable"), 1]
    counts = np.arange(1, len(losses) + 1)
    return list(zip((counts / max(1, len(losses))).tolist(), (np.cumsum(losses) / counts).tolist(), strict=True))


METRICS: tuple[Metric, ...] = (
    *(Metric(name, "retrieval", _ranking(name), binary=name.startswith("hit")) for name in RANKING),
    Metric("evidence recall@10", "retrieval", evidence_recall),
    Metric("right", "answer", right, binary=True),
    Metric("answer in quotes", "answer", answer_quoted, binary=True),
    Metric("quoted characters", "answer", quoted_length, better="lower"),
    Metric("F1", "answer", _against_answers(texts.f1)),
    Metric("exact match", "answer", _against_answers(texts.exact_match), binary=True),
    Metric("chrF", "answer", chrf),
    Metric("nugget recall", "answer", nugget_recall),
    Metric("resolvable", "citations", resolvable),
    Metric("verbatim", "citations", verbatim),
    Metric("evidence precision", "citations", evidence_precision),
    Metric("evidence cited", "citations", evidence_cited),
    Metric("right article", "citations", right_article),
    Metric("uncited sentences", "citations", uncited_sentences, better="lower"),
    Metric("abstention precision", "abstention", abstention_precision),
    Metric("abstention recall", "abstention", abstention_recall, binary=True),
    Metric("abstention F1", "abstention", abstention_f1),
    Metric("risk-coverage area", "abstention", risk, better="lower", aggregate=area_under_risk),
)


RETRIEVAL = frozenset(metric.name for metric in METRICS if metric.group == "retrieval")
"""The names of the metrics that a system has which only searches."""


def score_case(case: Case, metrics: Sequence[Metric] = METRICS) -> dict[str, Score | None]:
    """All scores of a case by metric name; None where the metric failed, absent where the question does not count."""
    scores: dict[str, Score | None] = {}
    for metric in metrics:
        if not case.answers and metric.group != "retrieval":
            continue
        try:
            score = metric.score(case)
        except Exception:  # whatever a metric trips over is one unscored item, shown in the table, not a lost run
            scores[metric.name] = None
            continue
        if score is not None:
            scores[metric.name] = None if any(map(math.isnan, score)) else score
    return scores
