"""Reading vectors word by word: soft translation of query terms into BM25, and the best match of each term.

Probabilistic structured queries (Darwish and Oard 2003): a query term stands for its nearest terms among the
passages' words, each with a probability; their term and document frequencies are added up by it and go into BM25.
One formula for all four directions of two languages.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np

from ingest.embed import StaticEmbedder, Vectors

NEIGHBOURS, SHARPNESS = 8, 12.0
LEAST_LIKENESS = 0.3
BM25_K1, BM25_B = 1.2, 0.75

# Kiwi's tags of nouns, verbs, adjectives, roots, numbers and foreign words.
CONTENT_TAGS = ("NNG", "NNP", "NNB", "NR", "VV", "VA", "XR", "SL", "SN", "SH")
ENGLISH_STOP_WORDS = frozenset(
    "a an the and or but if of to in on at by for with from as is are was were be been being am do does did done has "
    "have had having it its this that these those he she they them his her their we our you your i my me him us who "
    "whom which what when where why how not no nor so than then there here will would can could shall should may might "
    "must into about over under after before between during through out up down off again more most some any each "
    "also such other own same too very just s t according passage following".split()
)


@cache
def _kiwi() -> Any:
    try:
        return import_module("kiwipiepy").Kiwi(num_workers=2)
    except ModuleNotFoundError as error:
        raise SystemExit("Reading by words needs a Korean analyser: pip install kiwipiepy") from error


def content_words(texts: Sequence[str], language: str) -> list[list[str]]:
    """The words of each text that carry its meaning, lowercased, in order, repeats kept."""
    if language == "ko":
        return [
            [t.form.lower() for t in tokens if t.tag.startswith(CONTENT_TAGS)]
            for tokens in _kiwi().tokenize([t.replace("\x00", " ") for t in texts])
        ]
    return [[w for w in re.findall(r"[^\W_]+", text.lower()) if w not in ENGLISH_STOP_WORDS] for text in texts]


class WordReader:
    """Scores questions against a set of passages by their words."""

    def __init__(self, embedder: StaticEmbedder, passages: Sequence[str], language: str) -> None:
        words = content_words(passages, language)
        self._embedder = embedder
        self._terms = sorted({word for passage in words for word in passage})
        self._number = {term: i for i, term in enumerate(self._terms)}
        counts = np.zeros((len(passages), len(self._terms)), dtype=np.float32)
        for row, passage in zip(counts, words, strict=True):
            for word in passage:
                row[self._number[word]] += 1
        self._counts = counts
        # Each passage's terms end to end, each passage begun by one that is like nothing: no passage is empty.
        present = [np.append(len(self._terms), np.flatnonzero(row)) for row in counts]
        self._present = np.concatenate(present)
        self._starts = np.cumsum([0, *map(len, present[:-1])])
        self._document_frequency = (counts > 0).sum(axis=0)
        length = counts.sum(axis=1)
        self._norm = BM25_K1 * (1 - BM25_B + BM25_B * length / length.mean())
        self._vectors = embedder.word_vectors(self._terms)

    def scores(self, questions: Sequence[str], language: str) -> tuple[Vectors, Vectors]:
        """PSQ and best-match scores, each of shape `(questions, passages)`."""
        asked = content_words(questions, language)
        terms = sorted({word for question in asked for word in question})
        per_term = dict(zip(terms, map(self._term_scores, terms, self._embedder.word_vectors(terms)), strict=True))
        psq = np.zeros((len(questions), len(self._counts)), dtype=np.float32)
        best = np.zeros_like(psq)
        for i, question in enumerate(asked):
            for word in question:
                psq[i] += per_term[word][0]
                best[i] += per_term[word][1]
        return psq, best

    def _term_scores(self, term: str, vector: Vectors) -> tuple[Vectors, Vectors]:
        likeness = self._vectors @ vector
        if term in self._number:
            likeness[self._number[term]] = 1.0
        nearest = np.argsort(-likeness, kind="stable")[:NEIGHBOURS]
        probability = np.exp(SHARPNESS * (likeness[nearest] - likeness[nearest[0]]))
        probability *= max(float(likeness[nearest[0]]), 0.0) / probability.sum()
        frequency = self._counts[:, nearest] @ probability
        passages_with_it = float(self._document_frequency[nearest] @ probability)
        idf = np.log(1 + (len(self._counts) - passages_with_it + 0.5) / (passages_with_it + 0.5))
        above = np.append(np.maximum(likeness - LEAST_LIKENESS, 0.0), 0.0)
        best = np.maximum.reduceat(above[self._present], self._starts)
        return idf * frequency * (BM25_K1 + 1) / (frequency + self._norm), idf * best


def standard(scores: Vectors) -> Vectors:
    """Each row with its mean taken off, in units of its standard deviation."""
    centred = scores - scores.mean(axis=1, keepdims=True)
    return np.asarray(centred / (centred.std(axis=1, keepdims=True) + 1e-9), dtype=np.float32)
