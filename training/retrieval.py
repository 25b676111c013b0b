"""Chooses what each sign of a matching passage counts, and shows what each is good for.

`python -m training.retrieval --data DIR [--questions N] [--fit]` puts N questions of each development set in DIR to a
library of the set's passages, and the dev half of the gold questions to the sample library. The weights in use are
measured as they are, and with each sign left out in turn; with `--fit`, weights that make the right passages likeliest
(a softmax over each question's candidates, every set counting the same) are printed too, to be written into
`assistant/retrieve.py` by hand. `half` libraries have each passage in one language only, half of them in either: the
right one may be foreign, and others are not. `both` libraries have each in both languages, and either version is right:
of these the share of first passages in the question's language is printed too, and the fit leaves them out.
"""

import argparse
import json
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.retrieve import FOREIGN, OWN, HybridRetriever
from assistant.sample import sample_articles
from assistant.wordscore import WordScorer
from ingest.article import Article
from ingest.clean import make_article
from ingest.embed import load_embedder
from ingest.language import detect
from ingest.library import Library
from training.rows import read_rows

GOLD = Path(__file__).parents[1] / "eval" / "gold" / "sample.jsonl"
SIGNS = list(OWN)
BATCH = 300
DEPTH = 10  # of nDCG
LANGUAGES = ("ko", "en")
MONOLINGUAL = {"KorQuAD": "korquad1_dev", "SQuAD": "squad20_dev", "KLUE": "klue_mrc_wiki_boostcamp"}
BOTH = "both"
BILINGUAL = {"Belebele": "belebele_koen", "news_qa": "news_qa_koen"}

Floats = NDArray[np.float64]
Row = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One question: its candidates' articles, their signs (n x 2 SIGNS; own language first, zeros in the other)."""

    right: Set[str]
    articles: list[str]
    signs: Floats

    @property
    def is_right(self) -> NDArray[np.bool_]:
        """Which candidates are of a right article."""
        return np.array([id in self.right for id in self.articles], bool)


Question = tuple[str, Set[str]]


def sets(data: Path, sample: int) -> Iterator[tuple[str, list[Article], list[Question]]]:
    """Each set as (name, articles to make a library of, questions with the ids of the right articles)."""
    yield from _gold_sets()
    for name, passages, questions in _public_sets(data, sample):
        articles = [make_article(**row, language=detect(row["text"])) for row in passages if row["text"].strip()]
        yield name, articles, questions


def _gold_sets() -> Iterator[tuple[str, list[Article], list[Question]]]:
    """The dev half of the sample's gold questions, by language of question and evidence, over the whole sample."""
    articles = sample_articles()
    language = {article.id: article.language for article in articles}
    by_direction: dict[str, list[Question]] = {}
    for case in (json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()):
        right = {evidence["article"] for evidence in case["evidence"]}
        if case["split"] == "dev" and not case["history"] and len({language[id] for id in right}) == 1:
            direction = f"sample {case['language']}>{language[min(right)]}"
            by_direction.setdefault(direction, []).append((case["question"], right))
    for direction, questions in sorted(by_direction.items()):
        yield direction, articles, questions


def _public_sets(data: Path, sample: int) -> Iterator[tuple[str, list[Row], list[Question]]]:
    draw = random.Random(0)
    for name, folder in MONOLINGUAL.items():
        asked = [row for row in read_rows(data / "dev" / folder / "questions.jsonl.gz") if not row.get("is_impossible")]
        asked = draw.sample(asked, min(sample, len(asked)))
        passages = [
            {"id": row["id"], "text": row["text"]} for row in read_rows(data / "dev" / folder / "passages.jsonl.gz")
        ]
        yield name, passages, [(row["question"], {row["passage_id"]}) for row in asked]
    for name, folder in BILINGUAL.items():
        rows = read_rows(data / "dev" / folder / "passages.jsonl.gz")
        asked = read_rows(data / "dev" / folder / "questions.jsonl.gz")
        asked = draw.sample(asked, min(sample, len(asked)))
        language = {row["id"]: LANGUAGES[place % 2] for place, row in enumerate(rows)}
        both = [{"id": f"{row['id']} {told}", "text": row[f"text_{told}"]} for row in rows for told in LANGUAGES]
        for own in LANGUAGES:
            questions: list[Question] = [(row[f"question_{own}"], {row["passage_id"]}) for row in asked]
            for other in LANGUAGES:
                passages = [{"id": row["id"], "text": row[f"text_{other}"]} for row in rows]
                yield f"{name} {own}>{other}", passages, questions
            halves = [{"id": row["id"], "text": row[f"text_{language[row['id']]}"]} for row in rows]
            for other in LANGUAGES:
                yield f"{name} half {own}>{other}", halves, [q for q in questions if language[min(q[1])] == other]
            either: list[Question] = [
                (question, {f"{id} {told}" for id in right for told in LANGUAGES}) for question, right in questions
            ]
            yield f"{name} {BOTH} {own}", both, either


