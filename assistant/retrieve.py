"""The hybrid retriever: passages that match a question by its words, in either language, and by its meaning.

Candidates come from the lexical index (the question's terms with their other spellings and translations) and from
the vectors; each candidate is then scored exactly. The words are scored as probabilistic structured queries
(Darwish and Oard 2003): the expected frequencies of a term over its alternatives go into BM25.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict

from assistant.answer import Hit
from assistant.arrange import Scored, arranged
from assistant.rerank import Reranker
from assistant.times import Asked, asked_times, day_of, is_later
from assistant.wordscore import Counts, WordScorer
from ingest.catalog import ArticleInfo, version_of
from ingest.language import detect
from ingest.library import Library

__all__ = ["HybridRetriever", "WordScorer"]

LEXICAL_CANDIDATES = 60
DENSE_CANDIDATES = 40

Weights = Mapping[str, float]
# What each sign counts for a passage in the question's language, and in the other one, where words meet only in
# translation. Chosen on the development sets by `python -m training.retrieval` (docs/retrieval.md has the figures).
OWN: Weights = {"words": 0.3, "pairs": 0.15, "cosine": 0.96, "likeness": 0.7, "title": 0.08}
FOREIGN: Weights = {"words": 0.92, "pairs": 0.0, "cosine": 0.96, "likeness": 0.83, "title": 1.43}
# A question about a time takes other times only where nothing near as good is of that time.
NEARLY = 0.6
OF_THE_TIME = 0.05
# What being the newest counts where that is wanted; half of it is gone in two weeks.
NEWEST = 0.3
HALF_LIFE = 14


class HybridRetriever(BaseRetriever):
    """Finds the passages of a library that a question is about, as a LangChain retriever.

    `search` gives our own hits; `invoke` gives LangChain documents with the same passages and their addresses.
    `own` and `foreign` say what each sign counts for a passage in the question's language, and in the other one.
    `reranker`, where there is one, puts the best passages in its own order.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library
    k: int = 8
    own: Weights = OWN
    foreign: Weights = FOREIGN
    reranker: Reranker | None = None

    def search(
        self, question: str, k: int | None = None, only: Set[str] | None = None, as_of: datetime | None = None
    ) -> list[Hit]:
        """The best `k` passages, best first, equals by chunk id. The score is 0 to about 2, higher is better.

        `only` are the ids of the articles to search in; None is all. `as_of` is the moment the question is asked
        at (None is now): its words for time are seen from there, and with it no later article is found.
        """
        with self.library.reading():
            if as_of is not None:
                before = {info.id for info in self.library.articles() if not is_later(info.published_at, as_of)}
                only = before if only is None else before & only
            asked = asked_times(question, (as_of or datetime.now()).date())
            scorer = WordScorer(self.library, question)
            scored = [
                Scored(
                    one.score(self.foreign if one.is_foreign else self.own), one.id, one.info, one.counts, one.tokens
                )
                for one in self.candidates(question, scorer, only)
            ]
            if self.reranker:
                scored = self.reranker.reranked(question, scored, self.library.passages)
            ranked = sorted(_timed(scored, asked), key=lambda one: (-one.score, one.id))
            return [
                Hit(shown.chunk, shown.article, one.score, shown.copies, scorer.matches(one.counts))
                for shown in arranged(ranked, self.library.passages, scorer, question, k or self.k)
                for one in [shown.scored]
            ]

    def candidates(self, question: str, scorer: WordScorer, only: Set[str] | None = None) -> list["Candidate"]:
        """The passages that may match, by id, each with the signs that it does."""
        vector = self.library.embedder.encode_queries([question])[0]
        infos = self.library.infos(self._candidates(scorer.boosts(), vector, only))
        ids = list(infos)
        if not ids:
            return []
        readings = self.library.readings_of(ids)
        texts = [reading.text for reading in readings]
        counts = scorer.counts([text.tokens for text in texts])
        titles = scorer.counts([reading.title for reading in readings])
        words, pairs = scorer.scores(counts, [text.length for text in texts])
        signs = {
            "words": words,
            "pairs": pairs,
            "cosine": self.library.vectors_of(ids) @ vector,
            "likeness": scorer.likeness_among(texts, counts),
            "title": scorer.added_by(titles, counts),
        }
        rows = np.stack([np.asarray(sign, np.float64) for sign in signs.values()], axis=1).tolist()
        language = detect(question)
        return [
            Candidate(
                id, infos[id], dict(zip(signs, row, strict=True)), infos[id].language != language, own, text.tokens
            )
            for id, row, own, text in zip(ids, rows, counts, texts, strict=True)
        ]

    def _candidates(self, boosts: Mapping[str, float], vector: NDArray[np.float32], only: Set[str] | None) -> list[str]:
        """The ids of the passages to score, in order. With `only` it looks deeper until it has enough of those."""
        versions = None if only is None else self.library.versions(only)
        deeper = 1
        share = 1.0 if versions is None else len(versions) / max(1, len(self.library))
        while deeper * share < 0.7 and deeper * DENSE_CANDIDATES < self.library.chunk_count:
            deeper *= 8  # so little would hardly be enough
        while True:
            found = self.library.lexical(boosts, LEXICAL_CANDIDATES * deeper)
            near = self.library.dense(vector, DENSE_CANDIDATES * deeper)
            lexical, dense = (
                [id for id, _ in hits if versions is None or version_of(id) in versions] for hits in (found, near)
            )
            if versions is None or len(dense) >= DENSE_CANDIDATES or len(near) < DENSE_CANDIDATES * deeper:
                return sorted({*lexical[:LEXICAL_CANDIDATES], *dense[:DENSE_CANDIDATES]})
            deeper *= 8

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **_: Any
    ) -> list[Document]:
        return [
            Document(page_content=hit.chunk.text, id=hit.chunk.id, metadata=hit.to_json()) for hit in self.search(query)
        ]


@dataclass(frozen=True)
class Candidate:
    """A passage that may match, and the signs that it does: each 0 to about 1."""

    id: str
    info: ArticleInfo
    signs: dict[str, float]
    is_foreign: bool
    """Whether it is in the other language than the question."""
    counts: Counts
    """How often it has each token of the question."""
    tokens: bytes
    """All its tokens as `ingest.reading` has them."""

    def score(self, weights: Weights) -> float:
        """How well it matches: its signs, each by its weight."""
        return sum(weights[name] * value for name, value in self.signs.items())


def _timed(scored: Sequence[Scored], asked: Asked) -> list[Scored]:
    """The passages that fit the time asked about; all, where none of those is nearly as good as the best."""
    days = [day_of(one.info.published_at) for one in scored]
    best = max((one.score for one in scored), default=0.0)
    if asked.newest:
        near = [bool(day) and one.score >= NEARLY * best for one, day in zip(scored, days, strict=True)]
        last = max((day for day, is_near in zip(days, near, strict=True) if day and is_near), default=None)
        scored = [
            one.raised(NEWEST * _freshness(day, last)) if is_near else one
            for one, day, is_near in zip(scored, days, near, strict=True)
        ]
    if asked.period is None or not scored:
        return list(scored)
    told = asked.period.with_reports()
    fitting = [
        one.raised(OF_THE_TIME * asked.period.has(day)) if day else one
        for one, day in zip(scored, days, strict=True)
        if day is None or told.has(day)
    ]
    dated = [one for one in fitting if one.info.published_at]
    return fitting if any(one.score >= NEARLY * best for one in dated) else list(scored)


def _freshness(day: date | None, last: date | None) -> float:
    return 0.5 ** ((last - day).days / HALF_LIFE) if day and last else 0.0
