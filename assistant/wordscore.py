"""How well texts match the words of a question, with their other spellings and translations.

Scored as probabilistic structured queries (Darwish and Oard 2003): the expected frequencies of a term over its
alternatives go into BM25.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Match
from assistant.likeness import WordLikeness
from assistant.names import names_of
from assistant.sounds import sounds_of
from assistant.terms import Alternative, Term, Via, terms_of
from assistant.translation import commonness
from ingest.embed import Vectors
from ingest.library import Library
from ingest.reading import Reading, token_number
from ingest.tokens import BIGRAM_MARK, search_tokens

# Chosen on the development sets (docs/retrieval.md says how).
BIGRAM_BOOST = 0.5
K1, B = 1.2, 0.75
# So many everyday passages are counted with the library's own, so that in a small library too a rare word weighs more.
EVERYDAY_PASSAGES = 500
NAMED: tuple[Via, ...] = ("name", "article", "sound")

Floats = NDArray[np.float64]
Counts = NDArray[np.intp]
"""How often each token of the question stands in some texts, a row a text, a column a token."""


@dataclass(frozen=True)
class Weighed:
    """A term with its inverse document frequency in this library."""

    term: Term
    idf: float


class _Columns:
    """The tokens of a question, a column each, counted in texts by their numbers."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.place = {token: place for place, token in enumerate(tokens)}
        numbers = np.array([token_number(token) for token in tokens], np.uint32)
        self._order = np.argsort(numbers)
        self._numbers = numbers[self._order]
        self._may_be = np.zeros(1 << 16, bool)  # by the last 16 bits: few numbers need a closer look
        self._may_be[numbers.astype(np.uint16)] = True

    def counts(self, texts: Sequence[bytes]) -> Counts:
        """The counts of the tokens in texts, whose tokens are given as the bytes of their numbers."""
        numbers = np.frombuffer(b"".join(texts), np.uint32)
        rows = np.repeat(np.arange(len(texts)), [len(text) // numbers.itemsize for text in texts])
        maybe = np.flatnonzero(self._may_be[numbers.astype(np.uint16)])
        found = np.searchsorted(self._numbers, numbers[maybe]).clip(max=max(0, len(self._numbers) - 1))
        same = self._numbers[found] == numbers[maybe]
        cells = rows[maybe[same]] * len(self.place) + self._order[found[same]]
        return np.bincount(cells, minlength=len(texts) * len(self.place)).reshape(len(texts), len(self.place))


class WordScorer:
    """Scores texts by the words of one question, against the frequencies of one library."""

    def __init__(self, library: Library, question: str) -> None:
        terms = terms_of(question, sounds_of(library), names_of(library))
        self._bigrams = sorted({token for token in search_tokens(question) if token.startswith(BIGRAM_MARK)})
        tokens = sorted({token for term in terms for way in term.alternatives for token in way.tokens})
        self._columns = _Columns(sorted({*tokens, *self._bigrams}))
        self._frequency = library.frequency(self._columns.place)
        self._passages = max(1, library.chunk_count)
        self.terms = [Weighed(term, term.weight * self._idf_of(term)) for term in terms]
        self._idfs = np.array([weighed.idf for weighed in self.terms])
        self._greatest = (K1 + 1) * self._idfs.sum() or 1.0
        self._likeness = WordLikeness([term.written for term in terms], self._idfs)

    def counts(self, texts: Sequence[bytes]) -> Counts:
        """How often the question's tokens stand in texts, whose tokens are given as `ingest.reading` has them."""
        return self._columns.counts(texts)

    def scores(self, counts: Counts, lengths: Sequence[int]) -> tuple[Floats, Floats]:
        """How well each text matches by the question's terms, and by its syllable pairs; `lengths` are in tokens.

        Both are shares of what a text full of the question's terms would get.
        """
        norms = K1 * (1 - B + B * np.array(lengths) / (np.mean(lengths) or 1.0))[:, None]
        by_terms = _saturated(self._expected(counts), norms) @ self._idfs
        pairs = counts[:, [self._columns.place[pair] for pair in self._bigrams]]
        by_pairs = _saturated(pairs, norms) @ np.array([self._idf(self._frequency[pair]) for pair in self._bigrams])
        return by_terms / self._greatest, by_pairs / self._greatest

    def likeness(self, texts: Sequence[Reading]) -> list[float]:
        """How near each text's words come in meaning to the question's (0 to 1), in either language."""
        return self._likeness.scores(texts)

    def meant(self, texts: Sequence[Reading]) -> Vectors:
        """How near each text comes to each of the question's terms in meaning (0 to 1), shape (texts, terms)."""
        return self._likeness.each(texts)

    def likeness_among(self, texts: Sequence[Reading], counts: Counts | None = None) -> list[float]:
        """The same for texts that compete for the question, words that tell them apart counted evenly (0 to 1).

        With their `counts`, a word that a text has in another spelling or in translation is near it by that.
        """
        found = None if counts is None else np.minimum(1.0, self._expected(counts))
        return self._likeness.scores_among(texts, found)

    def added_by(self, titles: Counts, texts: Counts) -> Floats:
        """For each title and its text the share of the question's words that only the title has."""
        in_both, in_text = (np.minimum(1.0, self._expected(c)) @ self._idfs for c in (np.maximum(titles, texts), texts))
        added: Floats = (in_both - in_text) / (self._idfs.sum() or 1.0)
        return added

    def matches(self, counts: Counts) -> tuple[Match, ...]:
        """The names that a text (a row of `counts`) has under another spelling than the question's."""
        found = self._named(counts)
        told = {
            weighed.term.written: [way for way in weighed.term.alternatives if way.via in NAMED and _count(way, found)]
            for weighed in self.terms
        }
        return tuple(
            Match(written, " ".join(way.phrase), way.via)
            for written, ways in told.items()
            for way in ways
            if not any(set(way.phrase) < set(other.phrase) for other in ways)  # Isla Verano, not Isla too
        )

    def boosts(self) -> dict[str, float]:
        """The lexical query: every token of every alternative, each with the greatest weight it has."""
        boosts = dict.fromkeys(self._bigrams, BIGRAM_BOOST)
        for weighed in self.terms:
            for way in weighed.term.alternatives:
                for token in way.tokens:
                    boosts[token] = max(boosts.get(token, 0.0), way.weight / len(way.tokens))
        return boosts

    def has(self, term: Term, counts: Counts) -> bool:
        """Whether a text (a row of `counts`) has one of the question's terms, in some spelling."""
        return expected_count(term, self._named(counts)) > 0.5

    def names_subject(self, counts: Counter[str]) -> bool:
        """Whether a text with these tokens has one of the names in the question."""
        return any(weighed.term.is_name and expected_count(weighed.term, counts) > 0.5 for weighed in self.terms)

    def share(self, counts: Counter[str]) -> float:
        """The share of the question's words, by their weight, that stand in a text with these tokens (0 to 1)."""
        return self._share(self.terms, counts)

    def _share(self, terms: Sequence[Weighed], counts: Counter[str]) -> float:
        total = sum(weighed.idf for weighed in terms)
        found = sum(weighed.idf * min(1.0, expected_count(weighed.term, counts)) for weighed in terms)
        return found / total if total else 0.0

    def _expected(self, counts: Counts) -> Floats:
        """How often each term stands in each text, each of its alternatives counted by its weight."""
        if not self.terms:
            return np.zeros((len(counts), 0))
        columns, starts, weights = self._ways
        expected: Floats = np.minimum.reduceat(counts[:, columns], starts, axis=1) @ weights
        return expected

    @cached_property
    def _ways(self) -> tuple[Counts, Counts, Floats]:
        """The columns of all alternatives' tokens, where each alternative begins there, its weight in each term."""
        ways = [(place, way) for place, weighed in enumerate(self.terms) for way in weighed.term.alternatives]
        weights = np.zeros((len(ways), len(self.terms)))
        for row, (place, way) in enumerate(ways):
            weights[row, place] = way.weight
        lengths = np.array([len(way.tokens) for _, way in ways])
        columns = np.array([self._columns.place[token] for _, way in ways for token in way.tokens])
        return columns, np.cumsum(lengths) - lengths, weights

    def _named(self, counts: Counts) -> Counter[str]:
        """A row of counts, by token."""
        return Counter({token: int(counts[place]) for token, place in self._columns.place.items() if counts[place]})

    def _idf_of(self, term: Term) -> float:
        frequency = sum(way.weight * min(self._frequency[token] for token in way.tokens) for way in term.alternatives)
        everyday = min(commonness(stem) for stem in term.alternatives[0].phrase)
        return self._idf(frequency + EVERYDAY_PASSAGES * everyday)

    def _idf(self, frequency: float) -> float:
        passages = self._passages + EVERYDAY_PASSAGES
        return math.log(1 + max(passages - frequency + 0.5, 0.5) / (frequency + 0.5))


def expected_count(term: Term, counts: Counter[str]) -> float:
    """How often a term stands in a text, each of its alternatives counted by its weight."""
    # Most alternatives are in no text at all: the first token decides that at once.
    return sum(way.weight * _count(way, counts) for way in term.alternatives if way.tokens[0] in counts)


def _count(way: Alternative, counts: Counter[str]) -> int:
    return min(counts.get(token, 0) for token in way.tokens)


def _saturated(counts: NDArray[Any], norms: Floats) -> Floats:
    saturated: Floats = counts * (K1 + 1) / (counts + norms)
    return saturated
