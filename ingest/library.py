"""The library: a folder that holds articles, and finds their passages by meaning and by words.

    catalog.sqlite   the articles: the truth about what the library holds
    vectors/         Chroma, one folder an embedding model
    postings/        tantivy
    manifest.json    the embedding model and the kind of tokens the indexes are made of
    lock, lock.json  one process at a time, and which
    names.tsv        the user's own list of names in both scripts, if there is one
    closed.json      the indexes' files as the last holder left them; missing while the library is open

What is added reaches vectors and postings first and the catalog last: its commit makes it visible. What is deleted
leaves the catalog first. So a crash at any moment leaves each article whole or absent, and at most some vectors and
postings that nobody sees, which the next opening removes.
"""

import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Literal

import numpy as np

from ingest.article import Article
from ingest.catalog import Catalog, Entry, version_of
from ingest.check import CATALOG, Report, mark_closed, posting_differences, vector_differences
from ingest.chunk import LONGEST_CHUNK, chunk_article
from ingest.embed import Embedder
from ingest.errors import UserError
from ingest.lock import LibraryLock
from ingest.manifest import Manifest
from ingest.passages import Passages
from ingest.problems import ItemProblem
from ingest.reading import ArticleReading, read_articles
from ingest.repair import Progress, embed, mend_postings, mend_vectors, open_indexes, passage_tokens
from ingest.subscriptions import Subscriptions
from ingest.switch import drop_indexes, make_vectors
from ingest.vectors import VectorIndex

Status = Literal["added", "updated", "unchanged"]

NAMES_FILE = "names.tsv"

_log = logging.getLogger(__name__)


class LibraryUnusable(UserError):
    """The folder cannot hold a library."""


# Free bytes without which nothing is added: the three stores keep journals beside what they are given.
LEAST_ROOM = 16_000_000


class _NoRoom(Exception):
    """The disk is full; nothing was written."""


class WriteFailed(ItemProblem):
    """Articles could not be stored; the library is as it was before."""


