"""Late interaction: how near the words of a text come in meaning to each word of a question, in either language.

For each word of the question the greatest cosine with any word of the text (MaxSim; Khattab and Zaharia 2020), over
the word vectors of the shipped bilingual model, whichever model embeds the passages.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ingest.embed import Vectors, shipped_model
from ingest.reading import FIRST_PIECE, Reading
from ingest.tokens import as_read

__all__ = ["WordLikeness", "as_read", "word_cosine"]

# A cosine below this says nothing.
NOISE = 0.3
# Among texts that compete for a question, lower cosines still tell: from this floor on, raised to this power.
FLOOR, POWER = 0.15, 0.75
# A name or a translation found in a text is as near as this cosine, whatever the vectors say.
AS_NEAR = 0.8
# Added to a word's spread, so that a word which is equally near in all the texts does not count without limit.
LEAST_SPREAD = 0.05


class WordLikeness:
    """Compares texts with the words of one question; `weights` says how much each word counts."""

    def __init__(self, question_words: Sequence[str], weights: Sequence[float] | NDArray[np.float64]) -> None:
        self._words = shipped_model().word_vectors(question_words)
        self._weights = np.array(weights, np.float32)

    def scores(self, texts: Sequence[Reading]) -> list[float]:
        """For each text the weighted mean of its nearest words' likeness, from 0 (nothing near) to 1 (the same)."""
        return _means(self.each(texts), self._weights)

    def each(self, texts: Sequence[Reading]) -> Vectors:
        """How near each text's nearest word comes to each word of the question, from 0 to 1, shape (texts, words)."""
        likeness: Vectors = np.maximum(self._nearest(texts) - NOISE, 0.0) / (1.0 - NOISE)
        return likeness

    def scores_among(self, texts: Sequence[Reading], found: NDArray[np.float64] | None = None) -> list[float]:
        """The same for texts that compete: a word counts the more, the less its likeness differs from text to text.

        `found`, shape (texts, question words), is how surely a text has the word, from 0 to 1, in whatever spelling.

        What differs little otherwise drowns in what differs much: dividing by the spread is what z-scores do, with
        the scores kept from 0 to 1.
        """
        nearest = self._nearest(texts)
        if found is not None:
            nearest = np.maximum(nearest, AS_NEAR * found.astype(np.float32))
        likeness = (np.maximum(nearest - FLOOR, 0.0) / (1.0 - FLOOR)) ** POWER
        return _means(likeness, self._weights / (nearest.std(axis=0) + LEAST_SPREAD))

    def _nearest(self, texts: Sequence[Reading]) -> Vectors:
        """The greatest cosine of each question word with any word of each text, shape (texts, question words)."""
        nearest = np.zeros((len(texts), len(self._words)), np.float32)
        lengths = np.frombuffer(b"".join(text.lengths for text in texts), np.float32)
        if not len(lengths):
            return nearest
        pieces = np.frombuffer(b"".join(text.pieces for text in texts), np.uint32)
        products = shipped_model().piece_products(self._words, pieces & (FIRST_PIECE - 1))
        cosines = np.add.reduceat(products, np.flatnonzero(pieces & FIRST_PIECE), axis=1) / lengths
        words = np.array([len(text.lengths) // lengths.itemsize for text in texts])
        some = np.flatnonzero(words)
        nearest[some] = np.maximum.reduceat(cosines, (np.cumsum(words) - words)[some], axis=1).T
        return nearest


def _means(likeness: Vectors, weights: Vectors) -> list[float]:
    means: list[float] = (likeness @ weights / max(float(weights.sum()), 1e-6)).tolist()
    return means


@lru_cache(maxsize=1 << 15)
def word_cosine(one: str, other: str) -> float:
    """How near two words (as read: see `ingest.tokens.as_read`) are in meaning, of either language (-1 to 1)."""
    first, second = shipped_model().word_vectors([one, other])
    return float(first @ second)
