"""The training data as pools of pairs, cleaned and weighted by source."""

import gzip
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.news import news_rows
from training.rows import read_rows

HELD_OUT_NAMES = 2000
LONGEST_PASSAGE = 1000  # characters

# How often a pair of this source is seen in an epoch; one that is not named here is seen once. Below one, that
# share of the source's pairs is kept.
SENTENCE_WEIGHTS = {"koen_bible": 0.3, "koen_docs_tldr": 0.3, "koen_docs": 0.5, "news": 5.0}
NAME_SOURCES = ("transliteration", "wikidata")
# The share of a source's English sentences that the teacher reads; all of one that is not named here.
TAUGHT_SHARES = {
    "koen_bible": 0.1,
    "koen_docs": 0.1,
    "koen_docs_tldr": 0.03,
    "koen_docs_mozilla": 1.0,
    "koen_docs_opensource_guide": 1.0,
    "koen_stylekqc_kosp2e": 0.3,
    "koen_pawsx": 0.5,
}
TAUGHT_PASSAGE_SENTENCES = 15_000
# Sentences of a passage that ask for the rest of it (inverse cloze task).
CLOZE_SENTENCES = 4
CLOZE_LENGTHS = range(13, 300)  # characters
CLOZE_WEIGHT = 1 / 6

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
    English words of the news pairs, `taught` the English sentences, questions and passages that the teacher reads.
    """

    sentences: Pairs
    words: Pairs
    names: Pairs
    questions: Pairs
    forms: Pairs
    news_words: list[str]
    taught: list[str]


def held_out_names(folder: Path) -> list[tuple[str, str]]:
    """Names (Hangul, Latin) that training never sees, in no pair and no sentence; the same ones every time."""
    lexicon = read_rows(folder / "lexicon_koen.jsonl.gz")
    seen: dict[str, int] = {}
    for row in lexicon + read_rows(folder / "news_koen.jsonl.gz") + read_rows(folder / "parallel_koen.jsonl.gz"):
        for word in _words(row["ko"], row["en"]):
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
    held_out = set(held_out_names(folder))
    kept_away = {word for korean, english in held_out for word in _words(korean, english)}
    news = [
        row
        for row in news_rows(folder)
        if not kept_away
        & _words(row["ko"] + " " + row.get("passage_ko", ""), row["en"] + " " + row.get("passage_en", ""))
    ]
    words: list[Row] = []
    names: list[Row] = []
    for row in read_rows(folder / "lexicon_koen.jsonl.gz"):
        if (row["ko"], row["en"]) not in held_out:
            pool = names if row["source"] in NAME_SOURCES else words
            pool.append((row["ko"], _bare(row["en"]), 1.0))
    words += [(row["ko"], row["en"], 4.0) for row in news if row["kind"] == "term"]
    words += [(stem, english, weight / 2) for korean, english, weight in words for stem in _verb_stems(korean)]
    parallel = read_rows(folder / "parallel_koen.jsonl.gz")
    sentences = [(row["ko"], row["en"], _of_source(SENTENCE_WEIGHTS, row["source"])) for row in parallel]
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
        taught=_taught(parallel, news, read_rows(folder / "query_passage_en.jsonl.gz")),
    )


def with_cloze_questions(questions: Pairs) -> Pairs:
    """Also ask for each passage by some of its sentences, taken out of it (inverse cloze task, Lee et al. 2019)."""
    draw = random.Random(0)
    left, right, weights = [*questions.left], [*questions.right], [*questions.weights]
    for passage, weight in dict(zip(questions.right, questions.weights, strict=True)).items():
        sentences = _sentences(passage)
        if len(sentences) > 2:
            for place in draw.sample(range(len(sentences)), min(CLOZE_SENTENCES, len(sentences))):
                if len(sentences[place]) in CLOZE_LENGTHS:
                    left.append(sentences[place])
                    right.append(" ".join(sentences[:place] + sentences[place + 1 :]))
                    weights.append(weight * CLOZE_WEIGHT)
    return Pairs(left, right, weights)


def _words(korean: str, english: str) -> set[str]:
    return {*_HANGUL_WORD.findall(korean), *re.findall(r"[^\W\d_]+", english.lower())}


def _bare(gloss: str) -> str:
    """A dictionary's gloss as it would be written in a text: without asides, articles and "to"."""
    return _ASIDE.sub("", _ASIDE.sub("", gloss)).strip() or gloss


def _verb_stems(korean: str) -> Iterator[str]:
    """What is left of a Korean verb in running text: 오르다 as 오르, 당부하다 as 당부하 and 당부."""
    if len(korean) > 2 and korean.endswith("다"):
        yield korean[:-1]
        if len(korean) > 3 and korean[-2] in "하되":
            yield korean[:-2]


def _of_source(numbers: dict[str, float], source: str) -> float:
    family = "koen_docs" if source.startswith("koen_docs") else source
    return numbers.get(source, numbers.get(family, 1.0))


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


def _taught(parallel: list[dict[str, Any]], news: list[dict[str, Any]], asked: list[dict[str, Any]]) -> list[str]:
    draw = random.Random(0)
    texts = [row["en"] for row in parallel if draw.random() < _of_source(TAUGHT_SHARES, row["source"])]
    texts += [row["en"] for row in news if row["kind"] != "term"]
    texts += [row["passage_en"] for row in news if row["kind"] == "qa"]
    passages = [row["passage"][:LONGEST_PASSAGE] for row in asked]
    sentences = sorted({s for passage in passages for s in _sentences(passage)[:-1] if 30 < len(s) < 300})
    texts += draw.sample(sentences, min(TAUGHT_PASSAGE_SENTENCES, len(sentences)))
    return list(dict.fromkeys(texts + passages + [row["query"] for row in asked]))


def _sentences(passage: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", passage)


def _forms(folder: Path) -> Pairs:
    with gzip.open(folder / "inflections_ko.tsv.gz", "rt", encoding="utf-8") as lines:
        table = [line.rstrip("\n").split("\t") for line in lines][1:]
    rows = [(form, lemma, 0.2) for form, lemma in table if form != lemma and _HANGUL_WORD.fullmatch(form)]
    groups: dict[int, list[str]] = {}
    for row in read_rows(folder / "paraphrase_ko.jsonl.gz"):
        groups.setdefault(row["group"], []).append(row["text"])
    rows += [(group[0], other, 0.5) for group in groups.values() for other in group[1:]]
    return _pool(rows)
