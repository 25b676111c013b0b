"""The gate: fails when a metric falls significantly below its committed floor.

A baseline is one JSON file: the floor of each gated metric, and below them the score of every question, one line
each. The run is compared with it question by question by the paired bootstrap, and a metric has fallen when the
difference has p < 0.05 / (number of metrics) (Bonferroni): a change that is neutral on the whole then fails in at
most one case of twenty. What must always hold (EXACT) may not fall at all, and errors are never let through.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from eval.intervals import Floats, difference, once
from eval.metrics import METRICS, Metric
from eval.questions import Question
from eval.run import Run, RunError

SYSTEM = "assistant"
EXACT = frozenset({"resolvable", "verbatim"})
"""Metrics that may not fall at all."""
_UNGATED = frozenset({"hit@3", "hit@5", "MRR@10", "quoted characters", "F1", "exact match", "chrF", "right article"})
GATED: tuple[Metric, ...] = tuple(metric for metric in METRICS if metric.name not in _UNGATED)
"""The metrics that have a floor: those left out say the same as another, or are no fault in themselves."""
_LEVEL = 0.05 / len(GATED)


class GateError(RunError):
    """A run and a baseline cannot be held against each other."""

    exit_code = 2


@dataclass(frozen=True)
class Baseline:
    """What a run is held against. A question's scores are in the order of `floors`; None where it does not count.

    `gold` has the fingerprint of each question, by id. A floor is None where no question counts.
    """

    floors: Mapping[str, float | None]
    gold: Mapping[str, str]
    scores: Mapping[str, Sequence[Sequence[float] | None]]

    def parts(self, metric: str, ids: Sequence[str]) -> Floats:
        """A metric's score pairs, (questions, 2), as `Run.parts` gives them."""
        place = list(self.floors).index(metric)
        rows = [self.scores[key][place] or (np.nan, np.nan) for key in ids]
        return np.array(rows, dtype=np.float64).reshape(-1, 2)


@dataclass(frozen=True)
class Held:
    """A metric against its floor. `p` is that of the difference; `fell` says whether the gate fails for it."""

    metric: str
    floor: float
    value: float
    p: float
    fell: bool


def baseline_of(run: Run) -> Baseline:
    """The baseline that a run would make. Raises GateError when it is not whole: missing results, or errors."""
    if faults := _faults(run):
        raise GateError(f"{run.folder} cannot be a baseline: {faults}.")
    gold = {item.question.id: _fingerprint(item.question) for item in run.asked}
    columns = [run.parts(SYSTEM, metric).tolist() for metric in GATED]
    scores = {
        item.question.id: tuple(None if np.isnan(pair[0]) else tuple(pair) for pair in pairs)
        for item, *pairs in zip(run.asked, *columns, strict=True)
    }
    return Baseline({metric.name: _figure(metric, run.parts(SYSTEM, metric)) for metric in GATED}, gold, scores)


def hold(run: Run, baseline: Baseline) -> list[Held]:
    """Every gated metric of a run against its floor. Raises GateError when the run is of other questions."""
    if run.about["systems"].get(SYSTEM) is not True:
        raise GateError(f"{run.folder} has no answers of the {SYSTEM}.")
    asked = {item.question.id: _fingerprint(item.question) for item in run.asked}
    if other := sorted(key for key in asked.keys() | baseline.gold.keys() if asked.get(key) != baseline.gold.get(key)):
        raise GateError(
            f"The run and the baseline are of other questions ({len(other)} differ: {', '.join(other[:5])}). "
            "When the gold questions were changed on purpose: assistant-eval gate --update --allow-lower"
        )
    return [held for metric in GATED if (held := _held(metric, run, baseline))]


def fallen(run: Run, held: Sequence[Held]) -> list[str]:
    """Why the gate fails: what fell, by name, and errors; nothing when it holds."""
    reasons = [f"{one.metric} fell from {one.floor:.3f} to {one.value:.3f}" for one in held if one.fell]
    return [*reasons, *([faults] if (faults := _faults(run)) else [])]


def lowered(before: Baseline, after: Baseline) -> list[str]:
    """The floors that are worse after than before, as `metric old -> new`."""
    found = []
    for metric in GATED:
        old, new = before.floors.get(metric.name), after.floors[metric.name]
        if old is not None and (new is None or _gain(metric, old, new) < 0):
            found.append(f"{metric.name} {old} -> {new}")
    return found


def read_baseline(path: Path) -> Baseline:
    """The baseline in a file. Raises GateError when there is none, or its floors are not those of its scores."""
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        lines = record["questions"]
        gold = {line["id"]: line["gold"] for line in lines}
        found = Baseline(record["floors"], gold, {line["id"]: line["scores"] for line in lines})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GateError(f"No baseline in {path} ({error}): make one with assistant-eval gate --update") from error
    known = {
        metric.name: _figure(metric, found.parts(metric.name, list(gold)))
        for metric in GATED
        if metric.name in found.floors
    }
    if known != dict(found.floors):
        raise GateError(
            f"The floors in {path} are not those of its scores: make it anew with assistant-eval gate --update"
        )
    return found


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Write a baseline so that a diff shows the floors first, and then the questions that changed."""
    floors = json.dumps(dict(baseline.floors), indent=2, ensure_ascii=False).replace("\n", "\n  ")
    lines = [
        json.dumps({"id": key, "gold": baseline.gold[key], "scores": scores}, ensure_ascii=False)
        for key, scores in baseline.scores.items()
    ]
    rows = ",\n    ".join(lines)
    text = f'{{\n  "floors": {floors},\n  "questions": [\n    {rows}\n  ]\n}}\n'
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise GateError(f"Cannot write {path} ({error.strerror}): give another place with --baseline FILE.") from error


def _held(metric: Metric, run: Run, baseline: Baseline) -> Held | None:
    floor = baseline.floors.get(metric.name)
    if floor is None:
        return None
    before = baseline.parts(metric.name, [item.question.id for item in run.asked])
    after = run.parts(SYSTEM, metric)
    found, value = difference(before, after, metric.aggregate), once(metric.aggregate, after)
    if found is None:  # nothing counts any more, as when the system gave no citation at all
        return Held(metric.name, floor, value, 1.0, metric.name in EXACT)
    worse = _gain(metric, 0.0, found.value) < 0
    return Held(metric.name, floor, value, found.p, worse and (found.p < _LEVEL or metric.name in EXACT))


def _gain(metric: Metric, before: float, after: float) -> float:
    return after - before if metric.better == "higher" else before - after


def _figure(metric: Metric, parts: Floats) -> float | None:
    value = once(metric.aggregate, parts)
    return None if np.isnan(value) else round(value, 6)


def _faults(run: Run) -> str:
    results = [run.results.get((SYSTEM, item.question.id)) for item in run.asked]
    errors, missing = sum(bool(result and result["error"]) for result in results), results.count(None)
    counts = [f"{errors} errors"] * bool(errors) + [f"{missing} results missing"] * bool(missing)
    return ", ".join(counts)


def _fingerprint(question: Question) -> str:
    return hashlib.sha256(json.dumps(question.to_json(), ensure_ascii=False).encode()).hexdigest()[:8]
