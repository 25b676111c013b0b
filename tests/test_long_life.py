"""A library over the years: from an older program, and to another embedding model."""

import json
import signal
import sqlite3
import subprocess
import sys
import threading
from array import array
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.article import Article
from ingest.chunk import chunk_article
from ingest.clean import make_article
from ingest.library import Library, LibraryUnusable
from ingest.manifest import EmbedderMismatch
from ingest.reading import read
from ingest.tokens import search_tokens
from tests.fakes import HashEmbedder

ROOT = Path(__file__).parents[1]
SCHEMA_1 = """
CREATE TABLE articles (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE, version TEXT NOT NULL UNIQUE, content_hash TEXT NOT NULL,
    title TEXT, url TEXT, publisher TEXT, author TEXT, published_at TEXT,
    language TEXT NOT NULL, sample INTEGER NOT NULL, added_at TEXT NOT NULL,
    characters INTEGER NOT NULL, sentences INTEGER NOT NULL, chunks INTEGER NOT NULL
);
CREATE INDEX articles_by_content ON articles (content_hash);
CREATE TABLE contents (
    article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    text TEXT NOT NULL, sentences BLOB NOT NULL, chunks BLOB NOT NULL
);
CREATE TABLE vectors (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    embedder TEXT NOT NULL, rows BLOB NOT NULL, PRIMARY KEY (article, embedder)
);
PRAGMA user_version = 1;
"""


def many(count: int) -> list[Article]:
    return [make_article(f"Report {n}. The river rose {n} metres in town {n % 7}.", id=f"a{n}") for n in range(count)]


def write_version_1(folder: Path, articles: Sequence[Article]) -> None:
    """A library as schema version 1 kept it: what the catalog and the manifest held then."""
    embedder = HashEmbedder()
    connection = sqlite3.connect(folder / "catalog.sqlite")
    connection.executescript(SCHEMA_1)
    for number, article in enumerate(articles, 1):
        chunks = chunk_article(article)
        facts = (article.title, article.url, article.publisher, article.author, article.published_at)
        counts = (len(article.text), len(article.sentences), len(chunks))
        row = (
            number,
            article.id,
            article.version,
            article.content_hash,
            *facts,
            article.language,
            0,
            "2026-01-02T03:04:05+00:00",
            *counts,
        )
        connection.execute(f"INSERT INTO articles VALUES ({','.join('?' * len(row))})", row)
        sentences = array("I", [offset for span in article.sentences for offset in (span.start, span.end)])
        ranges = array("I", [number for chunk in chunks for number in (chunk.first, chunk.last)])
        contents = (number, article.text, sentences.tobytes(), ranges.tobytes())
        connection.execute("INSERT INTO contents VALUES (?,?,?,?)", contents)
        rows = embedder.encode_passages([chunk.text for chunk in chunks])
        connection.execute("INSERT INTO vectors VALUES (?,?,?)", (number, embedder.fingerprint, rows.tobytes()))
    connection.commit()
    connection.close()
    made_with = {"embedder": "hash", "dimension": 32, "fingerprint": embedder.fingerprint, "tokens": 1}
    (folder / "manifest.json").write_text(json.dumps(made_with), encoding="utf-8")


def schema_version(folder: Path) -> int:
    connection = sqlite3.connect(folder / "catalog.sqlite")
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    connection.close()
    return version


def found(library: Library, text: str, k: int = 3) -> list[str]:
    """The articles nearest to `text`."""
    with library.reading():
        ids = [id for id, _ in library.dense(library.embedder.encode_queries([text])[0], k)]
        chunks = library.chunks(ids)
    return [chunks[id].article_id for id in ids]


def test_a_library_of_schema_version_1_is_brought_forward(tmp_path: Path) -> None:
    articles = many(5)
    write_version_1(tmp_path, articles)
    for opening in range(2):
        with Library.open(tmp_path, HashEmbedder()) as library:
            assert any("indexed again" in notice for notice in library.notices) == (opening == 0)
            assert [library.get(article.id) for article in articles] == articles
            assert library.articles()[0].added_at == "2026-01-02T03:04:05+00:00"
            assert found(library, "Report 3", 1) == ["a3"]
            (id, _), *_ = library.lexical(dict.fromkeys(search_tokens("Report 3"), 1.0), 1)
            assert library.readings_of([id])[0].text == read([library.chunks([id])[id].text])[0]._replace(spelled="")
            assert library.verify().sound
            library.feeds.add("https://news.example/rss")
            assert [feed.address for feed in library.feeds.all()] == ["https://news.example/rss"]
    assert schema_version(tmp_path) == 3


def test_a_migration_that_breaks_off_leaves_the_old_version_and_is_done_next_time(tmp_path: Path) -> None:
    write_version_1(tmp_path, many(2))
    connection = sqlite3.connect(tmp_path / "catalog.sqlite")
    connection.execute("CREATE TABLE feed_entries (in_the_way TEXT)")
    connection.close()
    with pytest.raises(Exception, match="feed_entries"):
        Library.open(tmp_path, HashEmbedder())
    assert schema_version(tmp_path) == 1
    connection = sqlite3.connect(tmp_path / "catalog.sqlite")
    connection.execute("DROP TABLE feed_entries")
    connection.close()
    with Library.open(tmp_path, HashEmbedder()) as library:
        assert (len(library), library.feeds.all()) == (2, [])