def cases(articles: Sequence[Article], questions: Sequence[Question]) -> Iterator[Case]:
    """The candidates of each question in a library of the articles."""
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder), load_embedder()) as library:
        for start in range(0, len(articles), BATCH):
            library.add(articles[start : start + BATCH])
        retriever = HybridRetriever(library=library)
        for question, right in questions:
            found = retriever.candidates(question, WordScorer(library, question))
            signs = np.zeros((len(found), 2 * len(SIGNS)))
            for row, candidate in zip(signs, found, strict=True):
                start = len(SIGNS) * candidate.is_foreign
                row[start : start + len(SIGNS)] = [candidate.signs[name] for name in SIGNS]
            yield Case(right, [candidate.info.id for candidate in found], signs)


def ndcg(case: Case, weights: Floats) -> float:
    """nDCG@10 by article; of several right articles the first found counts."""
    ranked = [case.articles[place] for place in np.argsort(-(case.signs @ weights), kind="stable")]
    distinct = list(dict.fromkeys(ranked))[:DEPTH]
    return next((float(1 / np.log2(place + 2)) for place, id in enumerate(distinct) if id in case.right), 0.0)


def own_language_first(case: Case, weights: Floats) -> bool:
    """Whether the best passage is in the question's language."""
    best = case.signs[int(np.argmax(case.signs @ weights))]
    return bool(best[: len(SIGNS)].any())


def fit(groups: Sequence[Sequence[Case]], decay: float = 1e-5) -> Floats:
    """The weights under which the right passages are likeliest, scaled so that the cosine counts as it does now."""
    from scipy.optimize import minimize

    known = [[case for case in group if case.is_right.any()] for group in groups]
    each = [(case.signs, case.is_right, 1 / len(group) / len(known)) for group in known for case in group]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = decay * float(weights @ weights), 2 * decay * weights
        for signs, right, share in each:
            scores = signs @ weights
            likely = np.exp(scores - scores.max())
            among_right = likely * right
            total -= share * float(np.log(among_right.sum() / likely.sum()))
            slope += share * ((likely / likely.sum() - among_right / among_right.sum()) @ signs)
        return total, slope

    found: Floats = minimize(loss, current(), jac=True, method="L-BFGS-B").x
    scaled: Floats = found * OWN["cosine"] / found[SIGNS.index("cosine")]
    return scaled


def current() -> Floats:
    """The weights in use."""
    return np.array([table[name] for table in (OWN, FOREIGN) for name in SIGNS])


def _without(name: str) -> Floats:
    kept: Floats = current() * np.array([float(sign != name) for sign in SIGNS * 2])
    return kept


def _interval(values: Sequence[float]) -> str:
    """The mean with its 95 % bootstrap interval."""
    draws = np.random.default_rng(0).choice(values, (1000, len(values))).mean(axis=1)
    low, high = np.quantile(draws, (0.025, 0.975))
    return f"{np.mean(values):.3f} [{low:.3f}, {high:.3f}]"


def main() -> None:
    """Print nDCG@10 of each set, under the weights in use, without each sign, and refitted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that has dev/")
    parser.add_argument("--questions", type=int, default=150, help="of each set (default 150)")
    parser.add_argument("--fit", action="store_true", help="fit weights anew")
    arguments = parser.parse_args()
    groups: dict[str, list[Case]] = {}
    for name, articles, questions in sets(arguments.data, arguments.questions):
        groups[name] = list(cases(articles, questions))
        print(f"{name}: {_interval([ndcg(case, current()) for case in groups[name]])}", flush=True)
        if BOTH in name:
            first = np.mean([own_language_first(case, current()) for case in groups[name]])
            print(f"{name}: first passage in the question's language {first:.2f}", flush=True)
    columns: dict[str, Callable[[], Floats]] = {"now": current}
    columns |= {f"no {sign}": lambda sign=sign: _without(sign) for sign in SIGNS}  # type: ignore[misc]
    if arguments.fit:
        fitted = fit([group for name, group in groups.items() if BOTH not in name])
        columns["fitted"] = lambda: fitted
        for table, weights in zip(("OWN", "FOREIGN"), np.split(fitted, 2), strict=True):
            print(table, {name: round(float(weight), 2) for name, weight in zip(SIGNS, weights, strict=True)})
    print("| set | n | " + " | ".join(columns) + " |")
    for name, group in groups.items():
        means = [np.mean([ndcg(case, make()) for case in group]) for make in columns.values()]
        print(f"| {name} | {len(group)} | " + " | ".join(f"{mean:.3f}" for mean in means) + " |")


if __name__ == "__main__":
    main()
