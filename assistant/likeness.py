"""Late interaction: how near the words of a text come in meaning to each word of a question, in either language.

For each word of the question the greatest cosine with any word of the text (MaxSim; Khattab and Zaharia 2020), over
the word vectors of the shipped bilingual model, whichever model embeds the passages.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.embed import StaticEmbedder, Vectors, load_embedder
from ingest.tokens import is_hangul, stem_of, words

# A cosine below this says nothing.
NOISE = 0.3


class WordLikeness:
    """Compares texts with the words of one question; `weights` says how much each word counts."""

    def __init__(self, question_words: Sequence[str], weights: Sequence[float]) -> None:
        self._words = _reader().word_vectors(question_words)
        self._weights = np.array(weights, np.float32)
        self._greatest = max(float(self._weights.sum()), 1e-6)

    def scores(self, texts: Sequence[str]) -> list[float]:
        """For each text the weighted mean of its nearest words' likeness, from 0 (nothing near) to 1 (the same)."""
        read = [_word_numbers(text) for text in texts]
        met, places = np.unique(np.concatenate(read), return_inverse=True)
        likeness = np.maximum(self._words @ _table().vectors(met).T - NOISE, 0.0) / (1.0 - NOISE)
        weighted = (self._weights[:, None] * likeness)[:, places]
        ends = np.cumsum([len(numbers) for numbers in read])
        parts = np.split(weighted, ends[:-1], axis=1)
        return [float(part.max(axis=1).sum()) / self._greatest if part.size else 0.0 for part in parts]


class _WordTable:
    """Words by number, each with its vector, computed when it is first met. A race computes a word twice, no worse."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._vectors: list[Vectors] = []

    def numbers(self, text_words: Sequence[str]) -> NDArray[np.int64]:
        new = [word for word in dict.fromkeys(text_words) if word not in self._numbers]
        for word, vector in zip(new, _reader().word_vectors(new), strict=True):
            self._vectors.append(vector)
            self._numbers[word] = len(self._vectors) - 1
        return np.array([self._numbers[word] for word in text_words], np.int64)

    def vectors(self, numbers: NDArray[np.int64]) -> Vectors:
        if not len(numbers):
            return np.zeros((0, _reader().dimension), np.float32)
        return np.stack([self._vectors[number] for number in numbers.tolist()])


@lru_cache(maxsize=1)
def _reader() -> StaticEmbedder:
    reader = load_embedder()
    assert isinstance(reader, StaticEmbedder), "the shipped model is a table of word vectors"
    return reader


@lru_cache(maxsize=1)
def _table() -> _WordTable:
    return _WordTable()


@lru_cache(maxsize=1 << 14)
def _word_numbers(text: str) -> NDArray[np.int64]:
    return _table().numbers(list(dict.fromkeys(as_read(word) for word in words(text))))


def as_read(word: str) -> str:
    """A word as its vector is looked up: a Korean one without its particle."""
    return stem_of(word) if is_hangul(word) else word
