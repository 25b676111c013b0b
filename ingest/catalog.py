"""The catalog: every article of a library, in one SQLite file. It is the truth about what the library holds.

An article is visible from the commit that brings its row; what the vectors and postings hold beyond that is not
there as far as any reader can tell.
"""

import sqlite3
import threading
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.article import Article, Chunk, Language, Span, chunk_of
from ingest.errors import UserError
from ingest.reading import ArticleReading

_ARTICLES = """
CREATE TABLE articles (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    version TEXT NOT NULL UNIQUE,
    content_hash TEXT NOT NULL,
    title TEXT, url TEXT, publisher TEXT, author TEXT, published_at TEXT,
    language TEXT NOT NULL,
    sample INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    characters INTEGER NOT NULL, sentences INTEGER NOT NULL, chunks INTEGER NOT NULL
);
CREATE INDEX articles_by_content ON articles (content_hash);
CREATE TABLE contents (
    article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    text TEXT NOT NULL,
    sentences BLOB NOT NULL,  -- start, end, start, end, ... as 32-bit integers
    chunks BLOB NOT NULL      -- first sentence, last sentence (excluded), ... as 32-bit integers
);
CREATE TABLE vectors (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    embedder TEXT NOT NULL,   -- the fingerprint of what made them
    rows BLOB NOT NULL,       -- one row of 32-bit floats a chunk
    PRIMARY KEY (article, embedder)
);
"""
_FEEDS = """
CREATE TABLE feeds (
    address TEXT PRIMARY KEY,
    added_at TEXT NOT NULL,
    refreshed_at TEXT,
    problem TEXT              -- why the last refresh failed, or NULL
);
CREATE TABLE feed_entries (   -- what a feed named that was taken in: never fetched again
    feed TEXT NOT NULL REFERENCES feeds ON DELETE CASCADE,
    url TEXT NOT NULL,
    PRIMARY KEY (feed, url)
);
"""
_READINGS = """
CREATE TABLE readings (       -- the columns are those of `ingest.reading.ArticleReading`
    article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    counts BLOB NOT NULL, tokens BLOB NOT NULL, pieces BLOB NOT NULL, lengths BLOB NOT NULL
);
"""
_MIGRATIONS = (_ARTICLES, _FEEDS, _READINGS)
"""Each leads from the schema version that is its position to the next; never changed once released."""

SCHEMA_VERSION = len(_MIGRATIONS)

_FIELDS = "id, title, url, publisher, author, published_at, language, sample"


class LibraryDamaged(UserError):
    """The catalog itself cannot be read: there is nothing left to rebuild it from."""


class LibraryTooNew(UserError):
    """The library was written by a newer version of this program."""


@dataclass(frozen=True)
class ArticleInfo:
    """What a list of articles shows. `characters`, `sentences` and `chunks` are counts; `added_at` is UTC, ISO 8601."""

    id: str
    title: str | None
    publisher: str | None
    author: str | None
    published_at: str | None
    url: str | None
    language: Language
    sample: bool
    characters: int
    sentences: int
    chunks: int
    added_at: str


@dataclass(frozen=True)
class Entry:
    """An article on its way into the catalog: its chunks, their vectors (one row a chunk), how search reads it."""

    article: Article
    chunks: tuple[Chunk, ...]
    vectors: NDArray[np.float32]
    reading: ArticleReading


