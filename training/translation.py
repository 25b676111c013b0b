"""Learns the word translation table that carries a question's terms into the other language.

`python -m training.translation --data DIR [--out FILE]` reads the parallel sentences, the lexicon and the news
(`training.news`), and writes the table: for each stem how common it is and its likeliest translations with weights.
How common: the share of sentences with it, over both languages' sentences of their own. IBM Model 1
(Brown et al. 1993) is fitted in both directions and the two probabilities are multiplied (geometric mean), so that
a pair must be likely both ways; rare words are damped by half a pseudo-count.
"""

import argparse
import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.translation import TABLE
from ingest.tokens import stems
from training.news import news_rows
from training.rows import read_rows

ITERATIONS = 6
LONGEST = 40  # stems of a sentence that are looked at
SMALLEST = 0.02  # geometric mean of the two probabilities
MOST = 10  # translations of a stem
PSEUDO_COUNT = 0.5
SHORTEST_SENTENCE = 20  # characters of English

Floats = NDArray[np.float64]


class Pair(NamedTuple):
    """Two texts that say the same, and how much they count."""

    ko: str
    en: str
    weight: float


def read_pairs(data: Path) -> Iterator[Pair]:
    """The parallel texts in `data`; news counts most, software documentation and scripture half."""
    for row in read_rows(data / "parallel_koen.jsonl.gz"):
        yield Pair(row["ko"], row["en"], 0.5 if "docs" in row["source"] or "bible" in row["source"] else 1.0)
    for row in read_rows(data / "lexicon_koen.jsonl.gz"):
        yield Pair(row["ko"], row["en"], 1.0)
    for row in news_rows(data):
        yield Pair(row["ko"], row["en"], 2.0 if row["kind"] == "term" else 3.0)
        if row["kind"] == "qa":
            yield Pair(row["passage_ko"], row["passage_en"], 2.0)


def fit(pairs: list[Pair]) -> list[tuple[str, str, float]]:
    """Stem pairs `(ko, en, weight)` whose geometric mean of both probabilities is at least `SMALLEST`."""
    korean: dict[str, int] = {}
    english: dict[str, int] = {}
    rows: list[NDArray[np.int32]] = []
    for number, pair in enumerate(pairs):
        ko = np.array(list({korean.setdefault(s, len(korean)) for s in stems(pair.ko)})[:LONGEST], np.int32)
        en = np.array(list({english.setdefault(s, len(english)) for s in stems(pair.en)})[:LONGEST], np.int32)
        n = len(ko) * len(en)
        rows.append(np.stack([np.repeat(ko, len(en)), np.tile(en, len(ko)), np.full(n, number, np.int32)]))
    ko_of, en_of, sentence_of = np.concatenate(rows, axis=1)
    weights = np.array([pair.weight for pair in pairs])[sentence_of]
    keys, entry = np.unique(ko_of.astype(np.int64) * len(english) + en_of, return_inverse=True)
    entry_ko, entry_en = np.divmod(keys, len(english))
    to_english = _expectation_maximisation(entry, entry_ko, _groups(sentence_of, en_of, len(english)), weights)
    to_korean = _expectation_maximisation(entry, entry_en, _groups(sentence_of, ko_of, len(korean)), weights)
    likeness = np.sqrt(to_english * to_korean)
    ko_names, en_names = list(korean), list(english)
    return [
        (ko_names[entry_ko[i]], en_names[entry_en[i]], float(likeness[i])) for i in np.flatnonzero(likeness >= SMALLEST)
    ]


def _groups(sentence_of: NDArray[np.int32], target_of: NDArray[np.int32], targets: int) -> NDArray[np.int64]:
    """A number for each (sentence, target word): the alignments that compete to explain one word."""
    numbers: NDArray[np.int64] = np.unique(sentence_of.astype(np.int64) * targets + target_of, return_inverse=True)[1]
    return numbers


def _expectation_maximisation(
    entry: NDArray[np.int64], source: NDArray[np.int64], group: NDArray[np.int64], weights: Floats
) -> Floats:
    """p(target | source) of each table entry, from all co-occurrences `entry` competing within `group`."""
    probability = np.ones(len(source))
    for _ in range(ITERATIONS):
        likelihood = probability[entry]
        share = weights * likelihood / np.bincount(group, likelihood)[group]
        count = np.bincount(entry, share, minlength=len(source))
        probability = count / (np.bincount(source, count)[source] + PSEUDO_COUNT)
    return probability


def commonness(pairs: list[Pair]) -> dict[str, float]:
    """The share of the sentences in a stem's language that have it; dictionary entries are not sentences."""
    counts: Counter[str] = Counter()
    sentences = [pair for pair in pairs if " " in pair.ko.strip() and len(pair.en) > SHORTEST_SENTENCE]
    for pair in sentences:
        counts.update(set(stems(pair.ko)) | set(stems(pair.en)))
    return {stem: count / len(sentences) for stem, count in counts.items()}


def write(entries: list[tuple[str, str, float]], common: dict[str, float], out: Path) -> None:
    """Write a line a stem, both directions: `stem<TAB>commonness<TAB>translation:weight ...`, likeliest first."""
    both: dict[str, list[tuple[float, str]]] = {}
    for ko, en, weight in entries:
        both.setdefault(ko, []).append((weight, en))
        both.setdefault(en, []).append((weight, ko))
    lines = []
    for stem, found in sorted(both.items()):
        best = sorted(found, key=lambda pair: (-pair[0], pair[1]))[:MOST]
        translations = " ".join(f"{other}:{weight:.3f}" for weight, other in best)
        lines.append(f"{stem}\t{common.get(stem, 0.0):.5f}\t{translations}")
    with out.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as packed:
        packed.write("\n".join(lines).encode())


def main() -> None:
    """Train and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training data")
    parser.add_argument("--out", type=Path, default=TABLE, help="the table to write (default: the shipped one)")
    arguments = parser.parse_args()
    pairs = list(read_pairs(arguments.data))
    entries = fit(pairs)
    write(entries, commonness(pairs), arguments.out)
    print(f"{len(entries)} pairs of stems in {arguments.out}, {arguments.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
