"""Are the vectors and the postings what the catalog says they are?

Run in a process of its own (`inspect`), because a damaged Chroma folder can take down the process that opens it.
"""

import json
import os
import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from ingest.catalog import Catalog, version_of
from ingest.lexical import Postings
from ingest.manifest import replace_file
from ingest.process import run_module
from ingest.vectors import VectorIndex

CATALOG = "catalog.sqlite"
VECTORS = "vectors"
POSTINGS = "postings"
CLOSED = "closed.json"
SAMPLE = 64
"""How many vectors are looked up by search, to see that the graph still leads to them."""
MOST_LOST = 1 / 4
"""The share of them that a sound graph may miss: among hundreds of near-duplicates it misses up to one in eight."""


@dataclass(frozen=True)
class Differences:
    """Where an index differs from the catalog, by version: what it lacks (or has wrong), what it has too much."""

    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra)


@dataclass(frozen=True)
class Report:
    """How the indexes of a library stand to its catalog. None: so damaged that it cannot be read."""

    vectors: Differences | None
    postings: Differences | None

    @property
    def sound(self) -> bool:
        """Whether the indexes hold exactly what the catalog says."""
        return self.vectors == self.postings == Differences()


def inspect(folder: Path, vectors: Path, embedder: str) -> Report:
    """Compares the indexes of the library in `folder` with its catalog, in another process.

    `vectors` is the folder of the vectors made by the embedder with fingerprint `embedder`. Nothing may have the
    indexes open meanwhile.
    """
    return Report(
        _in_another_process("vectors", folder, vectors, embedder),
        _in_another_process("postings", folder, folder / POSTINGS, embedder),
    )


def mark_closed(folder: Path) -> None:
    """Notes how the indexes of the library in `folder` are left, for `take_mark`."""
    replace_file(folder / CLOSED, json.dumps(_index_state(folder)))


def take_mark(folder: Path) -> bool:
    """Whether the indexes are as their last holder left them on closing. The mark is gone afterwards."""
    mark = folder / CLOSED
    try:
        as_left = bool(json.loads(mark.read_text(encoding="utf-8")) == _index_state(folder))
    except (OSError, ValueError):
        as_left = False
    mark.unlink(missing_ok=True)
    return as_left


def vector_differences(catalog: Catalog, index: VectorIndex, embedder: str) -> Differences | None:
    """Compares every stored vector with the catalog's, and looks some of them up; None when the graph is broken."""
    found: dict[str, set[str]] = {}
    for id in index.ids():
        found.setdefault(version_of(id), set()).add(id)
    expected = catalog.chunk_counts()
    versions, missing = list(expected), []
    for at in range(0, len(versions), 500):
        part = versions[at : at + 500]
        stored = index.get([id for version in part for id in chunk_ids(version, expected[version])])
        for version in part:
            ids, rows = chunk_ids(version, expected[version]), catalog.vectors(version, embedder)
            whole = found.get(version, set()) == set(ids)
            if rows is None or not whole or not np.allclose([stored[id] for id in ids], rows, atol=1e-3):
                missing.append(version)
    tried = lost = 0
    for version in versions[:: max(1, len(versions) // SAMPLE)]:
        rows = catalog.vectors(version, embedder)
        if version not in missing and rows is not None and len(rows) and rows[0].any():
            hits = index.search(rows[0], 1)
            tried += 1
            lost += not hits or hits[0][1] < 0.999
    if lost > MOST_LOST * tried:
        return None
    return Differences(tuple(missing), tuple(sorted(found.keys() - expected.keys())))


def posting_differences(catalog: Catalog, index: Postings) -> Differences:
    """Compares the number of passages of every version with the catalog's."""
    found, expected = index.versions(), catalog.chunk_counts()
    missing = tuple(version for version, count in expected.items() if count and found.get(version) != count)
    return Differences(missing, tuple(sorted(found.keys() - expected.keys())))


def chunk_ids(version: str, count: int) -> list[str]:
    """The ids of the chunks of an article's version."""
    return [f"{version}:{number}" for number in range(count)]


def checksums_hold(folder: Path) -> bool:
    """Whether every tantivy file in `folder` still has the checksum that its footer gives.

    The footer: JSON with the CRC-32 of what comes before it, its length and a magic number, each of 4 bytes.
    """
    for file in folder.glob("*.*"):
        if file.suffix in {".json", ".lock"} or file.name.startswith("."):
            continue
        data = file.read_bytes()
        try:
            length, magic = struct.unpack("<II", data[-8:])
            footer = json.loads(data[-8 - length : -8])
            if magic != 1337 or zlib.crc32(data[: -8 - length]) != footer["crc"]:
                return False
        except (struct.error, ValueError, KeyError, TypeError):
            return False
    return True


def _index_state(folder: Path) -> dict[str, Any]:
    """Size and time of change of every file of the indexes, and the versions of what reads them."""
    files = (file for part in (VECTORS, POSTINGS) for file in (folder / part).rglob("*") if file.is_file())
    state: dict[str, Any] = {
        file.relative_to(folder).as_posix(): [file.stat().st_size, file.stat().st_mtime_ns]
        for file in files
        if not file.name.startswith(".")  # tantivy's lock files
    }
    return state | {package: metadata.version(package) for package in ("chromadb", "tantivy")}


def _in_another_process(index: str, folder: Path, part: Path, embedder: str) -> Differences | None:
    if not part.exists():
        return None
    size = sum(file.stat().st_size for file in part.rglob("*") if file.is_file())
    patience = 120 + size / 1_000_000  # a broken graph may send its reader in circles
    try:
        said = run_module("ingest.check", index, str(folder), str(part), embedder, seconds=patience)
        answer = json.loads(said.splitlines()[-1])
    except (subprocess.SubprocessError, ValueError, IndexError):
        return None
    return Differences(tuple(answer["missing"]), tuple(answer["extra"])) if answer else None


def _end_with_parent() -> None:
    """Two processes must not have one Chroma open: when the one that asked is gone, the library may be opened anew."""
    os.read(0, 1)
    os._exit(1)


def _main(arguments: Sequence[str]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    index, folder, part, embedder = arguments
    catalog = Catalog(Path(folder) / CATALOG)
    differences = None
    if index == "vectors":
        vectors = VectorIndex(Path(part))
        differences = vector_differences(catalog, vectors, embedder)
        vectors.close()  # a process that just ends can cut Chroma off in the midst of writing its graph
    elif checksums_hold(Path(part)):
        differences = posting_differences(catalog, Postings(Path(part)))
    print(json.dumps(asdict(differences) if differences is not None else None), flush=True)


if __name__ == "__main__":
    _main(sys.argv[1:])