class Catalog:
    """Articles by id and by version. Readers and the writer have a connection each: readers see the last commit.

    Safe for many threads; `write` is one thread at a time (the library sees to it).
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self._writer = _migrated(file)
            self._reader = _connect(file)
            self._reader.execute("PRAGMA cache_size = -16000")  # kB: the upper pages of the trees stay in memory
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error
        self._reading = threading.Lock()
        self._commits = 0

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is durable when the block ends, or none of it when it raises."""
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            yield self._writer
            self._writer.execute("COMMIT")
            self._commits += 1
        except BaseException:
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")
            raise

    def put(self, entries: Iterable[Entry], embedder: str) -> None:
        """Adds the entries, each replacing the article of its id, in one transaction."""
        added_at = datetime.now(UTC).isoformat(timespec="seconds")
        with self.write() as connection:
            for entry in entries:
                _insert(connection, entry, embedder, added_at)

    def delete(self, article_id: str) -> None:
        """Removes the article and all that belongs to it, in one transaction."""
        with self.write() as connection:
            connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))

    def versions_of(self, ids: Iterable[str]) -> dict[str, str]:
        """The current version of each of these articles, by id; unknown ids are left out."""
        return dict(self._select_in("SELECT id, version FROM articles WHERE id IN", ids))

    def versions(self) -> list[tuple[str, int]]:
        """The current version of every article, and its number here, in the order of `infos`."""
        return self.select("SELECT version, sequence FROM articles ORDER BY sequence DESC")

    def same_text(self, content_hash: str) -> str | None:
        """The id of the first article with this text, if there is one."""
        query = "SELECT id FROM articles WHERE content_hash = ? ORDER BY sequence LIMIT 1"
        rows = self.select(query, (content_hash,))
        return str(rows[0][0]) if rows else None

    def article(self, version: str) -> tuple[Article, tuple[Chunk, ...]]:
        """The article of this version with its chunks. Raises `LookupError` when it is not there (any more)."""
        return self.articles_of([version])[version]

    def articles_of(self, versions: Iterable[str]) -> dict[str, tuple[Article, tuple[Chunk, ...]]]:
        """The articles of these versions with their chunks, by version; those not there (any more) are left out."""
        query = f"""SELECT version, {_FIELDS}, text, contents.sentences, contents.chunks
                    FROM articles JOIN contents ON article = sequence WHERE version IN"""
        return {row[0]: _read(row[1:]) for row in self._select_in(query, versions)}

    def vectors(self, version: str, embedder: str) -> NDArray[np.float32] | None:
        """The vectors of this version's chunks made by this embedder, one row a chunk, or None."""
        query = """SELECT rows, chunks FROM vectors JOIN articles ON article = sequence
                   WHERE embedder = ? AND version = ?"""
        rows = self.select(query, (embedder, version))
        return np.frombuffer(rows[0][0], np.float32).reshape(rows[0][1], -1) if rows else None

    def vectors_of(self, numbers: Iterable[int], embedder: str) -> dict[int, bytes]:
        """The vectors that this embedder made of the articles of these numbers (see `versions`), those that are there.

        32-bit floats, one row a chunk, one after the other.
        """
        return dict(
            self._select_in("SELECT article, rows FROM vectors WHERE embedder = ? AND article IN", numbers, embedder)
        )

    def readings_of(self, numbers: Iterable[int]) -> dict[int, ArticleReading]:
        """How search reads the articles of these numbers (see `versions`), by number, those that are there."""
        query = "SELECT article, counts, tokens, pieces, lengths FROM readings WHERE article IN"
        return {row[0]: ArticleReading(*row[1:]) for row in self._select_in(query, numbers)}

    def put_readings(self, readings: Mapping[str, ArticleReading]) -> None:
        """Keeps how search reads the articles of these versions, in one transaction."""
        query = "INSERT OR REPLACE INTO readings SELECT sequence, ?, ?, ?, ? FROM articles WHERE version = ?"
        with self.write() as connection:
            connection.executemany(query, ((*reading, version) for version, reading in readings.items()))

    def all_vectors(self, embedder: str) -> Iterator[tuple[str, NDArray[np.float32]]]:
        """The version of every article, with the vectors of its chunks made by this embedder, one row a chunk."""
        query = "SELECT version, rows, chunks FROM vectors JOIN articles ON article = sequence WHERE embedder = ?"
        for version, rows, chunks in self.select(query, (embedder,)):
            yield version, np.frombuffer(rows, np.float32).reshape(chunks, -1)

    def put_vectors(self, vectors: Mapping[str, NDArray[np.float32]], embedder: str) -> None:
        """Keeps the vectors that this embedder made of some versions' chunks, one row a chunk, in one transaction."""
        query = "INSERT OR REPLACE INTO vectors SELECT sequence, ?, ? FROM articles WHERE version = ?"
        with self.write() as connection:
            connection.executemany(query, ((embedder, rows.tobytes(), version) for version, rows in vectors.items()))

    def drop_other_vectors(self, embedder: str) -> None:
        """Removes the vectors that any other embedder made."""
        with self.write() as connection:
            connection.execute("DELETE FROM vectors WHERE embedder <> ?", (embedder,))

    def infos(self) -> list[ArticleInfo]:
        """All articles, newest first."""
        fields = "id, title, publisher, author, published_at, url, language, sample"
        query = f"SELECT {fields}, characters, sentences, chunks, added_at FROM articles ORDER BY sequence DESC"
        return [ArticleInfo(*(*row[:7], bool(row[7]), *row[8:])) for row in self.select(query)]

    def chunk_counts(self) -> dict[str, int]:
        """The number of chunks of every article, by version, in the order they were added."""
        return dict(self.select("SELECT version, chunks FROM articles ORDER BY sequence"))

    def changes(self) -> int:
        """A number that is another one after each commit, as long as the catalog is open."""
        return self._commits

    def texts(self, versions: Iterable[str]) -> list[tuple[str, str]]:
        """(version, text) of these versions' articles, those that are there."""
        query = "SELECT version, text FROM articles JOIN contents ON article = sequence WHERE version IN"
        return self._select_in(query, versions)

    def back_up(self, file: Path) -> None:
        """Copies the catalog as it is now to `file`; reading and writing go on meanwhile."""
        with closing(sqlite3.connect(file)) as copy, closing(_connect(self.file)) as source:
            source.backup(copy)

    def close(self) -> None:
        """Lets go of the file."""
        with self._reading:
            self._reader.close()
            self._writer.close()

    def select(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """The rows that a query finds in the last committed state."""
        with self._reading:
            try:
                return self._reader.execute(query, values).fetchall()
            except sqlite3.DatabaseError as error:
                raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> LibraryDamaged:
        return LibraryDamaged(
            f"The catalog {self.file} cannot be read ({error}). "
            "Put back a copy of it from a backup, or name another folder with --library."
        )

    def _select_in(self, query: str, values: Iterable[Any], *before: str) -> list[Any]:
        wanted = sorted(set(values))
        rows = []
        for at in range(0, len(wanted), 10_000):  # SQLite takes 32,766 values a statement
            part = wanted[at : at + 10_000]
            rows += self.select(f"{query} ({','.join('?' * len(part))})", (*before, *part))
        return rows


def version_of(chunk_id: str) -> str:
    """The version of the article that a chunk belongs to."""
    return chunk_id.rpartition(":")[0]


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False, timeout=10)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # acknowledged means on disk
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # deleted text does not linger in the file
    return connection