class HeldEmbedder(HashEmbedder):
    """Begins to encode passages when `go` is set; `asked` tells that it was asked to."""

    def __init__(self) -> None:
        super().__init__("other", 64)
        self.asked, self.go = threading.Event(), threading.Event()

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.set()
        assert self.go.wait(30)
        return super().encode_passages(texts)


def test_a_switch_of_the_embedding_model_goes_on_behind_the_old_index_and_swaps_at_the_end(tmp_path: Path) -> None:
    other, steps = HeldEmbedder(), list[tuple[int, int]]()
    with Library.open(tmp_path, HashEmbedder()) as library:
        library.add(many(70))
        switch = threading.Thread(target=library.switch, args=(other, lambda done, of: steps.append((done, of))))
        switch.start()
        assert other.asked.wait(30)
        library.add([make_article("Zebra crossings are repainted.", id="new"), make_article("Changed.", id="a1")])
        library.delete("a0")
        assert library.embedder.name == "hash"
        assert found(library, "Zebra crossings", 1) == ["new"]
        with pytest.raises(LibraryUnusable, match="already"):
            library.switch(HashEmbedder("third"))
        other.go.set()
        switch.join(60)
        assert steps == [(64, 70), (70, 70)]
        assert library.embedder is other
        assert found(library, "Zebra crossings", 1) == ["new"]
        assert found(library, "Report 3", 1) == ["a3"]
        assert "a0" not in found(library, "Report 0", 70)
        assert library.verify().sound
        library.add([make_article("After the change.", id="after")])
        assert found(library, "After the change", 1) == ["after"]
    with pytest.raises(EmbedderMismatch):
        Library.open(tmp_path, HashEmbedder())
    with Library.open(tmp_path, other) as library:
        assert library.notices == ()
        assert len(library) == 71
        assert library.verify().sound
    assert len(list((tmp_path / "vectors").iterdir())) == 1


class FailingEmbedder(HashEmbedder):
    """Encodes once, then fails."""

    good = 1

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not self.good:
            raise RuntimeError("out of memory")
        self.good -= 1
        return super().encode_passages(texts)


def test_a_switch_that_fails_leaves_the_library_as_it_was_and_can_be_tried_again(tmp_path: Path) -> None:
    other = FailingEmbedder("other", 64)
    with Library.open(tmp_path, HashEmbedder()) as library:
        library.add(many(100))
        with pytest.raises(RuntimeError):
            library.switch(other)
        assert found(library, "Report 3", 1) == ["a3"]
        assert library.verify().sound
    with Library.open(tmp_path, HashEmbedder()) as library:
        other.good = 1  # the 64 done before are not embedded again
        library.switch(other)
        other.good = 1
        assert found(library, "Report 99", 1) == ["a99"]
        assert library.verify().sound


KILLED = """
import os, signal, sys
from pathlib import Path
import ingest.switch as switch_module
from ingest.catalog import Catalog
from ingest.library import Library
from ingest.manifest import Manifest
from tests.fakes import HashEmbedder

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

folder, moment = Path(sys.argv[1]), sys.argv[2]
with Library.open(folder, HashEmbedder()) as library:
    if moment == "before the swap":
        switch_module.missed = die
    elif moment == "after the swap":
        Catalog.drop_other_vectors = die
    library.switch(HashEmbedder("other", 64), die if moment == "while embedding" else None)
"""


@pytest.mark.parametrize(
    ("moment", "name"), [("while embedding", "hash"), ("before the swap", "hash"), ("after the swap", "other")]
)
def test_a_process_killed_in_a_switch_leaves_the_library_whole(tmp_path: Path, moment: str, name: str) -> None:
    with Library.open(tmp_path, HashEmbedder()) as library:
        library.add(many(100))
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), moment], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    made_with = {"hash": HashEmbedder(), "other": HashEmbedder("other", 64)}
    with Library.open(tmp_path, made_with[name]) as library:
        assert len(library) == 100
        assert found(library, "Report 3", 1) == ["a3"]
        assert library.verify().sound
        library.switch(made_with["other"])
        assert found(library, "Report 3", 1) == ["a3"]
        assert library.verify().sound


def test_a_switch_to_the_same_model_mends_what_is_wrong(tmp_path: Path) -> None:
    with Library.open(tmp_path, HashEmbedder()) as library:
        library.add(many(5))
        lost = [id for id, _ in library.dense(library.embedder.encode_queries(["Report 3"])[0], 1)]
        library._vectors.remove(lost)
        assert not library.verify().sound
        library.switch(HashEmbedder())
        assert library.verify().sound
        assert found(library, "Report 3", 1) == ["a3"]
