"""Learn when to be silent: `python -m training.silence --data DIR [--check]`.

DIR holds one folder a development set (`passages.jsonl.gz`, `questions.jsonl.gz`). Questions become foreign when the
articles about their subject are left out of the library. Signs are read for every question, a logistic regression is
fitted, and its weights are written to `assistant/data/silence.json`; the figures printed come from five-fold
cross-validation. `--check` fits nothing and prints what the shipped weights do on the test half of the sample's gold.
"""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from assistant.retrieve import HybridRetriever
from assistant.signs import Signs, read
from assistant.silence import WEIGHTS, judge
from ingest.article import Article, Language
from ingest.clean import make_article
from ingest.embed import load_embedder
from ingest.library import Library
from training.rows import read_rows

Label = Literal["answered", "near miss", "foreign"]
Vector = NDArray[np.float64]

ROOT = Path(__file__).parent.parent
ARTICLES, GOLD = ROOT / "ingest/sample/articles.jsonl", ROOT / "eval/gold/sample.jsonl"
READING = ROOT / "eval/gold/reading"
LANGUAGES: tuple[Language, Language] = ("ko", "en")
NAMES = [field.name for field in fields(Signs)]
PASSAGES = 8
FOLDS = 5
PENALTY = 2.0
# What a set counts in the fit, whatever its size: most what is nearest to a newsroom's questions.
SET_WEIGHTS = {
    "sample": 2.0,
    "reading": 1.0,
    "news_qa_koen": 1.0,
    "korquad1_dev": 0.8,
    "squad20_dev": 0.8,
    "belebele_koen": 0.3,
}
NEAR_MISS_WEIGHT = 0.2
# An answerable question refused costs as much as so many foreign ones answered, in the sample and in Wikipedia.
FALSE_REFUSAL = 4.0
# And so many of them may be refused at most.
FALSE_REFUSALS = 0.05
CHOSEN_ON = ("sample", "korquad1_dev", "squad20_dev")
# Articles of the sample that share a place or a company, by the first word of their ids: left out together.
SHARED = (
    "bus lantern",
    "belonia tourist",
    "rail apartment",
    "flu power",
    "museum zoo",
    "snow county",
    "platform nuri nurisaem moadam",
    "byeorion tallowby",
    "esports maru",
)


@dataclass(frozen=True)
class Asked:
    """A question of a set. `evidence` are the articles that answer it, in the library or left out."""

    id: str
    text: str
    language: Language
    label: Label
    evidence: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Case:
    """A question as it was read: the set it is from, its signs, and the first passage's score."""

    of: str
    asked: Asked
    signs: Vector
    score: float
    evidence_found: bool
    refused: bool
    """By the shipped weights."""
    confidence: float


