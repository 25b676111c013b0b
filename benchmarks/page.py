"""How fast the page is, in a real browser: `python -m benchmarks.page [--articles N] [--repeats N]`.

Prints when the app serves, and in milliseconds the time from Enter to the first sentence on the screen, from a click
on a citation to its highlighted sentence, and what twenty people wait who ask at once. Needs Chromium.

Without `--articles` the sample library answers; with it a library of N made-up articles is added to it first.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from assistant.sample import sample_articles
from ingest.article import Article
from ingest.clean import make_article
from ingest.embed import load_embedder
from ingest.library import Library
from tests.browser import Browser, serving

QUESTIONS = (
    "쿠팡이 약속한 건 뭐야?",
    "What did Coupang pledge?",
    "네이버는 AI 교육에 얼마를 투자하나?",
    "카카오톡 선물하기 정산은 한 달에 몇 번?",
    "Which professor spoke at the platform meeting?",
)
PEOPLE = 20
# From Enter (or the click) to the animation frame after the element is there: what the reader waits for.
_UNTIL_SHOWN = """([act, wanted]) => new Promise((done) => {
  const started = performance.now();
  const look = () => document.querySelector(wanted) ? requestAnimationFrame(() => done(performance.now() - started))
                                                    : requestAnimationFrame(look);
  if (act === "enter") document.querySelector(".composer textarea").dispatchEvent(
    new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  else [...document.querySelectorAll(".turn.last .chip")].at(-1).click();
  look();
})"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print a line for each figure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page", description=__doc__)
    parser.add_argument("--articles", type=int, default=0, metavar="N", help="made-up articles beside the sample's")
    parser.add_argument("--repeats", type=int, default=5, metavar="N", help="how often each question is asked")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        if options.articles:
            _fill(Path(folder) / "library", options.articles)
        started = time.perf_counter()
        with serving(Path(folder)) as app:
            print(f"served after {time.perf_counter() - started:.1f} s")
            with Browser() as browser:
                _one_reader(browser.page(app), options.repeats)
            _many_readers(app)


def _fill(folder: Path, count: int) -> None:
    with Library.open(folder, load_embedder()) as library:
        library.add(sample_articles())
        batch: list[Article] = []
        for article in _made_up(count):
            batch.append(article)
            if len(batch) == 500:
                library.add(batch)
                batch.clear()
        library.add(batch)
        print(f"library: {len(library):,} articles, {library.chunk_count:,} passages")


def _made_up(count: int) -> Iterator[Article]:
    """Articles of the sample's sentences in new company, half Korean and half English; the same ones every time."""
    chance = np.random.default_rng(0)
    pools = {
        language: [span.of(one.text) for one in sample_articles() if one.language == language for span in one.sentences]
        for language in ("ko", "en")
    }
    for number in range(count):
        language = ("ko", "en")[number % 2]
        picked = chance.choice(pools[language], 12)
        yield make_article(f"{number}. " + " ".join(picked), id=f"made-up-{number}")


def _one_reader(page: Any, repeats: int) -> None:
    first: list[float] = []
    highlighted: list[float] = []
    for question in QUESTIONS * repeats:
        page.locator(".fresh").click() if page.locator(".turn").count() else None
        page.fill(".composer textarea", question)
        first.append(page.evaluate(_UNTIL_SHOWN, ["enter", ".turn.last :is(.sentence, .abstained)"]))
        page.locator(".turn.last .tools button").first.wait_for()
        if page.locator(".turn.last .chip").count() > 1:
            page.evaluate("document.querySelectorAll('.current').forEach((one) => one.classList.remove('current'))")
            highlighted.append(page.evaluate(_UNTIL_SHOWN, ["click", ".desk .reader .current"]))
    _print("Enter to the first sentence", first)
    _print("click to the highlighted sentence", highlighted)


def _many_readers(app: str) -> None:
    from gradio_client import Client

    clients = [Client(app, verbose=False) for _ in range(PEOPLE)]

    def ask(number: int) -> float:
        started = time.perf_counter()
        answer = clients[number].predict(QUESTIONS[number % len(QUESTIONS)], api_name="/ask")
        assert answer["answer"]
        return (time.perf_counter() - started) * 1000

    with ThreadPoolExecutor(PEOPLE) as people:
        _print(f"{PEOPLE} people asking at once, the whole answer", list(people.map(ask, range(PEOPLE))))


def _print(what: str, milliseconds: Sequence[float]) -> None:
    p50, p95 = np.percentile(milliseconds, [50, 95])
    print(f"{what}: p50 {p50:.0f} ms, p95 {p95:.0f} ms (n={len(milliseconds)})", flush=True)


if __name__ == "__main__":
    main()
