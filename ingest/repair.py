"""Brings the vectors and the postings back to what the catalog says, and makes them anew for another embedder."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from ingest.article import Article, Chunk
from ingest.catalog import Catalog, version_of
from ingest.check import Differences
from ingest.embed import Embedder
from ingest.lexical import Postings
from ingest.tokens import search_tokens
from ingest.vectors import VectorIndex

BATCH = 64
"""Articles a step."""

Progress = Callable[[int, int], None]
"""Told how many articles are done, of how many."""

T = TypeVar("T")


def passage_text(article: Article, chunk: Chunk) -> str:
    """What is embedded and indexed for a chunk: the title, then the chunk, so that every passage says its subject."""
    if not article.title or chunk.text.startswith(article.title):
        return chunk.text
    return f"{article.title}\n{chunk.text}"


def mend_vectors(
    catalog: Catalog, index: VectorIndex, wrong: Differences, embedder: Embedder, progress: Progress | None = None
) -> None:
    """Removes what is in excess in `index` and adds what it lacks; texts are embedded only if that was never done."""
    if not wrong:
        return
    bad = {*wrong.missing, *wrong.extra}
    index.remove([id for id in index.ids() if version_of(id) in bad])
    done = 0
    for versions in batches(wrong.missing, BATCH):
        store_missing_vectors(catalog, versions, embedder)
        for version in versions:
            rows = catalog.vectors(version, embedder.fingerprint)
            if rows is not None:
                index.add([f"{version}:{number}" for number in range(len(rows))], rows)
        done += len(versions)
        if progress:
            progress(done, len(wrong.missing))


def mend_postings(catalog: Catalog, index: Postings, wrong: Differences) -> None:
    """Removes what is in excess in `index` and adds what it lacks."""
    if wrong.extra:
        index.replace(wrong.extra, [])
    for versions in batches(wrong.missing, BATCH * 16):
        index.replace(versions, _passages(catalog, versions))


def store_missing_vectors(catalog: Catalog, versions: Sequence[str], embedder: Embedder) -> None:
    """Embeds the chunks of those versions that have no vectors by `embedder` in the catalog, and keeps them there."""
    for version in versions:
        if catalog.vectors(version, embedder.fingerprint) is None:
            article, chunks = catalog.article(version)
            rows = embedder.encode_passages([passage_text(article, chunk) for chunk in chunks])
            catalog.put_vectors(version, embedder.fingerprint, rows)


def batches(items: Sequence[T], size: int) -> Iterator[list[T]]:
    """`items` in lists of `size`, the last one shorter."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _passages(catalog: Catalog, versions: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    for version in versions:
        article, chunks = catalog.article(version)
        for chunk in chunks:
            yield chunk.id, search_tokens(passage_text(article, chunk))