class Library(Passages):
    """An open library. Close it, or use it in a `with` block.

    Any number of threads may read and search while others add or delete: writes wait for each other, and each call
    sees every article as it was before a write or after it. Several calls see one state inside `reading()`.
    Open it with `Library.open`.
    """

    def __init__(
        self,
        folder: Path,
        lock: LibraryLock,
        catalog: Catalog,
        embedder: Embedder,
        longest_chunk: int = LONGEST_CHUNK,
    ) -> None:
        vectors, postings, self.notices = open_indexes(folder, catalog, embedder)
        super().__init__(catalog, vectors, postings, embedder)
        self.folder = folder
        self._longest_chunk = longest_chunk
        self._lock = lock
        self._writing = threading.RLock()
        self._switching = threading.Lock()
        self.feeds = Subscriptions(catalog, self._writing)
        self._closed = False

    @classmethod
    def open(
        cls, folder: Path, embedder: Embedder, holder: str = "assistant", longest_chunk: int = LONGEST_CHUNK
    ) -> "Library":
        """Opens the library in `folder`, made when there is none, for this process alone.

        `holder` is who we are, for the message to whoever comes second. When the last holder did not close it, or
        the indexes' files are not as they were left, they are compared with the catalog in another process and mended;
        `notices` then says so. `longest_chunk` is the most characters of a passage of what is added; what is there
        already keeps its passages. Raises `LibraryLocked`, `EmbedderMismatch`, `LibraryDamaged`, `LibraryTooNew`,
        `LibraryUnusable`.
        """
        lock, catalog = _take(folder, holder)
        try:
            return cls(catalog.file.parent, lock, catalog, embedder, longest_chunk)
        except BaseException:
            catalog.close()
            lock.release()
            raise

    @classmethod
    def rebuild(
        cls, folder: Path, embedder: Embedder, holder: str = "assistant", progress: Progress | None = None
    ) -> "Library":
        """Opens the library with its vectors and postings made anew, by `embedder` from now on.

        Until every text is embedded the library stays as it was; interrupted, it goes on where it stopped.
        """
        lock, catalog = _take(folder, holder)
        try:
            folder = catalog.file.parent
            drop_indexes(folder, catalog, embedder, progress)
            library = cls(folder, lock, catalog, embedder)
            library.notices = ()  # that the indexes were missing is our own doing
            return library
        except BaseException:
            catalog.close()
            lock.release()
            raise

    def add(self, articles: Sequence[Article]) -> list[Status]:
        """Stores the articles, each replacing the one of its id; all are durable and searchable on return, or none.

        Returns what happened to each. Raises `WriteFailed` when the disk is full or a part of the library fails.
        """
        with self._writing:
            known = self._catalog.versions_of(article.id for article in articles)
            statuses, new = _sort_out(articles, known)
            if new:
                leaving = self._chunk_ids(known[article.id] for article in new if article.id in known)
                self._store(new)
                self._sweep(leaving)
            return statuses

    def delete(self, article_id: str) -> None:
        """Removes an article from everywhere. Raises `UnknownArticle`."""
        with self._writing:
            leaving = self._chunk_ids([self._version(article_id)])
            with self._gate.committing():
                self._catalog.delete(article_id)
            self._sweep(leaving)

    def verify(self) -> Report:
        """Compares vectors and postings with the catalog, every vector read; writes wait meanwhile."""
        with self._writing:
            return Report(
                vector_differences(self._catalog, self._vectors, self.embedder.fingerprint),
                posting_differences(self._catalog, self._postings),
            )

    def back_up(self, folder: Path) -> None:
        """Copies all articles and the list of names to `folder`, a new one, which is then a library of its own.

        Work goes on meanwhile. Its vectors and postings are made on its first opening; nothing is embedded again.
        Raises `LibraryUnusable` when `folder` holds something already or cannot be written.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if any(folder.iterdir()):
                raise LibraryUnusable(f"{folder} is not empty. Name a new folder for the backup.")
            self._catalog.back_up(folder / CATALOG)
            if (self.folder / NAMES_FILE).exists():
                shutil.copyfile(self.folder / NAMES_FILE, folder / NAMES_FILE)
            Manifest.of(self.embedder).write(folder)
        except OSError as error:
            raise LibraryUnusable(f"{folder} cannot hold a backup ({error}). Name another folder.") from error

    def switch(self, embedder: Embedder, progress: Progress | None = None) -> None:
        """Makes the vectors anew with `embedder`; until they all are there, the old ones answer and work goes on.

        With the embedder in use already, what is wrong in the indexes is mended instead. Interrupted, it goes on
        where it stopped. Raises `LibraryUnusable` when another thread is at it, or an index cannot be mended.
        """
        if not self._switching.acquire(blocking=False):
            raise LibraryUnusable("The indexes are being made anew already. Wait until that is done.")
        try:
            if embedder.fingerprint == self.embedder.fingerprint:
                self._mend()
            else:
                make_vectors(self.folder, self._catalog, embedder, self._writing, self._use, progress)
        finally:
            self._switching.release()

    def announce(self, port: int, secret: bytes) -> None:
        """Tells other processes of this user that we take work for this library at `port` (see `ingest.lock`)."""
        self._lock.announce(port, secret)

    def close(self) -> None:
        """Lets others open the library. Harmless when done twice."""
        with self._writing:
            if self._closed:
                return
            self._closed = True
            self._postings.close()
            self._vectors.close()
            if self._sound:
                mark_closed(self.folder)
            self._catalog.close()
            self._lock.release()

    def __enter__(self) -> "Library":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _mend(self) -> None:
        with self._writing:
            report = self.verify()
            if report.vectors is None or report.postings is None:
                raise LibraryUnusable("An index is damaged. Close the library and open it again: that makes it anew.")
            mend_vectors(self._catalog, self._vectors, report.vectors, self.embedder)
            mend_postings(self._catalog, self._postings, report.postings)

    def _use(self, vectors: VectorIndex, embedder: Embedder) -> VectorIndex:
        """Puts the vectors made by `embedder` in the place of those in use, and returns these."""
        with self._gate.committing():
            Manifest.of(embedder).write(self.folder)
            former, self._vectors, self.embedder = self._vectors, vectors, embedder
        return former

    def _store(self, articles: Sequence[Article]) -> None:
        """Vectors and postings first, at the same time; then the catalog, which makes the articles visible."""
        chunk_ids: list[str] = []
        try:
            chunked = [(article, chunk_article(article, self._longest_chunk)) for article in articles]
            chunk_ids = [chunk.id for _, chunks in chunked for chunk in chunks]
            vectors = embed(chunked, self.embedder)
            self._try_room(4 * sum(rows.nbytes for rows in vectors) + 4 * sum(len(a.text) for a in articles))
            with ThreadPoolExecutor(1) as another:
                vectors_in = another.submit(self._vectors.add, chunk_ids, np.concatenate(vectors))
                read = read_articles(chunked)
                self._postings.replace([article.version for article in articles], passage_tokens(chunked, read))
                vectors_in.result()
            entries = [
                Entry(article, chunks, rows, ArticleReading.of(title, passages))
                for (article, chunks), rows, (title, passages) in zip(chunked, vectors, read, strict=True)
            ]
            with self._gate.committing():
                self._catalog.put(entries, self.embedder.fingerprint)
        except BaseException as error:
            if not isinstance(error, _NoRoom):
                self._sweep(chunk_ids)
            self._sound = False
            if isinstance(error, Exception):
                raise WriteFailed("not_stored", error=str(error)) from error
            raise

    def _try_room(self, size: int) -> None:
        """Takes `size` bytes of disk, or `LEAST_ROOM`, and gives them back: Chroma may never return from a full one."""
        try:
            with tempfile.TemporaryFile(dir=self.folder) as file:
                if hasattr(os, "posix_fallocate"):
                    os.posix_fallocate(file.fileno(), 0, max(size, LEAST_ROOM))
                else:
                    file.write(bytes(max(size, LEAST_ROOM)))
        except OSError as error:
            raise _NoRoom(str(error)) from error

    def _sweep(self, chunk_ids: Sequence[str]) -> None:
        """Takes out of vectors and postings what is not in the catalog; what cannot be now, the next opening will."""
        try:
            if chunk_ids:
                self._vectors.remove(chunk_ids)
                self._postings.replace(sorted({version_of(id) for id in chunk_ids}), [])
        except Exception as error:
            self._sound = False
            _log.warning("passages of removed articles stay in the index until the library is opened again: %s", error)


def _take(folder: Path, holder: str) -> tuple[LibraryLock, Catalog]:
    try:
        folder = folder.expanduser().absolute()
        folder.mkdir(parents=True, exist_ok=True)
        lock = LibraryLock(folder, holder)
    except OSError as error:
        raise LibraryUnusable(f"{folder} cannot hold a library ({error}). Name another with --library.") from error
    try:
        return lock, Catalog(folder / CATALOG)
    except BaseException:
        lock.release()
        raise


def _sort_out(articles: Sequence[Article], known: Mapping[str, str]) -> tuple[list[Status], list[Article]]:
    """What happens to each of `articles`, and those to store: of several with one id the last, unless it is known."""
    statuses: list[Status] = []
    latest: dict[str, Article] = {}
    for article in articles:
        current = latest[article.id].version if article.id in latest else known.get(article.id)
        if article.version == current:
            statuses.append("unchanged")
        else:
            statuses.append("updated" if current else "added")
            latest[article.id] = article
    return statuses, [article for article in latest.values() if known.get(article.id) != article.version]
