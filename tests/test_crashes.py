"""A library that was killed at work, or whose files were damaged, is whole again after opening."""

import shutil
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import ingest.vectors
from benchmarks.crashes import Survivor
from ingest.catalog import LibraryDamaged
from ingest.library import Library
from tests.fakes import HashEmbedder
from tests.test_library import by_meaning, by_words, many

KILLS = [
    ("write", "VectorIndex.add during 2", 0.0),
    ("write", "Postings.replace after 3", 0.0),
    ("write", "Catalog.put after 2", 0.0),
    ("write", "VectorIndex.remove before 1", 0.0),
    ("write", "", 0.3),
    ("rebuild", "Manifest.write after 1", 0.0),
]


def test_after_every_kill_each_article_is_whole_or_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One library lives through all kills; `python -m benchmarks.crashes` does this with a hundred and more."""
    monkeypatch.setattr(ingest.vectors, "SYNC_EVERY", 50)
    survivor = Survivor(tmp_path)
    for seed, (work, aim, after) in enumerate(KILLS):
        survivor.kill(seed, work, aim, after)
        faults = survivor.faults()
        assert not {"lost", "half", "unfindable", "disagree"} & faults.keys(), f"after {work} {aim}: {faults}"
    assert any(state is not None for state in survivor.acknowledged.values())


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A closed library of 120 articles whose Chroma has written its graph to disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ingest.vectors, "SYNC_EVERY", 50)
        folder = tmp_path_factory.mktemp("sound") / "library"
        with Library.open(folder, HashEmbedder()) as library:
            library.add(many(120))
        yield folder


def zeroed(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def sparse(file: Path) -> None:
    """All holes, and far longer than it was: what a kill can leave of Chroma's graph."""
    with file.open("wb") as out:
        out.truncate(1 << 32)


def flipped(file: Path) -> None:
    """One byte of it changed."""
    data = bytearray(file.read_bytes())
    data[len(data) // 3] ^= 0xFF
    file.write_bytes(data)


def removed(file: Path) -> None:
    file.unlink()


@pytest.mark.parametrize(
    ("part", "pattern", "damage"),
    [
        ("vectors", "data_level0.bin", zeroed),
        ("vectors", "data_level0.bin", truncated),
        ("vectors", "link_lists.bin", sparse),
        ("vectors", "header.bin", zeroed),
        ("vectors", "chroma.sqlite3", truncated),
        ("postings", "*.term", truncated),
        ("postings", "*.idx", flipped),
        ("postings", "meta.json", removed),
    ],
)
def test_a_damaged_index_is_noticed_and_made_again(
    sound: Path, tmp_path: Path, part: str, pattern: str, damage: Callable[[Path], None]
) -> None:
    folder = shutil.copytree(sound, tmp_path / "library")
    files = sorted((folder / part).rglob(pattern))
    assert files
    for file in files:
        damage(file)
    with Library.open(folder, HashEmbedder()) as library:
        assert [part in notice for notice in library.notices] == [True]
        assert library.verify().sound
        assert by_words(library, "Report 77", k=1)[0].startswith("Report 77.")
        assert any(text.startswith("Report 77.") for text in by_meaning(library, "Report 77", k=5))
    with Library.open(folder, HashEmbedder()) as library:
        assert library.notices == ()


def test_a_file_that_a_kill_left_in_the_way_of_the_postings_does_not_keep_the_library_shut(
    sound: Path, tmp_path: Path
) -> None:
    """tantivy writes what it deletes to `SEGMENT.NUMBER.del`, and fails where such a file stands already."""
    folder = shutil.copytree(sound, tmp_path / "library")
    with Library.open(folder, HashEmbedder()) as library:
        library._postings.replace([], [("of-a-killed-write:0", "rain")])
    footer = b'{"crc": 0}'
    left = footer + struct.pack("<II", len(footer), 1337)  # empty, with the checksum that tantivy gives it
    segments = {file.stem for file in (folder / "postings").glob("*.idx")}
    for segment in segments:
        for number in range(3000):
            (folder / "postings" / f"{segment}.{number}.del").write_bytes(left)
    with Library.open(folder, HashEmbedder()) as library:
        assert library.verify().sound
        assert by_words(library, "Report 77", k=1)[0].startswith("Report 77.")


def test_a_copied_library_is_as_good_as_the_original(sound: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(sound, tmp_path / "library")
    with Library.open(folder, HashEmbedder()) as library:
        assert library.notices == ()
        assert len(library) == 120
        assert library.verify().sound


def test_indexes_that_are_gone_are_made_again_from_the_catalog(sound: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(sound, tmp_path / "library", ignore=shutil.ignore_patterns("vectors", "postings"))
    with Library.open(folder, HashEmbedder()) as library:
        assert len(library.notices) == 2
        assert library.verify().sound
        assert by_words(library, "Report 77", k=1)[0].startswith("Report 77.")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_on_a_full_disk_nothing_is_added_and_questions_are_answered(tmp_path: Path) -> None:
    code = """
import resource, signal, sys
from pathlib import Path
from ingest.library import Library, WriteFailed
from tests.fakes import HashEmbedder
from tests.test_library import by_meaning, by_words, many

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Library.open(Path(sys.argv[1]), HashEmbedder()) as library:
    library.add(many(50))
    for limit in (400_000, 200_000, 1_000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        try:
            library.add(many(400)[50:])
        except WriteFailed:
            print("refused")
        print(len(library), by_words(library, "Report 7", 1)[0][:9], by_meaning(library, "Report 7", 1)[0][:9])
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(library.add(many(51)[50:]))
"""
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=300)
    assert done.stdout.splitlines() == ["refused", "50 Report 7. Report 7."] * 3 + ["['added']"], done.stderr
    with Library.open(tmp_path, HashEmbedder()) as library:
        assert len(library) == 51
        assert library.verify().sound


def test_a_catalog_that_is_no_database_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite").write_bytes(b"not a database " * 100)
    with pytest.raises(LibraryDamaged, match="backup"):
        Library.open(tmp_path, HashEmbedder())
