"""Opens the vectors and the postings of a library, brought back to what the catalog says where they differ."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np

from ingest.article import Article, Chunk
from ingest.catalog import Catalog, version_of
from ingest.check import POSTINGS, VECTORS, Differences, Report, chunk_ids, inspect, take_mark
from ingest.embed import Embedder, Vectors
from ingest.lexical import Postings
from ingest.manifest import Manifest
from ingest.reading import ArticleReading, Reading, read_articles
from ingest.vectors import VectorIndex

BATCH = 64
"""Articles a step."""

Progress = Callable[[int, int], None]
"""Told how many articles are done, of how many."""

Chunked = tuple[Article, tuple[Chunk, ...]]
"""An article with its chunks."""

T = TypeVar("T")


def passage_text(article: Article, chunk: Chunk) -> str:
    """What is embedded and indexed for a chunk: the title, then the chunk, so that every passage says its subject."""
    if not article.title or chunk.text.startswith(article.title):
        return chunk.text
    return f"{article.title}\n{chunk.text}"


def vectors_folder(folder: Path, embedder: Embedder) -> Path:
    """Where the library in `folder` keeps the vectors that `embedder` makes."""
    return folder / VECTORS / embedder.fingerprint[:16]


def open_indexes(folder: Path, catalog: Catalog, embedder: Embedder) -> tuple[VectorIndex, Postings, tuple[str, ...]]:
    """The sound indexes of the library in `folder`, and what the user should know about how they were found.

    Raises `EmbedderMismatch` when the library holds articles and was made with another embedder.
    """
    made_with, now = Manifest.read(folder), Manifest.of(embedder)
    everything = Differences(tuple(catalog.chunk_counts()))
    if made_with and everything:
        made_with.require(embedder, folder)
    of_vectors, postings_folder = vectors_folder(folder, embedder), folder / POSTINGS
    if take_mark(folder):
        report = Report(Differences(), Differences())
    else:
        report = inspect(folder, of_vectors, now.fingerprint) if everything else Report(None, None)
    notices = tuple(_notices(folder, report)) if everything else ()
    if not made_with or made_with.tokens != now.tokens:
        report = Report(report.vectors, None)
        if made_with and everything:
            notices += (f"The words of the articles in {folder} were indexed again, as this version reads them.",)
    if report.vectors is None:
        shutil.rmtree(folder / VECTORS, ignore_errors=True)
    if report.postings is None:
        shutil.rmtree(postings_folder, ignore_errors=True)
        read_again(catalog)
    vectors, postings = VectorIndex(of_vectors), Postings(postings_folder)
    mend_vectors(catalog, vectors, everything if report.vectors is None else report.vectors, embedder)
    try:
        mend_postings(catalog, postings, everything if report.postings is None else report.postings)
    except (
        ValueError
    ):  # a kill left a file that tantivy wants to write and may not replace: postings made anew have none
        shutil.rmtree(postings_folder)
        postings = Postings(postings_folder)
        mend_postings(catalog, postings, everything)
    if made_with != now:
        now.write(folder)
    return vectors, postings, notices


def mend_vectors(catalog: Catalog, index: VectorIndex, wrong: Differences, embedder: Embedder) -> None:
    """Removes what is in excess in `index` and adds what it lacks; texts are embedded only if that was never done."""
    if not wrong:
        return
    bad = {*wrong.missing, *wrong.extra}
    index.remove([id for id in index.ids() if version_of(id) in bad])
    for versions in batches(wrong.missing, BATCH):
        parts = stored_vectors(catalog, versions, embedder)
        ids = [id for version, rows in zip(versions, parts, strict=True) for id in chunk_ids(version, len(rows))]
        index.add(ids, np.concatenate(parts))


def mend_postings(catalog: Catalog, index: Postings, wrong: Differences) -> None:
    """Removes what is in excess in `index` and adds what it lacks."""
    if wrong.extra:
        index.replace(wrong.extra, [])
    for versions in batches(wrong.missing, BATCH * 16):
        chunked = [catalog.article(version) for version in versions]
        index.replace(versions, passage_tokens(chunked, read_articles(chunked)))


def read_again(catalog: Catalog) -> None:
    """Makes the readings of all articles anew."""
    for versions in batches(list(catalog.chunk_counts()), BATCH * 4):
        articles = catalog.articles_of(versions)
        stored = (ArticleReading.of(title, passages) for title, passages in read_articles(articles.values()))
        catalog.put_readings(dict(zip(articles, stored, strict=True)))


def stored_vectors(catalog: Catalog, versions: Sequence[str], embedder: Embedder) -> list[Vectors]:
    """The vectors of each version's chunks, from the catalog; those it lacks are embedded, and kept there."""
    found = {version: catalog.vectors(version, embedder.fingerprint) for version in versions}
    lacking = [version for version in versions if found[version] is None]
    if lacking:
        made = dict(zip(lacking, embed([catalog.article(version) for version in lacking], embedder), strict=True))
        catalog.put_vectors(made, embedder.fingerprint)
        found |= made
    return [rows for rows in found.values() if rows is not None]


def embed(chunked: Sequence[Chunked], embedder: Embedder) -> list[Vectors]:
    """The vectors of each article's chunks, one row a chunk."""
    rows = embedder.encode_passages([passage_text(article, chunk) for article, chunks in chunked for chunk in chunks])
    ends = np.cumsum([len(chunks) for _, chunks in chunked])
    return np.split(rows, ends[:-1])


def passage_tokens(
    chunked: Sequence[Chunked], read: Sequence[tuple[Reading, Sequence[Reading]]]
) -> Iterator[tuple[str, str]]:
    """The id and the search tokens, with spaces between, of every chunk: those of `passage_text`."""
    for (article, chunks), (title, passages) in zip(chunked, read, strict=True):
        for chunk, passage in zip(chunks, passages, strict=True):
            is_titled = bool(article.title) and not chunk.text.startswith(article.title or "")
            yield chunk.id, f"{title.spelled} {passage.spelled}" if is_titled else passage.spelled


def batches(items: Sequence[T], size: int) -> Iterator[list[T]]:
    """`items` in lists of `size`, the last one shorter."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _notices(folder: Path, report: Report) -> Iterator[str]:
    for name, differences in (("vectors", report.vectors), ("postings", report.postings)):
        if differences is None:
            yield f"The {name} in {folder} were damaged or missing; they were made again from the catalog."
        elif differences.missing:
            yield f"The {name} of {len(differences.missing)} articles in {folder} were wrong; they were made again."
