"""Another embedding model for a library: its vectors made anew, while it is closed or behind those in use."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any

from ingest.catalog import Catalog, version_of
from ingest.check import POSTINGS, VECTORS, Differences, chunk_ids, take_mark
from ingest.embed import Embedder
from ingest.manifest import Manifest
from ingest.repair import BATCH, Chunked, Progress, batches, embed, mend_vectors, stored_vectors, vectors_folder
from ingest.vectors import VectorIndex


def drop_indexes(folder: Path, catalog: Catalog, embedder: Embedder, progress: Progress | None = None) -> None:
    """Embeds every text with `embedder`, then removes the indexes: the next opening makes them of what is embedded.

    Until every text is embedded the library stays as it was; interrupted, the next attempt goes on where it stopped.
    """
    take_mark(folder)
    embed_all(catalog, embedder, progress)
    Manifest.of(embedder).write(folder)
    shutil.rmtree(folder / VECTORS, ignore_errors=True)
    shutil.rmtree(folder / POSTINGS, ignore_errors=True)
    catalog.drop_other_vectors(embedder.fingerprint)


def make_vectors(
    folder: Path,
    catalog: Catalog,
    embedder: Embedder,
    writing: AbstractContextManager[Any],
    use: Callable[[VectorIndex, Embedder], VectorIndex],
    progress: Progress | None = None,
) -> None:
    """Makes the vectors of every article by `embedder` beside those in use, and has `use` swap them at the end.

    Others may write meanwhile: `writing` is held for moments only. `use` returns the former vectors, which go.
    """
    ours = vectors_folder(folder, embedder)
    shutil.rmtree(ours, ignore_errors=True)  # of an earlier attempt; what it embedded is in the catalog
    fresh = VectorIndex(ours)
    former = None
    try:
        fill_vectors(catalog, fresh, embedder, writing, progress)
        with writing:
            mend_vectors(catalog, fresh, missed(catalog, fresh), embedder)
            former = use(fresh, embedder)
            catalog.drop_other_vectors(embedder.fingerprint)
    except BaseException:
        if former is None:
            fresh.close()
        raise
    former.close()
    for other in (folder / VECTORS).iterdir():
        if other != ours:
            shutil.rmtree(other, ignore_errors=True)


def embed_all(catalog: Catalog, embedder: Embedder, progress: Progress | None = None) -> None:
    """Sees to it that the catalog has the vectors of every article by `embedder`; interrupted, it has those made."""
    versions = list(catalog.chunk_counts())
    for number, part in enumerate(batches(versions, BATCH)):
        stored_vectors(catalog, part, embedder)
        if progress:
            progress(number * BATCH + len(part), len(versions))


def fill_vectors(
    catalog: Catalog,
    index: VectorIndex,
    embedder: Embedder,
    writing: AbstractContextManager[Any],
    progress: Progress | None = None,
) -> None:
    """Puts the vectors of every article by `embedder` into `index` while others write to the catalog.

    What they write meanwhile is missed (`missed`). `writing` is held for moments only, never to embed.
    """
    versions = list(catalog.chunk_counts())
    for number, part in enumerate(batches(versions, BATCH)):
        lacking = [version for version in part if catalog.vectors(version, embedder.fingerprint) is None]
        chunked = dict(_still_there(catalog, lacking))
        if chunked:
            made = embed(list(chunked.values()), embedder)
            with writing:
                catalog.put_vectors(dict(zip(chunked, made, strict=True)), embedder.fingerprint)
        for version in part:
            rows = catalog.vectors(version, embedder.fingerprint)
            if rows is not None:
                index.add(chunk_ids(version, len(rows)), rows)
        if progress:
            progress(number * BATCH + len(part), len(versions))


def missed(catalog: Catalog, index: VectorIndex) -> Differences:
    """The articles that came or went since `index` was filled."""
    found, expected = {version_of(id) for id in index.ids()}, catalog.chunk_counts()
    missing = tuple(version for version in expected if version not in found)
    return Differences(missing, tuple(sorted(found - expected.keys())))


def _still_there(catalog: Catalog, versions: Iterable[str]) -> Iterator[tuple[str, Chunked]]:
    for version in versions:
        with suppress(LookupError):
            yield version, catalog.article(version)
