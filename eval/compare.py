"""Two runs on the same questions: what got better or worse beyond chance, and which questions changed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.intervals import Difference, difference, mcnemar, once
from eval.metrics import METRICS, Metric
from eval.run import Asked, Run, RunError

CHANGES_SHOWN = ("right", "hit@1")
"""The metrics whose changes are told question by question."""


@dataclass(frozen=True)
class Change:
    """A metric in both runs, and how many questions count in each; they differ where that hangs on what was said.

    `mcnemar` (only A right, only B right, p) is for metrics that are right or wrong, over questions that count in both.
    """

    metric: Metric
    a: float
    b: float
    difference: Difference
    n_a: int
    n_b: int
    mcnemar: tuple[int, int, float] | None

    @property
    def verdict(self) -> str:
        """`better`, `worse`, or `same` where the interval of the difference holds zero."""
        if not self.difference.significant:
            return "same"
        return "better" if (self.difference.value > 0) == (self.metric.better == "higher") else "worse"


@dataclass(frozen=True)
class Changed:
    """A question whose score in a metric differs between the runs, and what each system did."""

    asked: Asked
    metric: str
    a: float
    b: float
    did_a: str
    did_b: str


@dataclass(frozen=True)
class Comparison:
    """All metrics that both runs have, and the questions that changed. `left_out` are in one run only."""

    questions: int
    left_out: int
    changes: tuple[Change, ...]
    changed: tuple[Changed, ...]


def compare(a: Run, b: Run, system_a: str = "assistant", system_b: str = "assistant") -> Comparison:
    """Compare a system of run A with one of run B. A result missing in one of them scores as an error.

    Raises RunError when a run lacks the system, or the runs share no question.
    """
    for run, system in ((a, system_a), (b, system_b)):
        if system not in run.systems:
            raise RunError(f"{run.folder} has no system {system!r}: it has {', '.join(run.systems)}.")
    theirs = {item.question: item for item in b.asked}
    shared = [item for item in a.asked if item.question in theirs]
    if not shared:
        raise RunError(f"{a.folder} and {b.folder} have no question in common.")
    changes = [change for metric in METRICS if (change := _change(metric, a, b, system_a, system_b, shared))]
    shown = [change.metric.name for change in changes if change.metric.name in CHANGES_SHOWN]
    changed = [
        Changed(item, name, before, after, _deed(a, system_a, item), _deed(b, system_b, item))
        for item in shared
        for name in shown
        for before, after in [(_value(a, system_a, item, name), _value(b, system_b, item, name))]
        if before is not None and after is not None and before != after
    ]
    left_out = len(a.asked) + len(b.asked) - 2 * len(shared)
    return Comparison(len(shared), left_out, tuple(changes), tuple(changed))


def _change(metric: Metric, a: Run, b: Run, system_a: str, system_b: str, shared: Sequence[Asked]) -> Change | None:
    parts_a, parts_b = a.parts(system_a, metric, shared), b.parts(system_b, metric, shared)
    found = difference(parts_a, parts_b, metric.aggregate)
    if found is None:
        return None
    counts_a, counts_b = ~np.isnan(parts_a[:, 0]), ~np.isnan(parts_b[:, 0])
    both = counts_a & counts_b
    table = mcnemar(parts_a[both, 0] == 1, parts_b[both, 0] == 1) if metric.binary else None
    before, after = once(metric.aggregate, parts_a), once(metric.aggregate, parts_b)
    return Change(metric, before, after, found, int(counts_a.sum()), int(counts_b.sum()), table)


def _value(run: Run, system: str, asked: Asked, metric: str) -> float | None:
    score = run.scores(system, asked).get(metric)
    return score[0] if score else None


def _deed(run: Run, system: str, asked: Asked) -> str:
    """What a system did with a question, in a few words."""
    result = run.results.get((system, asked.question.id))
    if result is None:
        return "nothing recorded"
    if result["error"]:
        return f"error: {result['error']}"
    first = result["hits"][0]["article"] if result["hits"] else "no passage"
    answer = result["answer"]
    if answer is None:
        return f"found {first}"
    if answer["abstained"]:
        return f"abstained (nearest: {first})"
    return f"answered: {answer['answer']}"
