"""The figures of a run: every metric of every system with its interval, in all and by direction, type and language."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from eval.intervals import Floats, estimate
from eval.metrics import METRICS, Metric, risk_coverage
from eval.run import Asked, Run

GROUPINGS: Mapping[str, Callable[[Asked], str]] = {
    "direction": lambda asked: asked.direction,
    "type": lambda asked: asked.question.type,
}
"""What the figures are broken down by."""


def summarise(run: Run) -> dict[str, Any]:
    """All figures of a run as plain JSON; what differs from run to run is under `timings_ms` alone."""
    return {
        "about": dict(run.about),
        "systems": {system: _system(run, system) for system in run.systems},
        "timings_ms": {system: _timings(run, system) for system in run.systems},
    }


def write_summary(run: Run) -> dict[str, Any]:
    """Summarise a run, leaving the summary in its folder too."""
    summary = summarise(run)
    text = json.dumps(summary, ensure_ascii=False, indent=1)
    (run.folder / "summary.json").write_text(text + "\n", encoding="utf-8")
    return summary


def figures(run: Run, system: str, asked: Sequence[Asked]) -> dict[str, dict[str, Any]]:
    """By metric name: value, low, high, n (questions that count) and unscored (could not be computed)."""
    table = {}
    scores = [run.scores(system, item) for item in asked]
    for metric in METRICS:
        parts = run.parts(system, metric, asked)
        counted = int(np.sum(~np.isnan(parts[:, 0])))
        unscored = sum(metric.name in score and score[metric.name] is None for score in scores)
        if counted or unscored:
            table[metric.name] = {**_estimate(metric, parts), "n": counted, "unscored": unscored}
    return table


def _estimate(metric: Metric, parts: Floats) -> dict[str, float | None]:
    found = estimate(parts, metric.aggregate)
    bounds = {"value": found.value, "low": found.low, "high": found.high}
    return {name: None if value is None else round(value, 6) for name, value in bounds.items()}


def _system(run: Run, system: str) -> dict[str, Any]:
    results = [run.results.get((system, item.question.id)) for item in run.asked]
    there = [result for result in results if result is not None]
    risk = next(metric for metric in METRICS if metric.name == "risk-coverage area")
    return {
        "questions": len(run.asked),
        "errors": sum(result["error"] is not None for result in there),
        "missing": len(results) - len(there),
        "fell_back": sum(_fell_back(run, result) for result in there),
        "tokens": {kind: sum(result["tokens"][kind] for result in there) for kind in ("in", "out")},
        "metrics": figures(run, system, run.asked),
        **{
            f"by_{grouping}": {
                key: figures(run, system, [item for item in run.asked if key_of(item) == key])
                for key in sorted({key_of(item) for item in run.asked})
            }
            for grouping, key_of in GROUPINGS.items()
        },
        "risk_coverage": [[round(x, 6) for x in point] for point in risk_coverage(run.parts(system, risk))],
    }


def _fell_back(run: Run, result: Mapping[str, Any]) -> bool:
    """Whether quotes stand in for the language model that the run was to be answered by."""
    asked_model = run.about.get("settings", {}).get("chat_model", "None") != "None"
    return asked_model and bool(result["answer"]) and result["answer"]["answerer"] != "llm"


def _timings(run: Run, system: str) -> dict[str, dict[str, float]]:
    """Median and 95th percentile of each stage, in milliseconds."""
    stages: dict[str, list[float]] = {}
    for (name, _), result in run.results.items():
        for stage, milliseconds in result["timings_ms"].items() if name == system else ():
            stages.setdefault(stage, []).append(milliseconds)
    return {
        stage: {"p50": round(float(np.median(times)), 2), "p95": round(float(np.percentile(times, 95)), 2)}
        for stage, times in stages.items()
    }
