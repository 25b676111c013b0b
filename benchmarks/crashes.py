"""`kill -9` at random and aimed moments, and what is left: `python -m benchmarks.crashes [--kills 120] [--seed 1]`.

One library lives through all kills. After each it is opened and every article compared with what was acknowledged:
whole and as acknowledged, or, where a write was under way, as before it or after it.
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.crash_worker import ARTICLES, PASSAGES, article, sync_often
from ingest.library import Library
from ingest.manifest import EmbedderMismatch
from ingest.passages import UnknownArticle
from tests.fakes import HashEmbedder

METHODS = ["VectorIndex.add", "Postings.replace", "Catalog.put", "VectorIndex.remove", "Catalog.delete"]
AIMS = [f"{method} {moment}" for method in METHODS for moment in ("before", "during", "after")]
REBUILD_AIMS = ["Catalog.put_vectors after 5", "Manifest.write before 1", "Manifest.write after 1"]
REBUILD_AIMS += ["VectorIndex.add during 1", "Postings.replace before 1"]


@dataclass
class Survivor:
    """A library that is killed again and again, and what we know it must hold: state by number, None where absent."""

    folder: Path
    acknowledged: dict[int, int | None] = field(default_factory=lambda: dict.fromkeys(range(ARTICLES)))
    under_way: dict[int, int | None] = field(default_factory=dict)
    embedder: str = "first"

    def kill(self, seed: int, work: str = "write", aim: str = "", after: float = 0.0) -> None:
        """Lets a process work on the library until it is killed: by itself where `aim` says, or `after` seconds."""
        embedder = self.embedder if work == "write" else ("second" if self.embedder == "first" else "first")
        command = [sys.executable, "-m", "benchmarks.crash_worker", str(self.folder), str(seed), embedder, work, aim]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as worker:
            assert worker.stdout
            assert worker.stderr
            lines = [worker.stdout.readline()]
            if not aim:
                time.sleep(after)
                worker.send_signal(signal.SIGKILL)
            lines += worker.stdout.readlines()
            errors = worker.stderr.read()
        if worker.returncode not in (-signal.SIGKILL, 0):
            raise AssertionError(f"the worker failed before it was killed:\n{errors}")
        for line in filter(None, lines):
            said = json.loads(line)
            if "begin" in said:
                self.under_way = {int(number): state for number, state in said["begin"].items()}
            elif "done" in said:
                self.acknowledged |= self.under_way
                self.under_way = {}

    def faults(self) -> Counter[str]:
        """Opens the library and counts what is wrong: articles lost, half there; searches that miss; rebuilds."""
        faults: Counter[str] = Counter()
        with self._open() as library:
            faults["rebuilt"] += sum("damaged" in notice for notice in library.notices)
            faults["mended"] += sum("wrong" in notice for notice in library.notices)
            for number in range(ARTICLES):
                allowed = {self.acknowledged[number], self.under_way.get(number, self.acknowledged[number])}
                state = _state(library, number, allowed)
                if state not in allowed:
                    faults["half" if state == -1 else "lost"] += 1
                    continue
                self.acknowledged[number] = state
                faults["unfindable"] += state is not None and not _found(library, number, state)
            faults["disagree"] += not library.verify().sound
            expected = sum(state is not None for state in self.acknowledged.values())
            faults["disagree"] += len(library) != expected
        self.under_way = {}
        return +faults

    def _open(self) -> Library:
        try:
            return Library.open(self.folder, HashEmbedder(self.embedder))
        except EmbedderMismatch:  # a rebuild got as far as the switch
            self.embedder = "second" if self.embedder == "first" else "first"
            return Library.open(self.folder, HashEmbedder(self.embedder))


def _state(library: Library, number: int, allowed: set[int | None]) -> int | None:
    """The state the article of this number is in, one of `allowed`; None: absent; -1: none of them."""
    try:
        stored = library.get(f"x{number}")
    except UnknownArticle:
        return None
    return next((state for state in allowed if state is not None and article(number, state) == stored), -1)


def _found(library: Library, number: int, state: int) -> bool:
    """Whether every passage of the article is found by words and by meaning."""
    by_words = [id for id, _ in library.lexical({str(state): 1.0}, 50)]
    chunks = [chunk.id for chunk in library.chunks(by_words).values() if chunk.article_id == f"x{number}"]
    near = [dict(library.dense(vector, 20)) for vector in library.vectors_of(chunks)]
    return len(chunks) == PASSAGES and all(hits.get(id, 0.0) > 0.999 for id, hits in zip(chunks, near, strict=True))


def main() -> None:
    """Kills, checks, and prints a table of what was found by kind of kill."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sync_often()
    table: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        survivor = Survivor(Path(folder))
        for number in range(options.kills):
            kind = strike(survivor, options.seed * 10_000 + number)
            faults = survivor.faults()
            table.setdefault(kind, Counter()).update({"kills": 1, **faults})
            print(f"kill {number + 1:4} {kind:28} {dict(faults) or 'whole'}", flush=True)
    columns = ["kills", "lost", "half", "unfindable", "disagree", "mended", "rebuilt"]
    print(f"\n{'':28}" + "".join(f"{column:>12}" for column in columns))
    for kind, counts in sorted(table.items()):
        print(f"{kind:28}" + "".join(f"{counts[column]:12}" for column in columns))


def strike(survivor: Survivor, seed: int) -> str:
    """One kill, of a kind that follows from `seed`; returns the kind."""
    chance = random.Random(seed)
    kind = chance.choices(["random", "aimed", "rebuild random", "rebuild aimed"], [4, 4, 1, 1])[0]
    if kind == "random":
        survivor.kill(seed, after=chance.uniform(0, 1.5))
    elif kind == "aimed":
        aim = chance.choice(AIMS)
        survivor.kill(seed, aim=f"{aim} {chance.randint(1, 6)}")
        kind = aim
    elif kind == "rebuild random":
        survivor.kill(seed, "rebuild", after=chance.uniform(0, 1.5))
    else:
        aim = chance.choice(REBUILD_AIMS)
        survivor.kill(seed, "rebuild", aim)
        kind = f"rebuild: {aim}"
    return kind


if __name__ == "__main__":
    main()
