"""The hybrid retriever: passages that match a question by its words, in either language, and by its meaning.

Candidates come from the lexical index (the question's terms with their other spellings and translations) and from
the vectors; each candidate is then scored exactly. The words are scored as probabilistic structured queries
(Darwish and Oard 2003): the expected frequencies of a term over its alternatives go into BM25.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict

from assistant.answer import Hit
from assistant.likeness import WordLikeness
from assistant.sounds import sounds_of
from assistant.terms import Alternative, Term, terms_of
from assistant.translation import commonness
from ingest.article import Chunk
from ingest.catalog import version_of
from ingest.library import Library
from ingest.tokens import BIGRAM_MARK, search_tokens

LEXICAL_CANDIDATES = 60
DENSE_CANDIDATES = 40
# Chosen on the development sets (docs/retrieval.md says how).
BIGRAM_WEIGHT = 0.5
DENSE_WEIGHT = 0.6
LATE_WEIGHT = 0.5
K1, B = 1.2, 0.75
# So many everyday passages are counted with the library's own, so that in a small library too a rare word weighs more.
EVERYDAY_PASSAGES = 500


class HybridRetriever(BaseRetriever):
    """Finds the passages of a library that a question is about, as a LangChain retriever.

    `search` gives our own hits; `invoke` gives LangChain documents with the same passages and their addresses.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library
    k: int = 8

    def search(self, question: str, k: int | None = None, only: Set[str] | None = None) -> list[Hit]:
        """The best `k` passages, best first, equals by chunk id. The score is 0 to about 2, higher is better.

        `only` are the ids of the articles to search in; None is all.
        """
        with self.library.reading():
            return self._search(question, k or self.k, only)

    def _search(self, question: str, k: int, only: Set[str] | None) -> list[Hit]:
        scorer = WordScorer(self.library, question)
        vector = self.library.embedder.encode_queries([question])[0]
        chunks = self._candidates(scorer.boosts(), vector, only)
        ids = list(chunks)
        if not ids:
            return []
        similarity = self.library.vectors_of(ids) @ vector
        by_words = scorer.scores([chunks[id] for id in ids])
        late = scorer.likeness([chunks[id].text for id in ids])
        scored = [
            (words + DENSE_WEIGHT * float(cosine) + LATE_WEIGHT * near, id)
            for id, words, cosine, near in zip(ids, by_words, similarity, late, strict=True)
        ]
        best = sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:k]
        return [Hit(chunks[id], self.library.get(chunks[id].article_id), score) for score, id in best]

    def _candidates(
        self, boosts: Mapping[str, float], vector: NDArray[np.float32], only: Set[str] | None
    ) -> dict[str, Chunk]:
        """The passages to score, by id. With `only`, the search goes deeper until it has enough of those articles."""
        versions = None if only is None else self.library.versions(only)
        deeper = 1
        while True:
            lexical = self.library.lexical(boosts, LEXICAL_CANDIDATES * deeper)
            dense = self.library.dense(vector, DENSE_CANDIDATES * deeper)
            ids = sorted({id for id, _ in lexical} | {id for id, _ in dense})
            if versions is not None:
                ids = [id for id in ids if version_of(id) in versions]
            if versions is None or len(ids) >= DENSE_CANDIDATES or len(dense) < DENSE_CANDIDATES * deeper:
                chunks = self.library.chunks(ids)
                return {id: chunks[id] for id in ids if id in chunks}
            deeper *= 8

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **_: Any
    ) -> list[Document]:
        return [
            Document(page_content=hit.chunk.text, id=hit.chunk.id, metadata=hit.to_json()) for hit in self.search(query)
        ]


@dataclass(frozen=True)
class Weighed:
    """A term with its inverse document frequency in this library."""

    term: Term
    idf: float


class WordScorer:
    """Scores texts by the words of one question, against the frequencies of one library."""

    def __init__(self, library: Library, question: str) -> None:
        terms = terms_of(question, sounds_of(library))
        self._bigrams = sorted({token for token in search_tokens(question) if token.startswith(BIGRAM_MARK)})
        tokens = {token for term in terms for way in term.alternatives for token in way.tokens}
        self._frequency = library.frequency(sorted(tokens.union(self._bigrams)))
        self._passages = max(1, library.chunk_count)
        self.terms = [Weighed(term, term.weight * self._idf_of(term)) for term in terms]
        self._greatest = (K1 + 1) * sum(weighed.idf for weighed in self.terms) or 1.0
        self._likeness = WordLikeness([term.written for term in terms], [weighed.idf for weighed in self.terms])

    def scores(self, chunks: Sequence[Chunk]) -> list[float]:
        """How well each chunk matches, as a share of what a text full of the question's terms would get."""
        counts = [Counter(search_tokens(chunk.text)) for chunk in chunks]
        lengths = [count.total() for count in counts]
        average = sum(lengths) / len(lengths)
        return [
            self._score(count, K1 * (1 - B + B * length / average))
            for count, length in zip(counts, lengths, strict=True)
        ]

    def likeness(self, texts: Sequence[str]) -> list[float]:
        """How near each text's words come in meaning to the question's (0 to 1), in either language."""
        return self._likeness.scores(texts)

    def boosts(self) -> dict[str, float]:
        """The lexical query: every token of every alternative, each with the greatest weight it has."""
        boosts = dict.fromkeys(self._bigrams, BIGRAM_WEIGHT)
        for weighed in self.terms:
            for way in weighed.term.alternatives:
                for token in way.tokens:
                    boosts[token] = max(boosts.get(token, 0.0), way.weight / len(way.tokens))
        return boosts

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

    def _score(self, counts: Counter[str], norm: float) -> float:
        score = 0.0
        for weighed in self.terms:
            score += weighed.idf * _saturated(expected_count(weighed.term, counts), norm)
        for bigram in self._bigrams:
            if count := counts[bigram]:
                score += BIGRAM_WEIGHT * self._idf(self._frequency[bigram]) * _saturated(count, norm)
        return score / self._greatest

    def _idf_of(self, term: Term) -> float:
        frequency = sum(way.weight * min(self._frequency[token] for token in way.tokens) for way in term.alternatives)
        everyday = min(commonness(stem) for stem in term.alternatives[0].phrase)
        return self._idf(frequency + EVERYDAY_PASSAGES * everyday)

    def _idf(self, frequency: float) -> float:
        passages = self._passages + EVERYDAY_PASSAGES
        return math.log(1 + max(passages - frequency + 0.5, 0.5) / (frequency + 0.5))


def expected_count(term: Term, counts: Counter[str]) -> float:
    """How often a term stands in a text, each of its alternatives counted by its weight."""
    return sum(way.weight * _count(way, counts) for way in term.alternatives)


def _count(way: Alternative, counts: Counter[str]) -> int:
    return min(counts[token] for token in way.tokens)


def _saturated(count: float, norm: float) -> float:
    return count * (K1 + 1) / (count + norm)