def main() -> None:
    """Fit, print, write; or print what is shipped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of development sets")
    parser.add_argument("--check", action="store_true", help="only measure the shipped weights on the test half")
    arguments = parser.parse_args()
    if arguments.check:
        cases = list(read_cases("sample", *sample("test")))
        report(cases, np.array([case.confidence for case in cases]), np.array([case.refused for case in cases]))
        return
    cases = [
        case
        for name, articles, questions in libraries(arguments.data)
        for case in read_cases(name, articles, questions)
    ]
    confidences = cross_validated(cases)
    least = {language: threshold(cases, confidences, language) for language in LANGUAGES}
    report(
        cases,
        confidences,
        np.array([c < least[case.asked.language] for case, c in zip(cases, confidences, strict=True)]),
    )
    report_risk(cases, confidences)
    weights, bias = fit(cases)
    written = {"bias": round(bias, 4), "weights": dict(zip(NAMES, np.round(weights, 4).tolist(), strict=True))}
    least_written = {language: round(value, 4) for language, value in least.items()}
    WEIGHTS.write_text(json.dumps(written | {"least": least_written}, indent=2) + "\n", encoding="utf-8")
    print(WEIGHTS.read_text(encoding="utf-8"))


def libraries(data: Path) -> Iterator[tuple[str, list[Article], list[Asked]]]:
    """Every library to ask, with its questions; a set may give several."""
    articles, questions = sample("dev")
    yield "sample", articles, questions
    for part in (0, 1):
        kept = [article for article in articles if half(subject(article.id)) == part]
        left_out = {article.id for article in articles} - {article.id for article in kept}
        foreign = [q for q in questions if q.label == "answered" and q.evidence <= left_out]
        yield "sample", kept, [Asked(q.id, q.text, q.language, "foreign", q.evidence) for q in foreign]
    for name, language in (("korquad1_dev", "ko"), ("squad20_dev", "en")):
        yield name, *encyclopedia(data / name, "ko" if language == "ko" else "en")
    for part in (0, 1):
        yield "reading", *reading(part)
    for name, count in (("news_qa_koen", 60), ("belebele_koen", 40)):
        for told in LANGUAGES:
            yield name, *bilingual(data / name, told, count)


def sample(split: str) -> tuple[list[Article], list[Asked]]:
    """The sample's articles, and the questions of a half of its gold that stand alone."""
    with ARTICLES.open(encoding="utf-8") as lines:
        articles = [make_article(**json.loads(line), sample=True) for line in lines]
    with GOLD.open(encoding="utf-8") as lines:
        gold = [json.loads(line) for line in lines]
    return articles, [_gold(row) for row in gold if row["split"] == split and not row["history"]]


def _gold(row: dict[str, Any]) -> Asked:
    label: Label = "answered" if row["answerable"] else "foreign" if row["type"] == "foreign" else "near miss"
    evidence = frozenset(item["article"] for item in row["evidence"])
    return Asked(row["id"], row["question"], row["language"], label, evidence)


def reading(part: int) -> tuple[list[Article], list[Asked]]:
    """One half of the reading set's articles, with the dev questions about them and the answerable ones about the rest.

    Articles that only the test questions are about stay in: to the others they are foreign.
    """
    with (READING / "articles.jsonl").open(encoding="utf-8") as lines:
        articles = [
            article for article in (make_article(**json.loads(line)) for line in lines) if half(article.id) == part
        ]
    kept = {article.id for article in articles}
    with (READING / "questions.jsonl").open(encoding="utf-8") as lines:
        rows = [row | {"about": row["id"].split("-")[0]} for row in map(json.loads, lines) if row["split"] == "dev"]
    asked = []
    for row in rows:
        if row["about"] in kept or row["answerable"]:
            label: Label = "foreign" if row["about"] not in kept else "answered" if row["answerable"] else "near miss"
            asked.append(Asked(row["id"], row["question"], row["language"], label, frozenset({row["about"]})))
    return articles, asked


def encyclopedia(folder: Path, language: Language) -> tuple[list[Article], list[Asked]]:
    """Half the pages of a Wikipedia set, with questions about them and about the others."""
    passages = read_rows(folder / "passages.jsonl.gz")
    kept = {row["id"] for row in passages if half(row["title"]) == 0}
    articles = [make_article(row["text"], id=row["id"], title=row["title"]) for row in passages if row["id"] in kept]
    questions = []
    for row in read_rows(folder / "questions.jsonl.gz"):
        impossible = row.get("is_impossible", False)
        if row["passage_id"] in kept or not impossible:
            label: Label = "foreign" if row["passage_id"] not in kept else "near miss" if impossible else "answered"
            questions.append(Asked(row["id"], row["question"], language, label, frozenset({row["passage_id"]})))
    return articles, [
        *some(questions, "answered", 200),
        *some(questions, "foreign", 150),
        *some(questions, "near miss", 200),
    ]


