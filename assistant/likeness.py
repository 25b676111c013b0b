"""Late interaction: how near the words of a text come in meaning to each word of a question, in either language.

For each word of the question the greatest cosine with any word of the text (MaxSim; Khattab and Zaharia 2020), over
the word vectors of the shipped bilingual model, whichever model embeds the passages.
"""

import threading
from collections.abc import Sequence, Set
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.embed import StaticEmbedder, Vectors, load_embedder
from ingest.tokens import is_hangul, stem_of, words

# A cosine below this says nothing.
NOISE = 0.3
# Among texts that compete for a question, lower cosines still tell: from this floor on, raised to this power.
FLOOR, POWER = 0.15, 0.75
# Added to a word's spread, so that a word which is equally near in all the texts does not count without limit.
LEAST_SPREAD = 0.05


class WordLikeness:
    """Compares texts with the words of one question; `weights` says how much each word counts."""

    def __init__(self, question_words: Sequence[str], weights: Sequence[float]) -> None:
        self._words = _reader().word_vectors(question_words)
        self._weights = np.array(weights, np.float32)

    def scores(self, texts: Sequence[str]) -> list[float]:
        """For each text the weighted mean of its nearest words' likeness, from 0 (nothing near) to 1 (the same)."""
        likeness = np.maximum(self._nearest(texts) - NOISE, 0.0) / (1.0 - NOISE)
        return _means(likeness, self._weights)

    def scores_among(self, texts: Sequence[str]) -> list[float]:
        """The same for texts that compete: a word counts the more, the less its likeness differs from text to text.

        What differs little otherwise drowns in what differs much: dividing by the spread is what z-scores do, with
        the scores kept from 0 to 1.
        """
        nearest = self._nearest(texts)
        likeness = (np.maximum(nearest - FLOOR, 0.0) / (1.0 - FLOOR)) ** POWER
        return _means(likeness, self._weights / (nearest.std(axis=0) + LEAST_SPREAD))

    def _nearest(self, texts: Sequence[str]) -> Vectors:
        """The greatest cosine of each question word with any word of each text, shape (texts, question words)."""
        words_read = [_read_words(text) for text in texts]
        _table().learn({word for text_words in words_read for word in text_words})
        read = [_table().numbers(text_words) for text_words in words_read]
        met, places = np.unique(np.concatenate(read), return_inverse=True)
        cosines = self._words @ _table().vectors(met).T
        nearest = np.zeros((len(texts), len(self._words)), np.float32)
        lengths = np.array([len(numbers) for numbers in read])
        some = np.flatnonzero(lengths)
        if len(some):
            starts = (np.cumsum(lengths) - lengths)[some]
            nearest[some] = np.maximum.reduceat(cosines[:, places], starts, axis=1).T
        return nearest


def _means(likeness: Vectors, weights: Vectors) -> list[float]:
    means: list[float] = (likeness @ weights / max(float(weights.sum()), 1e-6)).tolist()
    return means


class _WordTable:
    """Words by number, each with its vector, computed when it is first met. Any number of threads may use it."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._vectors = np.zeros((1024, _reader().dimension), np.float32)
        self._adding = threading.Lock()

    def learn(self, some_words: Set[str]) -> None:
        """Takes in the words that are new: together, as one call of the tokenizer costs as much as many words."""
        # word by word: taking the keys away from the set would go through all the keys
        if any(word not in self._numbers for word in some_words):
            with self._adding:
                self._add(sorted(word for word in some_words if word not in self._numbers))

    def numbers(self, text_words: Sequence[str]) -> NDArray[np.int64]:
        """The numbers of words that it has learned."""
        return np.array([self._numbers[word] for word in text_words], np.int64)

    def vectors(self, numbers: NDArray[np.int64]) -> Vectors:
        return self._vectors[numbers]

    def _add(self, new: Sequence[str]) -> None:
        start, end = len(self._numbers), len(self._numbers) + len(new)
        if end > len(self._vectors):
            more = np.zeros((max(end, 2 * len(self._vectors)), self._vectors.shape[1]), np.float32)
            more[:start] = self._vectors[:start]
            self._vectors = more
        self._vectors[start:end] = _reader().word_vectors(new)
        self._numbers.update(zip(new, range(start, end), strict=True))


@lru_cache(maxsize=1)
def _reader() -> StaticEmbedder:
    reader = load_embedder()
    assert isinstance(reader, StaticEmbedder), "the shipped model is a table of word vectors"
    return reader


@lru_cache(maxsize=1)
def _table() -> _WordTable:
    return _WordTable()


@lru_cache(maxsize=1 << 13)
def _read_words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(as_read, words_of(text))))


@lru_cache(maxsize=1 << 10)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, as `ingest.tokens.words` has them; kept, as the passages of one question are read twice."""
    return tuple(words(text))


@lru_cache(maxsize=1 << 15)
def word_cosine(one: str, other: str) -> float:
    """How near two words (as read: see `as_read`) are in meaning, of either language (-1 to 1)."""
    _table().learn({one, other})
    first, second = _table().vectors(_table().numbers([one, other]))
    return float(first @ second)


def as_read(word: str) -> str:
    """A word as its vector and its sound are looked up: without its particle or its possessive ending."""
    return stem_of(word) if is_hangul(word) else word.removesuffix("'s").removesuffix("’s")
