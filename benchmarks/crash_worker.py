"""The process that is killed: adds, replaces, deletes and rebuilds in a library, saying before and after what it does.

`python -m benchmarks.crash_worker FOLDER SEED EMBEDDER WORK [AIM]`. WORK is `write` or `rebuild`. AIM, such as
`VectorIndex.add before 2`, makes it kill itself before, during or after the second call of that method.
"""

import json
import os
import random
import signal
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ingest.vectors
from ingest.article import Article
from ingest.catalog import Catalog
from ingest.clean import make_article
from ingest.lexical import Postings
from ingest.library import Library
from ingest.manifest import Manifest
from ingest.vectors import VectorIndex
from tests.fakes import HashEmbedder

ARTICLES = 12
PASSAGES = 6
OWNERS = {"VectorIndex": VectorIndex, "Postings": Postings, "Catalog": Catalog, "Manifest": Manifest}


def sync_often() -> None:
    """Has Chroma write its graph to disk much more often than it would, as a kill in its midst is what we are after."""
    ingest.vectors.SYNC_EVERY = 50


def article(number: int, state: int) -> Article:
    """The article of this number in this state: the text tells both, in every passage."""
    mark = f"item{number}state{state}"
    return make_article(
        "\n\n".join(f"{mark} part {part} {'and more ' * 60}." for part in range(PASSAGES)), id=f"x{number}"
    )


def main(folder: str, seed: str, embedder: str, work: str, aim: str = "") -> None:
    """Works until killed."""
    sync_often()
    if aim:
        _take_aim(*aim.split())
    if work == "rebuild":
        _say({"begin": {}, "rebuild": embedder})
        with Library.rebuild(Path(folder), HashEmbedder(embedder)):
            _say({"done": True})
    else:
        _write(Path(folder), random.Random(int(seed)), embedder)


def _write(folder: Path, chance: random.Random, embedder: str) -> None:
    with Library.open(folder, HashEmbedder(embedder)) as library:
        _say({"begin": {}})
        _say({"done": True})
        while True:
            numbers = chance.sample(range(ARTICLES), chance.randint(1, 4))
            if chance.random() < 0.3 and f"x{numbers[0]}" in library:
                _say({"begin": {numbers[0]: None}})
                library.delete(f"x{numbers[0]}")
            else:
                states = {number: chance.randrange(1_000_000) for number in numbers}
                _say({"begin": states})
                library.add([article(*pair) for pair in states.items()])
            _say({"done": True})


def _say(what: Mapping[str, Any]) -> None:
    print(json.dumps(what), flush=True)


def _take_aim(method: str, moment: str, call: str) -> None:
    owner, _, name = method.partition(".")
    inner, left = getattr(OWNERS[owner], name), int(call)

    def aimed(*arguments: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0 and moment == "before":
            _die()
        if left == 0 and moment == "during":
            threading.Timer(0.004, _die).start()
        result = inner(*arguments)
        if left == 0 and moment == "after":
            _die()
        return result

    setattr(OWNERS[owner], name, aimed)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