def bilingual(folder: Path, told: Language, count: int) -> tuple[list[Article], list[Asked]]:
    """Half the passages of a bilingual set in one language, asked about in both."""
    passages = read_rows(folder / "passages.jsonl.gz")
    articles = [make_article(row[f"text_{told}"], id=row["id"]) for row in passages if half(row["id"]) == 0]
    kept = {article.id for article in articles}
    chosen: list[Asked] = []
    for language in LANGUAGES:
        questions = []
        for row in read_rows(folder / "questions.jsonl.gz"):
            label: Label = "answered" if row["passage_id"] in kept else "foreign"
            evidence = frozenset({row["passage_id"]})
            questions.append(Asked(row["id"], row[f"question_{language}"], language, label, evidence))
        chosen += [*some(questions, "answered", count), *some(questions, "foreign", count)]
    return articles, chosen


def read_cases(name: str, articles: Sequence[Article], questions: Iterable[Asked]) -> Iterator[Case]:
    """Asks the questions of a library made of the articles."""
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder), load_embedder()) as library:
        library.add(articles)
        retriever = HybridRetriever(library=library)
        for asked in questions:
            hits = retriever.search(asked.text, PASSAGES)
            reading = read(asked.text, asked.language, hits, library)
            if reading is None:
                continue
            judgement = judge(asked.text, asked.language, hits, library) if WEIGHTS.exists() else None
            yield Case(
                name,
                asked,
                np.array(reading.signs.values()),
                hits[0].score,
                any(hit.article.id in asked.evidence for hit in hits),
                judgement is not None and judgement.reason is not None,
                judgement.confidence if judgement else 0.0,
            )


def cross_validated(cases: Sequence[Case]) -> Vector:
    """The confidence in each question by weights fitted without it; questions of one id stay together."""
    fold = np.array([int(sha256(case.asked.id.encode()).hexdigest(), 16) % FOLDS for case in cases])
    confidences = np.zeros(len(cases))
    for number in range(FOLDS):
        weights, bias = fit([case for case, f in zip(cases, fold, strict=True) if f != number])
        signs = np.array([case.signs for case in cases])[fold == number]
        confidences[fold == number] = _logistic(signs @ weights + bias)
    return confidences


def fit(cases: Sequence[Case]) -> tuple[Vector, float]:
    """Weights and bias of the logistic regression that tells foreign questions, by Newton's method.

    A question whose evidence was not found at all teaches nothing about passages, and is left out.
    """
    used = [case for case in cases if case.asked.label != "answered" or case.evidence_found]
    sizes = Counter((case.of, case.asked.label, case.asked.language) for case in used)
    counts = (
        np.array([_weight(case) / (sizes[case.of, case.asked.label, case.asked.language] + 30) for case in used]) * 150
    )
    signs = np.array([case.signs for case in used])
    middle, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-6
    design = np.column_stack([(signs - middle) / spread, np.ones(len(signs))])
    wanted = np.array([case.asked.label != "foreign" for case in used], float)
    penalty = np.diag([PENALTY] * len(NAMES) + [0.0])
    beta = np.zeros(len(NAMES) + 1)
    for _ in range(25):
        guess = _logistic(design @ beta)
        gradient = design.T @ (counts * (guess - wanted)) + penalty @ beta
        curvature = (design * (counts * guess * (1 - guess))[:, None]).T @ design + penalty
        beta -= np.linalg.solve(curvature, gradient)
    weights = beta[:-1] / spread
    return weights, float(beta[-1] - weights @ middle)


def threshold(cases: Sequence[Case], confidences: Vector, language: Language) -> float:
    """The confidence from which on to answer: the greatest of least cost, on average over the sets CHOSEN_ON.

    An answerable question whose evidence was not found is rightly refused, and does not count.
    """
    levels = np.unique(confidences)
    answered = _share_below(levels, cases, confidences, language, "answered")
    foreign = _share_below(levels, cases, confidences, language, "foreign")
    cost = np.where(answered <= FALSE_REFUSALS, FALSE_REFUSAL * answered - foreign, np.inf)
    return float(levels[np.flatnonzero(cost <= cost.min() + 1e-9)[-1]])


