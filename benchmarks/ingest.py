"""How fast articles come in, and where the time goes: `python -m benchmarks.ingest [ARTICLES ...]`.

Invented Korean articles of 1,500 characters, the shipped embedding model, each batch on disk before the next. Stages
of different threads overlap, so that their sum may exceed the whole.
"""

import argparse
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

import ingest.library
from benchmarks.korean import korean_text
from ingest.article import Article
from ingest.clean import make_article
from ingest.embed import load_embedder
from ingest.library import Library
from ingest.pipeline import ingest_articles
from ingest.tokens import search_tokens

Clock = defaultdict[str, float]


def main() -> None:
    """Runs the measurement for each number of articles and prints a table for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="*", default=[1000, 20_000])
    for count in parser.parse_args().articles:
        with tempfile.TemporaryDirectory() as folder:
            measure(count, Path(folder) / "library")


def measure(count: int, folder: Path) -> None:
    """Fills a library with `count` articles and prints the rate, and the cost of one more, of opening, of searching."""
    clock: Clock = defaultdict(float)
    embedder = load_embedder()
    with Library.open(folder, embedder) as library:
        _watch(library, clock)
        begun, processor = time.perf_counter(), time.process_time()
        outcomes = list(ingest_articles(library, _articles(count, clock)))
        took = time.perf_counter() - begun - clock.pop("inventing the texts")
        processor = time.process_time() - processor
        assert [outcome.status for outcome in outcomes] == ["added"] * count
        print(
            f"\n{count} articles, {library.chunk_count} passages: {took:.1f} s, {count / took:.0f} articles/s, "
            f"{processor:.1f} s of processor"
        )
        for stage, seconds in sorted(clock.items(), key=lambda item: -item[1]):
            print(f"  {stage:32} {seconds:7.2f} s  {seconds / count * 1000:6.2f} ms an article")
        more = [_timed(partial(library.add, [make_article(korean_text(-n), id=f"more {n}")])) for n in range(1, 6)]
        print(
            f"  one more article                 {np.median(more) * 1000:.0f} ms (slowest of 5: {max(more) * 1000:.0f})"
        )
        words, meaning = _searches(library)
        print(f"  search by words, 30 tokens       {words * 1000:.1f} ms (median of 50)")
        print(f"  search by meaning                {meaning * 1000:.1f} ms (median of 50)")
    print(
        f"  opening and a first search       {_timed(lambda: _open_and_search(folder)) * 1000:.0f} ms (chromadb loaded)"
    )
    print(f"  peak memory                      {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _articles(count: int, clock: Clock) -> Iterator[Article]:
    for number in range(count):
        begun = time.perf_counter()
        text = korean_text(number)
        clock["inventing the texts"] += (invented := time.perf_counter()) - begun
        article = make_article(text, id=f"article {number}", title=text.split(".")[0])
        clock["article and sentences"] += time.perf_counter() - invented
        yield article


def _watch(library: Library, clock: Clock) -> None:
    """Has the parts of the library tell how long they take."""
    _time(clock, ingest.library, "chunk_article", "chunks")
    _time(clock, ingest.library, "read_articles", "tokens and readings")
    _time(clock, library.embedder, "encode_passages", "embedding")
    _time(clock, library._vectors, "add", "Chroma")
    _time(clock, library._postings, "replace", "tokens, readings and tantivy")
    _time(clock, library._catalog, "put", "SQLite")


def _time(clock: Clock, owner: Any, name: str, stage: str) -> None:
    inner: Callable[..., Any] = getattr(owner, name)

    def timed(*arguments: Any) -> Any:
        begun = time.perf_counter()
        try:
            return inner(*arguments)
        finally:
            clock[stage] += time.perf_counter() - begun

    setattr(owner, name, timed)


def _searches(library: Library) -> tuple[float, float]:
    """Median seconds of a search by the first 30 tokens of an article, and of one by the meaning of them."""
    words, meaning = [], []
    for number in range(50):
        tokens = list(dict.fromkeys(search_tokens(korean_text(number))))[:30]
        vector = library.embedder.encode_queries([" ".join(tokens)])[0]
        words.append(_timed(partial(library.lexical, dict.fromkeys(tokens, 1.0), 100)))
        meaning.append(_timed(partial(library.dense, vector, 100)))
    return float(np.median(words)), float(np.median(meaning))


def _open_and_search(folder: Path) -> None:
    embedder = load_embedder()
    with Library.open(folder, embedder) as library:
        library.dense(embedder.encode_queries(["정산 주기를 줄이기로 한 곳은?"])[0], 50)
        library.lexical(dict.fromkeys(search_tokens("정산 주기를 줄이기로 한 곳은?"), 1.0), 50)


def _timed(action: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
