"""Fits how much each sign counts that a sentence answers a question, and writes `assistant/data/extract.json`.

`python -m training.extract --data DIR` is all: nothing is set by hand after it. The weights are fitted on development
data only: the dev half of the sample's gold questions, and KorQuAD, SQuAD and news_qa_koen development passages in
DIR; of the last, asked across the languages, only the right passage is known, so that all its sentences count as
right. Where the sample answers in both languages, only the sentence in the question's language is a right one: that
is how it comes to be preferred. The model is a conditional logit over the sentences of the passages found for a
question, with a ridge penalty; each data set counts the same, either direction of the last one half.
"""

import argparse
import gzip
import json
import random
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import WEIGHTS, Candidate, candidates, shipped_weights
from assistant.retrieve import HybridRetriever
from assistant.sample import sample_articles
from ingest.article import Article, Language
from ingest.clean import make_article
from ingest.embed import load_embedder
from ingest.language import detect
from ingest.library import Library

QUESTIONS = 300  # of each data set
RIDGE = 0.002
ACROSS_WEIGHT = 0.5
STEPS, RATE = 300, 0.2

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    """A question, and the texts one of which a right sentence holds, by article."""

    question: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Choice:
    """The signs of all sentences found for a question (n x signs), what they are called, and which are right."""

    names: tuple[str, ...]
    signs: Floats
    right: NDArray[np.bool_]


def main() -> None:
    """Collect, fit, print how often the best sentence is a right one, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with korquad1_dev and squad20_dev")
    parser.add_argument("--gold", type=Path, default=Path("eval/gold/sample.jsonl"), help="the sample's gold questions")
    arguments = parser.parse_args()
    groups = {
        "sample": list(choices(sample_articles(), sample_questions(arguments.gold))),
        "korquad": list(choices(*passages_and_questions(arguments.data / "korquad1_dev"))),
        "squad": list(choices(*passages_and_questions(arguments.data / "squad20_dev"))),
        "news ko>en": list(choices(*passages_across(arguments.data / "news_qa_koen", "ko", "en"))),
        "news en>ko": list(choices(*passages_across(arguments.data / "news_qa_koen", "en", "ko"))),
    }
    names = groups["sample"][0].names
    shipped = shipped_weights() if WEIGHTS.exists() else {}
    now = np.array([shipped.get(name, 0.0) for name in names])
    fitted = fit(groups).round(2)
    for group, found in groups.items():
        shares = f"before {accuracy(found, now):.3f}, fitted {accuracy(found, fitted):.3f}"
        print(f"{group}: {len(found)} questions, first right: {shares}")
    weights = dict(zip(names, fitted.tolist(), strict=True))
    WEIGHTS.write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")
    print(WEIGHTS.read_text(encoding="utf-8"))


def choices(articles: Iterable[Article], questions: Sequence[Asked]) -> Iterator[Choice]:
    """For each question with a right sentence among those found: all sentences' signs."""
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder), load_embedder()) as library:
        library.add(list(articles))
        retriever = HybridRetriever(library=library)
        for asked in questions:
            passages = retriever.search(asked.question)
            language = detect(asked.question)
            found = list(candidates(library, asked.question, language, passages))
            right = np.array([_is_right(c, asked) for c in found], bool)
            own = np.array([c.article.language == language for c in found], bool)
            if (right & own).any():
                right &= own
            if right.any():
                names = tuple(found[0].signs)
                yield Choice(names, np.array([[c.signs[name] for name in names] for c in found]), right)


def _is_right(candidate: Candidate, asked: Asked) -> bool:
    return any(candidate.article.id == article and text in candidate.text for article, text in asked.answers)


def fit(groups: Mapping[str, Sequence[Choice]]) -> Floats:
    """The weights of greatest penalised likelihood, by gradient ascent with Adam's step sizes."""
    data = [
        (choice, (ACROSS_WEIGHT if name.startswith("news") else 1.0) / len(group))
        for name, group in groups.items()
        for choice in group
    ]
    weights = np.zeros(data[0][0].signs.shape[1])
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        gradient = -2 * RIDGE * weights
        for choice, share in data:
            gradient += share * _gradient(choice, weights)
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        weights += RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def _gradient(choice: Choice, weights: Floats) -> Floats:
    """Of the log of the probability that a right sentence is chosen."""
    scores = choice.signs @ weights
    chance = np.exp(scores - scores.max())
    chance /= chance.sum()
    among_right = np.where(choice.right, chance, 0.0)
    among_right /= among_right.sum()
    return (among_right - chance) @ choice.signs  # type: ignore[no-any-return]


def accuracy(found: Sequence[Choice], weights: Floats) -> float:
    """How often the best sentence is a right one."""
    return float(np.mean([choice.right[np.argmax(choice.signs @ weights)] for choice in found]))


def sample_questions(gold: Path) -> list[Asked]:
    """The dev half of the answerable questions that stand alone, with the quotes that hold what is wanted."""
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    return [
        Asked(row["question"], tuple(_answering(row)))
        for row in rows
        if row["split"] == "dev" and row["answerable"] and not row["history"]
    ]


def _answering(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The article and the words of each quote with an answer or a nugget: one without is context."""
    nuggets = (wording for nugget in row["nuggets"] for wording in (nugget["text"], *nugget.get("same", ())))
    wanted = row["answers"] or list(nuggets)
    for evidence in row["evidence"]:
        if any(text in evidence["quote"] for text in wanted):
            yield evidence["article"], evidence["quote"]


def passages_and_questions(folder: Path) -> tuple[list[Article], list[Asked]]:
    """A question-answering set: its passages as articles, and a sample of its answerable questions."""
    rows = _rows(folder / "passages.jsonl.gz")
    articles = [make_article(row["text"], id=row["id"], title=row.get("title")) for row in rows]
    answerable = [row for row in _rows(folder / "questions.jsonl.gz") if not row.get("is_impossible")]
    sample = random.Random(1).sample(answerable, QUESTIONS)
    asked = [
        Asked(row["question"], tuple((row["passage_id"], answer["text"]) for answer in row["answers"]))
        for row in sample
    ]
    return articles, asked


def passages_across(folder: Path, asked_in: Language, written_in: Language) -> tuple[list[Article], list[Asked]]:
    """Passages in one language and questions in the other; any sentence of the right passage is right."""
    rows = _rows(folder / "passages.jsonl.gz")
    articles = [make_article(row[f"text_{written_in}"], id=row["id"], language=written_in) for row in rows]
    questions = _rows(folder / "questions.jsonl.gz")
    return articles, [Asked(row[f"question_{asked_in}"], ((row["passage_id"], ""),)) for row in questions]


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return list(map(json.loads, lines))


if __name__ == "__main__":
    main()
