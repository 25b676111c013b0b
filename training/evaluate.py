"""Measure an embedder: `python -m training.evaluate --data DIR [--model PATH] [--train DIR]`.

DIR holds one folder a set: `passages.jsonl.gz` and `questions.jsonl.gz` (in one language, or in both with `text_ko`,
`question_en` and so on), or one file of parallel sentences (`ko`, `en`). Figures come with 95% bootstrap intervals.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from ingest.embed import SHIPPED_MODEL, StaticEmbedder, Vectors
from training.by_words import WordReader, standard
from training.data import held_out_names
from training.rows import read_rows

DIRECTIONS = (("ko", "ko"), ("en", "en"), ("ko", "en"), ("en", "ko"))
DIMENSIONS = (256, 128, 64)
RESAMPLES = 1000

Figure = tuple[str, Vectors]


def main() -> None:
    """Print one line a figure: set and reading, size, mean and interval."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of development sets")
    parser.add_argument("--model", type=Path, default=SHIPPED_MODEL, help="folder of the model (default: shipped)")
    parser.add_argument("--train", type=Path, help="training data: also measure the names held out from it")
    arguments = parser.parse_args()
    embedder = StaticEmbedder(arguments.model)
    for folder in sorted(path for path in arguments.data.iterdir() if path.is_dir()):
        for figure in set_figures(embedder, folder):
            print(line(*figure), flush=True)
    if arguments.train:
        for figure in name_figures(embedder, held_out_names(arguments.train)):
            print(line(*figure), flush=True)


def line(name: str, values: Vectors) -> str:
    """A figure as printed: its name, the number of questions, the mean and its 95% bootstrap interval."""
    draws = np.random.default_rng(0).integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.percentile(values[draws].mean(axis=1), (2.5, 97.5))
    return f"{name:62} n={len(values):<6} {values.mean():.3f}  [{low:.3f}, {high:.3f}]"


def set_figures(embedder: StaticEmbedder, folder: Path) -> Iterator[Figure]:
    """All figures of one set."""
    if not (folder / "questions.jsonl.gz").exists():
        pairs = [row for file in sorted(folder.glob("*.jsonl.gz")) for row in read_rows(file)]
        yield from sentence_figures(embedder, folder.name, pairs)
        return
    passages, questions = read_rows(folder / "passages.jsonl.gz"), read_rows(folder / "questions.jsonl.gz")
    questions = [question for question in questions if not question.get("is_impossible")]
    place = {passage["id"]: i for i, passage in enumerate(passages)}
    wanted = np.array([place[question["passage_id"]] for question in questions])
    if "text" in passages[0]:
        cosine = cosines(embedder, [q["question"] for q in questions], [p["text"] for p in passages])
        yield f"{folder.name} hit@1 dense", (ranks(cosine, wanted) == 1).astype(np.float32)
        yield f"{folder.name} nDCG@10 dense", ndcg(ranks(cosine, wanted))
        return
    for asked, told in DIRECTIONS:
        texts = [p[f"text_{told}"] for p in passages]
        queries = [q[f"question_{asked}"] for q in questions]
        name = f"{folder.name} {asked}>{told} nDCG@10"
        for dimension in DIMENSIONS:
            cosine = cosines(embedder, queries, texts, dimension)
            yield f"{name} dense, {dimension} dimensions", ndcg(ranks(cosine, wanted))
        psq, best = WordReader(embedder, texts, told).scores(queries, asked)
        dense = standard(cosines(embedder, queries, texts))
        yield f"{name} by words: PSQ", ndcg(ranks(psq, wanted))
        yield f"{name} by words: PSQ + max + dense", ndcg(ranks(standard(psq) + standard(best) + dense, wanted))


def sentence_figures(embedder: StaticEmbedder, name: str, pairs: list[dict[str, Any]]) -> Iterator[Figure]:
    """Accuracy@1 of finding a sentence's translation among all of the other language."""
    cosine = cosines(embedder, [pair["en"] for pair in pairs], [pair["ko"] for pair in pairs])
    wanted = np.arange(len(pairs))
    yield f"{name} en>ko accuracy@1", (ranks(cosine, wanted) == 1).astype(np.float32)
    yield f"{name} ko>en accuracy@1", (ranks(cosine.T, wanted) == 1).astype(np.float32)


def name_figures(embedder: StaticEmbedder, names: list[tuple[str, str]]) -> Iterator[Figure]:
    """How often a name never seen in training finds its spelling in the other script among all held-out names."""
    cosine = cosines(embedder, [en for _, en in names], [ko for ko, _ in names])
    wanted = np.arange(len(names))
    for direction, scores in (("en>ko", cosine), ("ko>en", cosine.T)):
        for depth in (1, 10):
            yield f"held-out names {direction} hit@{depth}", (ranks(scores, wanted) <= depth).astype(np.float32)


def cosines(embedder: StaticEmbedder, queries: list[str], passages: list[str], dimension: int | None = None) -> Vectors:
    """Likeness of every query to every passage, by the first `dimension` components."""
    asked, told = (
        vectors[:, :dimension] for vectors in (embedder.encode_queries(queries), embedder.encode_passages(passages))
    )
    asked, told = (v / np.maximum(np.linalg.norm(v, axis=1, keepdims=True), 1e-9) for v in (asked, told))
    return np.asarray(asked @ told.T)


def ranks(scores: Vectors, wanted: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The rank, from 1, of each row's wanted column; a tie counts against it."""
    target = np.take_along_axis(scores, wanted[:, None], axis=1)
    return np.asarray((scores >= target).sum(axis=1))


def ndcg(rank: np.ndarray[Any, Any]) -> Vectors:
    """nDCG@10 where one passage is right: 1 / log2(1 + rank), nothing beyond ten."""
    return np.where(rank <= 10, 1 / np.log2(1 + rank), 0.0).astype(np.float32)


if __name__ == "__main__":
    main()
