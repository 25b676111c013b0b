"""The page's Eval tab: runs the gold questions about the sample articles, and shows the figures. `app.py` hands it in.

It asks without a language model, so that a click costs nobody money and sends nothing anywhere.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from assistant.settings import Settings
from assistant.web.strings import STRINGS
from ingest.errors import UserError

if TYPE_CHECKING:
    from eval.run import Asked

FEW = 60
"""So many questions make the short run."""
_SHOWN = ("assistant", "bm25", "dense")

Step = dict[str, Any]
_log = logging.getLogger(__name__)


class _Stopped(Exception):
    """Nobody waits for the run any more."""


def eval_tab(settings: Settings) -> Callable[[], None]:
    """What `build_page` takes as a tab. One run at a time, whoever asks."""

    def build() -> None:
        import gradio as gr

        with gr.Tab(gr.I18n(**STRINGS)("tab_eval"), elem_id="tab-eval"):
            table = gr.HTML(
                html_template="<section class='measured'></section>",
                js_on_load="newsroom.measured(element, trigger, props, watch); /* triggers 'run' and 'halt' */",
                apply_default_css=False,
            )

            def measure(event: gr.EventData) -> Iterator[Step]:
                yield from measured(settings, FEW if event._data["few"] else None)

            running = table.run(
                measure, outputs=table, show_progress="hidden", concurrency_limit=1, api_visibility="private"
            )
            table.halt(None, cancels=[running], api_visibility="private")

    return build


def measured(settings: Settings, limit: int | None = None) -> Iterator[Step]:
    """The run, step by step: how many of the questions are done, and last the figures, or why there are none.

    `limit` is the number of questions, the same ones every time; None is all. Closing the iterator ends the run.
    """
    steps: SimpleQueue[Step] = SimpleQueue()
    stop = Event()
    worker = Thread(target=_run, args=(replace(settings, chat_model=None), limit, steps.put, stop), daemon=True)
    worker.start()
    try:
        while True:
            step = steps.get()
            yield step
            if step["state"] != "running":
                return
    finally:
        stop.set()


def _run(settings: Settings, limit: int | None, tell: Callable[[Step], None], stop: Event) -> None:
    try:
        with suppress(_Stopped):
            tell(_figures(settings, limit, tell, stop))
    except UserError as error:
        tell({"state": "failed", "error": str(error)})
    except ImportError as error:
        tell({"state": "failed", "error": f"{error}. Install it with: pip install 'newsroom-assistant[eval]'"})
    except Exception:  # a bug of ours must not leave the reader waiting
        _log.exception("the evaluation failed")
        tell({"state": "failed", "error": None})


def _figures(settings: Settings, limit: int | None, tell: Callable[[Step], None], stop: Event) -> Step:
    from eval.adapters import read_articles, sample_of
    from eval.configuration import Configuration
    from eval.page import report_page
    from eval.run import fill
    from eval.stage import load_gold, sample_articles, sample_gold, staged
    from eval.summary import summarise

    def watched(asked: "Iterable[Asked]") -> "Iterator[Asked]":
        for done, item in enumerate(asked):
            if stop.is_set():
                raise _Stopped
            tell({"state": "running", "done": done, "total": len(dataset.questions)})
            yield item

    dataset = load_gold(sample_gold(), None, tuple(read_articles(sample_articles())))
    if limit:
        dataset = replace(dataset, questions=sample_of(dataset.questions, limit))
    with (
        TemporaryDirectory() as folder,
        staged(Path(folder) / "sample", dataset, None, Configuration(settings), _SHOWN) as (run, systems, find),
    ):
        run = fill(run, systems, find, watched)
        return _table(summarise(run)) | {"report": report_page([run])}


def _table(summary: Mapping[str, Any]) -> Step:
    """The summary as the page draws it: a row a metric, a cell a system, each with its 95% interval."""
    from eval.metrics import METRICS

    systems = summary["systems"]
    figures = {metric: [system["metrics"].get(metric.name) for system in systems.values()] for metric in METRICS}
    return {
        "state": "done",
        "questions": summary["about"]["questions"],
        "articles": summary["about"]["articles"],
        "systems": list(systems),
        "rows": [
            {
                "group": metric.group,
                "name": metric.name,
                "lower": metric.better == "lower",
                "n": next(cell["n"] for cell in cells if cell),
                "cells": cells,
            }
            for metric, cells in figures.items()
            if any(cells)
        ],
        "faults": {name: {kind: system[kind] for kind in ("errors", "missing")} for name, system in systems.items()},
    }