def _share_below(
    levels: Vector, cases: Sequence[Case], confidences: Vector, language: Language, label: Label
) -> Vector:
    """The share of the questions with a label that is below each level, on average over the sets CHOSEN_ON."""
    shares = []
    for name in CHOSEN_ON:
        counted = [
            confidence
            for case, confidence in zip(cases, confidences, strict=True)
            if _is(case, name, language, label) and (case.evidence_found or label == "foreign")
        ]
        if counted:
            shares.append(np.searchsorted(np.sort(counted), levels) / len(counted))
    return np.asarray(np.mean(shares, axis=0))


def report(cases: Sequence[Case], confidences: Vector, refused: NDArray[np.bool_]) -> None:
    """Prints what is refused, and how well confidence and retrieval score tell answered questions from the rest."""
    scores = np.array([case.score for case in cases])
    print(f"{'set':16} {'asked':5} {'label':10} {'n':>4}  refused   area under ROC: confidence, retrieval score")
    for name in SET_WEIGHTS:
        for language in LANGUAGES:
            answered = np.array([_is(case, name, language, "answered") for case in cases], bool)
            for label in ("answered", "near miss", "foreign"):
                chosen = np.array([_is(case, name, language, label) for case in cases], bool)
                if chosen.any():
                    areas = [area(values[answered], values[chosen]) for values in (confidences, scores)]
                    shown = "" if label == "answered" else f"   {areas[0]:.2f}, {areas[1]:.2f}"
                    print(f"{name:16} {language:5} {label:10} {chosen.sum():4}  {refused[chosen].mean():.2f}{shown}")


def report_risk(cases: Sequence[Case], confidences: Vector) -> None:
    """Prints SQuAD 2's risk-coverage curve, passages present: how many of the surest have no answer."""
    chosen = [case.of == "squad20_dev" and case.asked.label != "foreign" for case in cases]
    risky = np.array([case.asked.label == "near miss" for case in cases])[chosen]
    scores = np.array([case.score for case in cases])
    print("SQuAD 2, share unanswerable among the surest    10%   25%   50%   75%  100%")
    for name, values in (("confidence", confidences[chosen]), ("retrieval score", scores[chosen])):
        ordered = risky[np.argsort(-values, kind="stable")]
        risks = [ordered[: max(1, round(share * len(ordered)))].mean() for share in (0.1, 0.25, 0.5, 0.75, 1.0)]
        print(f"{name:44}", *(f"{risk:5.2f}" for risk in risks))


def area(higher: Vector, lower: Vector) -> float:
    """The chance that one of `higher` is greater than one of `lower` (a tie counts half)."""
    pairs = higher[:, None] - lower[None]
    return float(((pairs > 0) + 0.5 * (pairs == 0)).mean())


def half(key: str) -> int:
    """0 or 1, the same every time."""
    return sha256(key.encode()).digest()[0] % 2


def subject(article_id: str) -> str:
    """What articles of the sample have in common that are left out together."""
    first = article_id.split("-")[0]
    return next((shared for shared in SHARED if first in shared.split()), first)


def some(questions: Sequence[Asked], label: Label, count: int) -> list[Asked]:
    """At most `count` of the questions with the label, the same ones every time."""
    fitting = [question for question in questions if question.label == label]
    return sorted(fitting, key=lambda question: sha256(question.id.encode()).digest())[:count]


def _weight(case: Case) -> float:
    return SET_WEIGHTS[case.of] * (NEAR_MISS_WEIGHT if case.asked.label == "near miss" else 1.0)


def _is(case: Case, name: str, language: Language, label: str) -> bool:
    return (case.of, case.asked.language, case.asked.label) == (name, language, label)


def _logistic(total: Vector) -> Vector:
    return np.asarray(1 / (1 + np.exp(-total)))


if __name__ == "__main__":
    main()
