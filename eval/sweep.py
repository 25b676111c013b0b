"""A sweep: one run for each combination of settings, and which of them nothing beats in both quality and time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from eval.markup import tag
from eval.metrics import METRICS
from eval.page import html_page, html_table
from eval.plots import pareto_plot
from eval.report import figure_cells, table
from eval.run import Run
from eval.summary import summarise
from ingest.errors import UserError

SYSTEM = "assistant"
SHOWN = ("right", "nDCG@10", "evidence cited", "abstention F1")
"""The metrics in a sweep's table."""


@dataclass(frozen=True)
class Trial:
    """One combination of a sweep and what came of it; `best`: none is both better and faster (or as good and faster).

    `figures` are the metrics as in a run's summary, `ms` the median time of an answer, `errors` what failed.
    """

    name: str
    figures: Mapping[str, Any]
    ms: float
    errors: int
    best: bool = False


def combinations(axes: Sequence[str]) -> list[tuple[str, ...]]:
    """Every combination of axes such as `passages=4,8`, as assignments. Raises UserError for what is no axis."""
    values = []
    for axis in axes:
        name, _, rest = axis.partition("=")
        choices = [value.strip() for value in rest.split(",") if value.strip()]
        if not name or not choices:
            raise UserError(f"--over {axis}: give NAME=VALUE,VALUE such as passages=4,8.")
        values.append([f"{name.strip()}={value}" for value in dict.fromkeys(choices)])
    return list(product(*values))


def folder_name(assignments: Sequence[str]) -> str:
    """A name for the folder of a combination's run; a path or model name becomes one word."""
    return ",".join(re.sub(r"[^\w=.-]+", "_", assignment) for assignment in assignments)


def refuse_unknown_metric(name: str) -> None:
    """Raises UserError, before anything is run, when no metric has this name."""
    if all(metric.name != name for metric in METRICS):
        known = ", ".join(metric.name for metric in METRICS)
        raise UserError(f"--quality {name}: no such figure; there are {known}.")


def trials(runs: Mapping[str, Run], quality: str) -> list[Trial]:
    """What came of each run of a sweep, by its name, with the Pareto front marked."""
    found = []
    for name, run in runs.items():
        summary = summarise(run)
        figures = summary["systems"][SYSTEM]
        took = summary["timings_ms"][SYSTEM].get("ask", {"p50": float("nan")})["p50"]
        found.append(Trial(name, figures["metrics"], took, figures["errors"] + figures["missing"]))
    if any(quality not in one.figures for one in found):
        raise UserError(f"--quality {quality}: no question counts there; figures are {', '.join(found[0].figures)}.")
    lower = next(metric for metric in METRICS if metric.name == quality).better == "lower"
    points = [((-1 if lower else 1) * (one.figures[quality]["value"] or 0.0), -one.ms) for one in found]
    return [
        Trial(one.name, one.figures, one.ms, one.errors, not any(_beats(other, point) for other in points))
        for one, point in zip(found, points, strict=True)
    ]


def sweep_table(found: Sequence[Trial], quality: str) -> str:
    """The trials as text, the Pareto front marked with a star."""
    names = _columns(quality)
    rows = []
    for one in found:
        figures = (" ".join(figure_cells(one.figures.get(name))) for name in names)
        rows.append([one.name, *figures, f"{one.ms:.1f}", str(one.errors), "*" if one.best else ""])
    return table(["", *names, "ms (p50)", "errors", "best"], rows)


def sweep_page(found: Sequence[Trial], quality: str) -> str:
    """The trials as one HTML file: the plot of quality against time, and the table."""
    names = _columns(quality)
    points = [(one.name, one.ms, one.figures[quality], one.best) for one in found]
    rows = []
    for number, one in enumerate(found, start=1):
        figures = [figure_cells(one.figures.get(name)) for name in names]
        cells = [tag("td", value, tag("small", interval)) for value, interval in figures]
        times = (tag("td", f"{one.ms:.1f}"), tag("td", str(one.errors)), tag("td", "★" if one.best else ""))
        rows.append(tag("tr", tag("td", f"{number}. {one.name}"), *cells, *times))
    plot = pareto_plot(points, f"{quality} against time", "median milliseconds an answer", quality)
    return html_page(
        "assistant-eval: sweep",
        tag("h1", "assistant-eval: sweep"),
        tag("p", "★ and the line: nothing is both better and faster. Chosen on one split, report on another."),
        tag("p", "Where intervals overlap, a difference may be chance; time depends on what else ran.", class_="soft"),
        tag("div", plot, class_="card"),
        tag("h2", "All combinations"),
        html_table(["", *names, "ms (p50)", "errors", "best"], rows),
    )


def _columns(quality: str) -> list[str]:
    return list(dict.fromkeys((quality, *SHOWN)))


def _beats(other: tuple[float, float], point: tuple[float, float]) -> bool:
    return other != point and other[0] >= point[0] and other[1] >= point[1]
