"""Bootstrap intervals and paired tests."""

import numpy as np
import pytest
from scipy.stats import bootstrap

from eval.intervals import difference, estimate, mcnemar
from eval.metrics import area_under_risk, risk_coverage


def scored(values: list[float]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return np.array([(value, 1.0) for value in values])


def test_the_interval_agrees_with_scipys() -> None:
    rng = np.random.default_rng(1)
    values = rng.random(200)
    ours = estimate(scored(values.tolist()))
    theirs = bootstrap((values,), np.mean, method="percentile", n_resamples=5000, rng=rng).confidence_interval
    assert ours.value == pytest.approx(values.mean())
    assert ours.low == pytest.approx(theirs.low, abs=0.005)
    assert ours.high == pytest.approx(theirs.high, abs=0.005)


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(2)
    covered = 0
    for _ in range(200):
        found = estimate(scored(rng.binomial(1, 0.7, 80).astype(float).tolist()))
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= 0.7 <= found.high
    assert 180 <= covered <= 198


def test_the_same_scores_always_give_the_same_interval() -> None:
    values = [0.0, 1.0, 1.0, 0.25] * 10
    assert estimate(scored(values)) == estimate(scored(values))


def test_questions_that_do_not_count_are_in_no_mean() -> None:
    parts = np.array([(1.0, 1.0), (np.nan, np.nan), (0.0, 1.0), (np.nan, np.nan)])
    assert estimate(parts).value == 0.5


def test_nothing_to_count_is_undefined_and_not_zero() -> None:
    assert estimate(np.full((5, 2), np.nan)).value is None
    assert estimate(np.empty((0, 2))).value is None
    assert difference(np.full((5, 2), np.nan), scored([1.0] * 5)) is None


def test_a_paired_difference_is_found_where_the_intervals_overlap() -> None:
    rng = np.random.default_rng(3)
    before = rng.random(150)
    after = before + 0.03 + rng.normal(0, 0.02, 150)
    a, b = scored(before.tolist()), scored(after.tolist())
    apart_a, apart_b = estimate(a), estimate(b)
    assert apart_a.high is not None
    assert apart_b.low is not None
    assert apart_b.low < apart_a.high
    found = difference(a, b)
    assert found is not None
    assert found.significant
    assert found.p < 0.01
    assert found.value == pytest.approx(0.03, abs=0.01)


def test_the_same_run_twice_differs_by_nothing() -> None:
    values = scored([0.0, 1.0, 0.5] * 20)
    found = difference(values, values)
    assert found is not None
    assert (found.value, found.low, found.high, found.p) == (0.0, 0.0, 0.0, 1.0)
    assert not found.significant


def test_mcnemar_counts_who_alone_is_right() -> None:
    a = np.array([True] * 10 + [False] * 2 + [True] * 50)
    b = np.array([False] * 10 + [True] * 2 + [True] * 50)
    only_a, only_b, p = mcnemar(a, b)
    assert (only_a, only_b) == (10, 2)
    assert p == pytest.approx(0.0386, abs=0.0005)
    assert mcnemar(a, a) == (0, 0, 1.0)


def test_risk_coverage_rewards_confidence_in_right_answers() -> None:
    knows_itself = np.array([(0.9, 0.0), (0.8, 0.0), (np.nan, np.nan), (0.2, 1.0), (0.1, 1.0)])
    deluded = np.array([(0.1, 0.0), (0.2, 0.0), (np.nan, np.nan), (0.8, 1.0), (0.9, 1.0)])
    assert risk_coverage(knows_itself) == [(0.25, 0.0), (0.5, 0.0), (0.75, pytest.approx(1 / 3)), (1.0, 0.5)]
    once = np.ones((1, 5))
    assert area_under_risk(once, knows_itself)[0] == pytest.approx((0 + 0 + 1 / 3 + 1 / 2) / 4)
    assert area_under_risk(once, deluded)[0] == pytest.approx((1 + 1 + 2 / 3 + 1 / 2) / 4)
