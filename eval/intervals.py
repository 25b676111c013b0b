"""Uncertainty: 95% bootstrap intervals over questions, and tests on paired runs.

Every metric is a ratio of sums over questions (a mean where each weighs 1), so a resample is a weight per
question, and all resamples of all metrics are one matrix product. The draws depend on nothing but the number of
questions: the same figures give the same interval, and two runs on the same questions are resampled alike.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Aggregate = Callable[[Floats, Floats], Floats]
"""(weights (resamples, questions), parts (questions, 2)) -> one value per resample; NaN where undefined.

A row of NaN parts is a question that does not count.
"""

RESAMPLES = 2000
SEED = 20241106
LEVEL = 0.95


@dataclass(frozen=True)
class Estimate:
    """A figure and its 95% interval; None where it is undefined (nothing to count)."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Difference:
    """B minus A on the same questions, with its 95% interval and a two-sided bootstrap p."""

    value: float
    low: float
    high: float
    p: float

    @property
    def significant(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def ratio(weights: Floats, parts: Floats) -> Floats:
    """Sum of the first parts over the sum of the second, per resample."""
    sums = weights @ np.nan_to_num(parts)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(sums[:, 0] / sums[:, 1], dtype=np.float64)


@lru_cache(maxsize=2)
def _draws(questions: int) -> npt.NDArray[np.uint16]:
    """How often each question is drawn in each resample: (RESAMPLES, questions)."""
    rng = np.random.default_rng([SEED, questions])
    drawn = rng.integers(questions, size=(RESAMPLES, questions), dtype=np.uint32)
    return np.stack([np.bincount(row, minlength=questions) for row in drawn]).astype(np.uint16)


def resampled(aggregate: Aggregate, *runs: Floats) -> list[Floats]:
    """The figure of each run in every resample; all runs see the same resamples."""
    blocks = [block.astype(np.float64) for block in np.array_split(_draws(len(runs[0])), RESAMPLES // 200)]
    return [np.concatenate([aggregate(block, parts) for block in blocks]) for parts in runs]


def once(aggregate: Aggregate, parts: Floats) -> float:
    """The figure itself, each question counted once; NaN where undefined."""
    return float(aggregate(np.ones((1, len(parts))), parts)[0]) if len(parts) else float("nan")


def estimate(parts: Floats, aggregate: Aggregate = ratio) -> Estimate:
    """The figure and its percentile bootstrap interval (Efron 1979), from `parts` of shape (questions, 2)."""
    value = once(aggregate, parts)
    if np.isnan(value):
        return Estimate(None)
    return Estimate(value, *_interval(*resampled(aggregate, parts)))


def difference(a: Floats, b: Floats, aggregate: Aggregate = ratio) -> Difference | None:
    """B minus A by the paired bootstrap: both are resampled with the same questions. None where undefined."""
    value = once(aggregate, b) - once(aggregate, a)
    if np.isnan(value):
        return None
    before, after = resampled(aggregate, a, b)
    changes = (after - before)[~np.isnan(after - before)]
    tail = min(float(np.mean(changes <= 0)), float(np.mean(changes >= 0)))
    return Difference(value, *_interval(changes), p=min(1.0, max(2 * tail, 1 / RESAMPLES)))


def mcnemar(a: npt.NDArray[np.bool_], b: npt.NDArray[np.bool_]) -> tuple[int, int, float]:
    """Questions only A has right, only B has right, and the exact two-sided p (McNemar 1947)."""
    from scipy.stats import binomtest

    only_a, only_b = int(np.sum(a & ~b)), int(np.sum(b & ~a))
    p = float(binomtest(only_a, only_a + only_b).pvalue) if only_a + only_b else 1.0
    return only_a, only_b, p


def _interval(values: Floats) -> tuple[float, float]:
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.nanpercentile(values, [tail, 100 - tail])
    return float(low), float(high)