def _migrated(file: Path) -> sqlite3.Connection:
    """A connection to the catalog, brought to our schema version: a step that fails leaves the version before it."""
    connection = _connect(file)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise LibraryTooNew(f"{file} is of a newer version of this program. Update the program to open it.")
        for number in range(version, SCHEMA_VERSION):
            connection.executescript(f"BEGIN; {_MIGRATIONS[number]} PRAGMA user_version = {number + 1}; COMMIT;")
    except BaseException:
        connection.close()
        raise
    return connection


def _insert(connection: sqlite3.Connection, entry: Entry, embedder: str, added_at: str) -> None:
    article, chunks = entry.article, entry.chunks
    connection.execute("DELETE FROM articles WHERE id = ?", (article.id,))
    facts = (article.title, article.url, article.publisher, article.author, article.published_at)
    counts = (len(article.text), len(article.sentences), len(chunks))
    sequence = connection.execute(
        """INSERT INTO articles (id, version, content_hash, title, url, publisher, author, published_at,
           language, sample, added_at, characters, sentences, chunks) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)""",
        (
            article.id,
            article.version,
            article.content_hash,
            *facts,
            article.language,
            article.sample,
            added_at,
            *counts,
        ),
    ).lastrowid
    sentences = array("I", (offset for span in article.sentences for offset in (span.start, span.end)))
    ranges = array("I", (number for chunk in chunks for number in (chunk.first, chunk.last)))
    connection.execute(
        "INSERT INTO contents VALUES (?,?,?,?)", (sequence, article.text, sentences.tobytes(), ranges.tobytes())
    )
    connection.execute("INSERT INTO vectors VALUES (?,?,?)", (sequence, embedder, entry.vectors.tobytes()))
    connection.execute("INSERT INTO readings VALUES (?,?,?,?,?)", (sequence, *entry.reading))


def _read(row: Sequence[Any]) -> tuple[Article, tuple[Chunk, ...]]:
    id, title, url, publisher, author, published_at, language, sample, text, sentences, chunks = row
    spans = tuple(map(Span._make, _pairs(sentences)))
    article = Article(id, text, language, spans, title, url, publisher, author, published_at, bool(sample))
    ranges = enumerate(_pairs(chunks))
    return article, tuple(chunk_of(article, number, first, last) for number, (first, last) in ranges)


def _pairs(numbers: bytes) -> Iterator[tuple[int, int]]:
    """The pairs in a column of 32-bit integers."""
    flat = array("I", numbers)
    return zip(flat[::2], flat[1::2], strict=True)
