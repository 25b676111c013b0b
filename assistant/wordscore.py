"""How well texts match the words of a question, with their other spellings and translations.

Scored as probabilistic structured queries (Darwish and Oard 2003): the expected frequencies of a term over its
alternatives go into BM25.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answer import Match
from assistant.likeness import WordLikeness, words_of
from assistant.names import names_of
from assistant.sounds import sounds_of
from assistant.terms import Alternative, Term, terms_of
from assistant.translation import commonness
from ingest.library import Library
from ingest.tokens import BIGRAM_MARK, joined, search_tokens, tokens_of

# Chosen on the development sets (docs/retrieval.md says how).
BIGRAM_BOOST = 0.5
K1, B = 1.2, 0.75
# So many everyday passages are counted with the library's own, so that in a small library too a rare word weighs more.
EVERYDAY_PASSAGES = 500


@dataclass(frozen=True)
class Weighed:
    """A term with its inverse document frequency in this library."""

    term: Term
    idf: float


class WordScorer:
    """Scores texts by the words of one question, against the frequencies of one library."""

    def __init__(self, library: Library, question: str) -> None:
        terms = terms_of(question, sounds_of(library), names_of(library))
        self._bigrams = sorted({token for token in search_tokens(question) if token.startswith(BIGRAM_MARK)})
        tokens = {token for term in terms for way in term.alternatives for token in way.tokens}
        self._frequency = library.frequency(sorted(tokens.union(self._bigrams)))
        self._counts: dict[str, tuple[Counter[str], int]] = {}
        self._passages = max(1, library.chunk_count)
        self.terms = [Weighed(term, term.weight * self._idf_of(term)) for term in terms]
        self._greatest = (K1 + 1) * sum(weighed.idf for weighed in self.terms) or 1.0
        self._likeness = WordLikeness([term.written for term in terms], [weighed.idf for weighed in self.terms])

    def scores(self, texts: Sequence[str]) -> list[tuple[float, float]]:
        """How well each text matches by the question's terms, and by its syllable pairs.

        Both are shares of what a text full of the question's terms would get.
        """
        counted = [self._counted(text) for text in texts]
        average = sum(length for _, length in counted) / max(1, len(counted)) or 1.0
        return [self._score(counts, K1 * (1 - B + B * length / average)) for counts, length in counted]

    def likeness(self, texts: Sequence[str]) -> list[float]:
        """How near each text's words come in meaning to the question's (0 to 1), in either language."""
        return self._likeness.scores(texts)

    def likeness_among(self, texts: Sequence[str]) -> list[float]:
        """The same for texts that compete for the question, words that tell them apart counted evenly (0 to 1)."""
        return self._likeness.scores_among(texts)

    def added_by(self, titled: Sequence[tuple[str, str]]) -> list[float]:
        """For each (title, text) the share of the question's words that only the title has."""
        titles = {title: self._counted(title)[0] for title, _ in titled}
        added = []
        for title, text in titled:
            counts = self._counted(text)[0]
            added.append(self.share(titles[title] | counts) - self.share(counts) if titles[title] else 0.0)
        return added

    def matches(self, text: str) -> tuple[Match, ...]:
        """The names that a text has under another spelling than the question's."""
        counts, _ = self._counted(text)
        return tuple(
            Match(weighed.term.written, " ".join(way.phrase), way.via)
            for weighed in self.terms
            for way in weighed.term.alternatives
            if way.via in ("name", "article", "sound") and _count(way, counts)
        )

    def boosts(self) -> dict[str, float]:
        """The lexical query: every token of every alternative, each with the greatest weight it has."""
        boosts = dict.fromkeys(self._bigrams, BIGRAM_BOOST)
        for weighed in self.terms:
            for way in weighed.term.alternatives:
                for token in way.tokens:
                    boosts[token] = max(boosts.get(token, 0.0), way.weight / len(way.tokens))
        return boosts

    def has(self, term: Term, text: str) -> bool:
        """Whether a text has one of the question's terms, in some spelling."""
        return expected_count(term, self._counted(text)[0]) > 0.5

    def names_subject(self, counts: Counter[str]) -> bool:
        """Whether a text with these tokens has one of the names in the question."""
        return any(weighed.term.is_name and expected_count(weighed.term, counts) > 0.5 for weighed in self.terms)

    def share(self, counts: Counter[str]) -> float:
        """The share of the question's words, by their weight, that stand in a text with these tokens (0 to 1)."""
        return self._share(self.terms, counts)

    def share_of_names(self, counts: Counter[str]) -> float:
        """The same for the names in the question alone; 0 when it has none."""
        return self._share([weighed for weighed in self.terms if weighed.term.is_name], counts)

    def share_of_bigrams(self, counts: Counter[str]) -> float:
        """The share of the question's syllable pairs that stand in a text; 0 for an English question."""
        return sum(bigram in counts for bigram in self._bigrams) / max(1, len(self._bigrams))

    def _share(self, terms: Sequence[Weighed], counts: Counter[str]) -> float:
        total = sum(weighed.idf for weighed in terms)
        found = sum(weighed.idf * min(1.0, expected_count(weighed.term, counts)) for weighed in terms)
        return found / total if total else 0.0

    def _counted(self, text: str) -> tuple[Counter[str], int]:
        """How often each token of the question stands in a text, and the number of all the text's tokens."""
        if text not in self._counts:
            tokens, length = _tokens(text)
            self._counts[text] = Counter([token for token in tokens if token in self._frequency]), length
        return self._counts[text]

    def _score(self, counts: Counter[str], norm: float) -> tuple[float, float]:
        by_terms = sum(w.idf * _saturated(expected_count(w.term, counts), norm) for w in self.terms)
        pairs = (self._idf(self._frequency[pair]) * _saturated(counts[pair], norm) for pair in self._bigrams)
        return by_terms / self._greatest, sum(pairs) / self._greatest

    def _idf_of(self, term: Term) -> float:
        frequency = sum(way.weight * min(self._frequency[token] for token in way.tokens) for way in term.alternatives)
        everyday = min(commonness(stem) for stem in term.alternatives[0].phrase)
        return self._idf(frequency + EVERYDAY_PASSAGES * everyday)

    def _idf(self, frequency: float) -> float:
        passages = self._passages + EVERYDAY_PASSAGES
        return math.log(1 + max(passages - frequency + 0.5, 0.5) / (frequency + 0.5))


@lru_cache(maxsize=1 << 13)
def _tokens(text: str) -> tuple[tuple[str, ...], int]:
    """All tokens of a text, and their number without the hyphenated words that come once more."""
    tokens = [token for word in words_of(text) for token in tokens_of(word)]
    return (*tokens, *joined(text)), len(tokens)


def expected_count(term: Term, counts: Counter[str]) -> float:
    """How often a term stands in a text, each of its alternatives counted by its weight."""
    # Most alternatives are in no text at all: the first token decides that at once.
    return sum(way.weight * _count(way, counts) for way in term.alternatives if way.tokens[0] in counts)


def _count(way: Alternative, counts: Counter[str]) -> int:
    return min(counts.get(token, 0) for token in way.tokens)


def _saturated(count: float, norm: float) -> float:
    return count * (K1 + 1) / (count + norm)
