"""What an open library tells: its articles, their passages, and what finds them. `ingest.library` changes it."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.article import Article, Chunk
from ingest.catalog import ArticleInfo, Catalog, version_of
from ingest.embed import Embedder
from ingest.errors import UserError
from ingest.exact import ExactVectors
from ingest.lexical import Postings
from ingest.lock import Gate
from ingest.reading import PassageReading
from ingest.vectors import VectorIndex

TEXTS_AT_ONCE = 300
MOST_IN_MEMORY = 50_000
"""Up to so many passages their vectors are kept in memory and all compared: about where Chroma becomes as fast."""
FILTERS_KEPT = 16
KEPT = 1024
"""So many articles are kept in memory, those read last."""

_GONE = "A passage's article was replaced or deleted meanwhile. Ask again."

_log = logging.getLogger(__name__)


class UnknownArticle(UserError):
    """No article has this id."""


@dataclass(frozen=True)
class _Known:
    """What is known of all articles in one state of the library, newest first."""

    state: int
    by_version: Mapping[str, ArticleInfo]
    versions: Mapping[str, str]
    """The version of each article, by its id."""
    numbers: Mapping[str, int]
    """The number of each version in the catalog."""
    chunks: int
    """How many passages they have."""
    asked: dict[frozenset[str], frozenset[str]]
    """The versions of some articles, as the next question often has the same filter."""


class Passages:
    """The articles and passages of an open library, to be read by any number of threads while others write.

    Each call sees every article as it was before a write or after it. Several calls see one state inside `reading()`.
    """

    def __init__(self, catalog: Catalog, vectors: VectorIndex, postings: Postings, embedder: Embedder) -> None:
        self.embedder = embedder
        self._catalog = catalog
        self._vectors = vectors
        self._postings = postings
        self._kept: dict[str, tuple[Article, tuple[Chunk, ...]]] = {}  # what belongs to a version never changes
        self._articles_known: _Known | None = None
        self._in_memory: tuple[tuple[int, str], ExactVectors] | None = None
        self._keeping = threading.Lock()
        self._gate = Gate()
        self._sound = True

    def reading(self) -> AbstractContextManager[None]:
        """A block in which the library stays as it is, for several calls that must fit together: keep it short.

        What a search finds there, `chunks`, `vectors_of` and `get` find too, in the same state. Writes wait for its
        end; a thread must not write inside it.
        """
        return self._gate.reading()

    def get(self, article_id: str) -> Article:
        """The article as it is now. Raises `UnknownArticle`."""
        with self.reading():
            version = self._version(article_id)
            return self._articles([version])[version][0]

    def get_all(self, article_ids: Iterable[str]) -> dict[str, Article]:
        """The articles as they are now, by id; unknown ids are left out."""
        with self.reading():
            versions = self._catalog.versions_of(article_ids)
            found = self._articles(versions.values())
        return {id: found[version][0] for id, version in versions.items()}

    def articles(self) -> list[ArticleInfo]:
        """What is known about each article, newest first."""
        return list(self._known().by_version.values())

    def infos(self, chunk_ids: Iterable[str]) -> dict[str, ArticleInfo]:
        """What is known about the article of each of these chunks; those replaced or deleted meanwhile are left out."""
        known = self._known().by_version
        return {id: known[version_of(id)] for id in chunk_ids if version_of(id) in known}

    def __len__(self) -> int:
        """The number of articles."""
        return len(self._known().versions)

    def __contains__(self, article_id: object) -> bool:
        return isinstance(article_id, str) and bool(self._catalog.versions_of([article_id]))

    def versions(self, article_ids: Iterable[str]) -> frozenset[str]:
        """The current versions of these articles, which their chunks' ids begin with; unknown articles have none."""
        known, wanted = self._known(), frozenset(article_ids)
        if wanted not in known.asked:
            if len(known.asked) == FILTERS_KEPT:
                known.asked.clear()
            known.asked[wanted] = frozenset(known.versions[id] for id in wanted & known.versions.keys())
        return known.asked[wanted]

    @property
    def state(self) -> int:
        """A number that is another one after each change of the articles, as long as the library is open."""
        return self._catalog.changes()

    def all_versions(self) -> frozenset[str]:
        """The current versions of all articles."""
        return frozenset(self._catalog.chunk_counts())

    def texts(self, versions: Iterable[str]) -> Iterator[tuple[str, str]]:
        """(version, text) of the articles of these versions, a few hundred in memory at a time."""
        wanted = sorted(versions)
        for at in range(0, len(wanted), TEXTS_AT_ONCE):
            yield from self._catalog.texts(wanted[at : at + TEXTS_AT_ONCE])

    @property
    def chunk_count(self) -> int:
        """The number of passages of all articles."""
        return self._known().chunks

    def same_text(self, content_hash: str) -> str | None:
        """The id of the first article whose text has this hash, or None."""
        return self._catalog.same_text(content_hash)

    def chunks(self, chunk_ids: Sequence[str]) -> dict[str, Chunk]:
        """The chunks of these ids, with their text; ids of articles replaced or deleted meanwhile are left out."""
        with self.reading():
            visible = self.infos(chunk_ids)
            found = self._articles({version_of(id) for id in visible})
        return {id: found[version_of(id)][1][_number(id)] for id in visible}

    def passages(self, chunk_ids: Sequence[str]) -> dict[str, tuple[Article, Chunk]]:
        """The chunks of these ids, each with its article; ids of articles replaced or deleted are left out."""
        with self.reading():
            visible = self.infos(chunk_ids)
            found = self._articles({version_of(id) for id in visible})
        return {id: (found[version_of(id)][0], found[version_of(id)][1][_number(id)]) for id in visible}

    def dense(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        """The best `k` passages as (chunk id, cosine), best first, equals by id.

        Up to `MOST_IN_MEMORY` passages all are compared, beyond it Chroma is asked. When that has failed (it writes
        even to search: a full disk stops it, and a further search may never return), all are compared, more slowly,
        until the library is opened again.
        """
        if self._sound and not self._is_small():
            try:
                return self._visible_best(k, lambda limit: self._vectors.search(vector, limit))
            except Exception as error:
                self._sound = False
                _log.warning("Chroma does not answer (%s): searching the catalog's vectors instead", error)
        return self._exact().nearest(vector, k)

    def lexical(self, weights: Mapping[str, float], k: int) -> list[tuple[str, float]]:
        """The best `k` passages as (chunk id, score), best first, equals by id.

        The score is BM25 over search tokens (`ingest.tokens`), each token's share times its weight.
        """
        return self._visible_best(k, lambda limit: self._postings.search(weights, limit))

    def vectors_of(self, chunk_ids: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of these chunks, one row each. Raises `UnknownArticle` when one is of no article (any more)."""
        try:
            if self._is_small():
                return self._exact().of(chunk_ids)
            numbers = self._known().numbers
            wanted = [(numbers[version_of(id)], _number(id)) for id in chunk_ids]
            found = self._catalog.vectors_of({article for article, _ in wanted}, self.embedder.fingerprint)
            size = 4 * self.embedder.dimension
            rows = b"".join([found[article][size * number : size * (number + 1)] for article, number in wanted])
        except KeyError as error:
            raise UnknownArticle(_GONE) from error
        return np.frombuffer(rows, np.float32).reshape(-1, self.embedder.dimension)

    def readings_of(self, chunk_ids: Sequence[str]) -> list[PassageReading]:
        """How search reads these chunks. Raises `UnknownArticle` when one is of no article (any more)."""
        numbers = self._known().numbers
        try:
            wanted = [(numbers[version_of(id)], _number(id)) for id in chunk_ids]
            found = self._catalog.readings_of(article for article, _ in wanted)
            return [found[article].passage(number) for article, number in wanted]
        except KeyError as error:
            raise UnknownArticle(_GONE) from error

    def frequency(self, tokens: Iterable[str]) -> dict[str, int]:
        """In how many passages each of these search tokens stands."""
        return self._postings.frequency(tokens)

    def vocabulary(self) -> Mapping[str, int]:
        """All search tokens of the library, with the number of passages each stands in.

        Takes up to a second for 200,000 tokens after a change, then nothing until the next.
        """
        return self._postings.vocabulary()

    def _known(self) -> _Known:
        state = self.state
        known = self._articles_known
        if known is None or known.state != state:
            with self.reading():
                infos, numbers = self._catalog.infos(), dict(self._catalog.versions())
                known = _Known(
                    self.state,
                    dict(zip(numbers, infos, strict=True)),
                    {info.id: version for info, version in zip(infos, numbers, strict=True)},
                    numbers,
                    sum(info.chunks for info in infos),
                    {},
                )
            self._articles_known = known
        return known

    def _is_small(self) -> bool:
        return self._known().chunks <= MOST_IN_MEMORY

    def _exact(self) -> ExactVectors:
        """The vectors of all passages as they are now."""
        with self.reading():
            made_of = (self.state, self.embedder.fingerprint)
            if self._in_memory is None or self._in_memory[0] != made_of:
                self._in_memory = (made_of, ExactVectors(self._catalog.all_vectors(self.embedder.fingerprint)))
            return self._in_memory[1]

    def _version(self, article_id: str) -> str:
        version = self._catalog.versions_of([article_id]).get(article_id)
        if version is None:
            raise UnknownArticle(f"No article has the id {article_id!r}. See: assistant articles list")
        return version

    def _articles(self, versions: Iterable[str]) -> dict[str, tuple[Article, tuple[Chunk, ...]]]:
        """The articles of these versions with their chunks. Raises `LookupError` when one is not there (any more)."""
        wanted = sorted(versions)
        with self._keeping:
            found = {version: self._kept.pop(version) for version in wanted if version in self._kept}
            self._kept |= found  # to the end: the first are those not read for longest
        new = self._catalog.articles_of(version for version in wanted if version not in found)
        with self._keeping:
            self._kept |= new
            for version in list(self._kept)[: max(0, len(self._kept) - KEPT)]:
                del self._kept[version]
        return {version: (found.get(version) or new[version]) for version in wanted}

    def _chunk_ids(self, versions: Iterable[str]) -> list[str]:
        return [chunk.id for _, chunks in self._articles(versions).values() for chunk in chunks]

    def _visible_best(self, k: int, search: Callable[[int], list[tuple[str, float]]]) -> list[tuple[str, float]]:
        """The first `k` that `search(limit)` finds, passing over those of articles on their way in or out."""
        limit = k + 8
        while True:
            with self.reading():
                found = search(limit)
                visible = self._known().by_version
            best = [hit for hit in found if version_of(hit[0]) in visible]
            if len(best) >= k or len(found) < limit:
                return best[:k]
            limit *= 2


def _number(chunk_id: str) -> int:
    return int(chunk_id.rpartition(":")[2])
