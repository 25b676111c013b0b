"""The training data as pools of pairs, cleaned and weighted by source."""

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HELD_OUT_NAMES = 2000
LONGEST_PASSAGE = 1000  # characters

# How often a pair of this source is seen in an epoch; one that is not named here is seen once. Below one, that
# share of the source's pairs is kept.
SENTENCE_WEIGHTS = {"koen_bible": 0.3, "koen_docs_tldr": 0.3, "koen_docs": 0.5, "news": 5.0}
NAME_SOURCES = ("transliteration", "wikidata")

_LATIN_WORD = re.compile(r"[A-Z][a-zà-öø-ÿ]{3,}")
_HANGUL_WORD = re.compile(r"[가-힣]{2,}")
Row = tuple[str, str, float]

_ASIDE = re.compile(r"\s*[(\[（][^)\]）]*[)\]）]|^(to|a|an|the|i\.e\.|to be)\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True)
class Pairs:
    """A pool of pairs with one meaning each; `weights` say how often a pair is seen in an epoch."""

    left: list[str]
    right: list[str]
    weights: list[float]

    def __len__(self) -> int:
        return len(self.left)


@dataclass(frozen=True)
class TrainingData:
    """Every pool that the model learns from.

    `sentences`, `words` and `names` are Korean and English; `questions` are question and passage, in either
    language or across; `forms` are an inflected Korean word or a paraphrase, and its other form. `news_words` are the
    English words of the news pairs.
    """

    sentences: Pairs
    words: Pairs
    names: Pairs
    questions: Pairs
    forms: Pairs
    news_words: list[str]


def read_rows(file: Path) -> list[dict[str, Any]]:
    """The objects of a gzipped JSON Lines file, in order."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def held_out_names(folder: Path) -> list[tuple[str, str]]:
    """Names (Hangul, Latin) that training never sees, in no pair and no sentence; the same ones every time."""
    lexicon = read_rows(folder / "lexicon_koen.jsonl.gz")
    seen: dict[str, int] = {}
    for row in lexicon + read_rows(folder / "news_koen.jsonl.gz") + read_rows(folder / "parallel_koen.jsonl.gz"):
        for word in set(_HANGUL_WORD.findall(row["ko"])) | set(re.findall(r"[^\W\d_]+", row["en"].lower())):
            seen[word] = seen.get(word, 0) + 1
    names = sorted(
        {
            (row["ko"], row["en"])
            for row in lexicon
            if row["source"] in NAME_SOURCES
            and _HANGUL_WORD.fullmatch(row["ko"])
            and _LATIN_WORD.fullmatch(row["en"])
            and seen[row["ko"]] == seen[row["en"].lower()] == 1
        }
    )
    return random.Random(0).sample(names, HELD_OUT_NAMES)


def read_training_data(folder: Path) -> TrainingData:
    """All pools, without the held-out names.

    Raises `FileNotFoundError` when a file of the training data is missing.
    """
    news = read_rows(folder / "news_koen.jsonl.gz")
    held_out = set(held_out_names(folder))
    words: list[Row] = []
    names: list[Row] = []
    for row in read_rows(folder / "lexicon_koen.jsonl.gz"):
        if (row["ko"], row["en"]) not in held_out:
            pool = names if row["source"] in NAME_SOURCES else words
            pool.append((row["ko"], _bare(row["en"]), 1.0))
    words += [(row["ko"], row["en"], 4.0) for row in news if row["kind"] == "term"]
    words += [(stem, english, weight / 2) for korean, english, weight in words for stem in _verb_stems(korean)]
    sentences = [(row["ko"], row["en"], _weight(row["source"])) for row in read_rows(folder / "parallel_koen.jsonl.gz")]
    sentences += [(row["ko"], row["en"], SENTENCE_WEIGHTS["news"]) for row in news if row["kind"] != "term"]
    sentences += [
        (row["passage_ko"], row["passage_en"], SENTENCE_WEIGHTS["news"]) for row in news if row["kind"] == "qa"
    ]
    return TrainingData(
        sentences=_pool(sentences),
        words=_pool(words),
        names=_pool(names),
        questions=_questions(folder, news),
        forms=_forms(folder),
        news_words=sorted({word for row in news for word in re.findall(r"[a-z]+", row["en"].lower())}),
    )


def _bare(gloss: str) -> str:
    """A dictionary's gloss as it would be written in a text: without asides, articles and "to"."""
    return _ASIDE.sub("", _ASIDE.sub("", gloss)).strip() or gloss


def _verb_stems(korean: str) -> Iterator[str]:
    """What is left of a Korean verb in running text: 오르다 as 오르, 당부하다 as 당부하 and 당부."""
    if len(korean) > 2 and korean.endswith("다"):
        yield korean[:-1]
        if len(korean) > 3 and korean[-2] in "하되":
            yield korean[:-2]


def _weight(source: str) -> float:
    family = "koen_docs" if source.startswith("koen_docs") else source
    return SENTENCE_WEIGHTS.get(source, SENTENCE_WEIGHTS.get(family, 1.0))


def _pool(rows: list[Row]) -> Pairs:
    """The distinct pairs of `rows`; of those that weigh less than one, as many as they weigh together."""
    draw = random.Random(0)
    kept = {
        (left, right): max(weight, 1.0)
        for left, right, weight in rows
        if left.strip() and right.strip() and draw.random() < weight
    }
    return Pairs([left for left, _ in kept], [right for _, right in kept], list(kept.values()))


def _questions(folder: Path, news: list[dict[str, Any]]) -> Pairs:
    rows = [
        (row["query"], row["passage"][:LONGEST_PASSAGE], 1.0)
        for language in ("ko", "en")
        for row in read_rows(folder / f"query_passage_{language}.jsonl.gz")
    ]
    for row in news:
        if row["kind"] == "qa":
            rows += [(row[asked], row[f"passage_{told}"], 5.0) for asked in ("ko", "en") for told in ("ko", "en")]
    return _pool(rows)


def _forms(folder: Path) -> Pairs:
    with gzip.open(folder / "inflections_ko.tsv.gz", "rt", encoding="utf-8") as lines:
        table = [line.rstrip("\n").split("\t") for line in lines][1:]
    rows = [(form, lemma, 0.2) for form, lemma in table if form != lemma and _HANGUL_WORD.fullmatch(form)]
    groups: dict[int, list[str]] = {}
    for row in read_rows(folder / "paraphrase_ko.jsonl.gz"):
        groups.setdefault(row["group"], []).append(row["text"])
    rows += [(group[0], other, 0.5) for group in groups.values() for other in group[1:]]
    return _pool(rows)
