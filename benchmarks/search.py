"""How fast a question finds its passages: `python -m benchmarks.search [PASSAGES ...]` (default 10,000 and 100,000).

Invented articles (`benchmarks.news`), the shipped embedding model, in process, each question new: from its text to ten
hits with their text. A third of the questions go to some publishers, a third to a span of days. Beside it LangChain's
stock path over the same passages and embedder, without filters: Chroma and BM25 in an EnsembleRetriever.
Each system runs in a process of its own, whose peak memory is shown; "first" is the first question, which also makes
what is kept in memory. Times are of the wall: run it on an idle machine. On a busy one the last column tells more, the
median of the processor's time for a question.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from assistant.filters import Filters, chosen_in
from assistant.retrieve import HybridRetriever
from benchmarks.news import PUBLISHERS, article, question
from eval.baselines import langchain
from eval.questions import Question
from ingest.chunk import LONGEST_CHUNK
from ingest.embed import load_embedder
from ingest.library import Library

QUESTIONS = 200
BATCH = 250  # articles
HITS = 10
FILTERS = (Filters(), Filters(publishers=PUBLISHERS[:3]), Filters(since="2023-01-01", until="2023-12-31"))


@dataclass(frozen=True)
class Speed:
    """Milliseconds of the first question and of the others, the processor's for these, and the peak memory in MB."""

    first: float
    others: Sequence[float]
    processor: Sequence[float]
    memory: float


def main() -> None:
    """Print a table, a line for each system and size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("passages", type=int, nargs="*", default=[10_000, 100_000])
    print("| system | passages | first, ms | p50, ms | p95, ms | peak memory, MB | on disk, MB | processor, ms |")
    print("|---|---|---|---|---|---|---|---|")
    for passages in parser.parse_args().passages:
        with tempfile.TemporaryDirectory() as folder:
            size = _build(Path(folder), passages)
            for system, measure in SYSTEMS.items():
                with get_context("spawn").Pool(1) as process:  # memory is of the system alone
                    speed = process.apply(measure, (Path(folder),))
                p50, p95 = np.percentile(speed.others, [50, 95])
                disk = f"{size / 1e6:.0f}" if system == "assistant" else "in memory"
                times = f"{speed.first:.0f} | {p50:.1f} | {p95:.1f}"
                worked = f"{np.median(speed.processor):.1f}"
                print(f"| {system} | {passages:,} | {times} | {speed.memory:.0f} | {disk} | {worked} |", flush=True)


def _build(folder: Path, passages: int) -> int:
    """Makes a library of at least so many passages in `folder`; returns its size on disk in bytes."""
    with Library.open(folder, load_embedder()) as library:
        number = 0
        while library.chunk_count < passages:
            library.add([article(number + place) for place in range(BATCH)])
            number += BATCH
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _assistant(folder: Path) -> Speed:
    with Library.open(folder, load_embedder()) as library:
        retriever = HybridRetriever(library=library)

        def ask(text: str, number: int) -> None:
            filters = FILTERS[number % len(FILTERS)]
            only = chosen_in(library, filters) if filters else None
            assert all(hit.chunk.text for hit in retriever.search(text, HITS, only))

        return _measured(ask, len(library))


def _langchain(folder: Path) -> Speed:
    with Library.open(folder, load_embedder()) as library:
        system = langchain(library, HITS, LONGEST_CHUNK)

        def ask(text: str, _: int) -> None:
            asked = Question(id="", language="ko", question=text)
            assert all(hit.chunk.text for hit in system.search(asked, HITS))

        return _measured(ask, len(library))


def _measured(ask: Callable[[str, int], None], articles: int) -> Speed:
    chosen = np.random.default_rng(0).choice(articles, QUESTIONS + 1)
    texts = [question(article(int(number)), place) for place, number in enumerate(chosen)]
    took, worked = [], []
    for place, text in enumerate(texts):
        started, begun = time.perf_counter(), time.process_time()
        ask(text, place)
        worked.append((time.process_time() - begun) * 1000)
        took.append((time.perf_counter() - started) * 1000)
    return Speed(took[0], took[1:], worked[1:], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


SYSTEMS: dict[str, Callable[[Path], Speed]] = {"assistant": _assistant, "LangChain": _langchain}

if __name__ == "__main__":
    main()
