"""Scores against values worked out by hand and by pairs."""
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from explainers import scores


def test_values_worked_out_by_hand():
    met, score = [True, False, True, False], [0.9, 0.6, 0.4, 0.1]
    assert scores.auc(met, score) == 3 / 4
    assert scores.accuracy(met, score, 0.5) == 2 / 4
    assert scores.brier(met, score) == pytest.approx((0.01 + 0.36 + 0.36 + 0.01) / 4)
    assert scores.mean_absolute_error([1, 2], [2, 4]) == 1.5
    assert scores.root_mean_squared_error([1, 2], [2, 4]) == pytest.approx(np.sqrt(2.5))
    assert scores.explained_share([1, 2, 3], [1, 2, 3]) == 1 and scores.explained_share([1, 2, 3], [2, 2, 2]) == 0
    assert np.isnan(scores.auc([True, True], [0.1, 0.2])) and np.isnan(scores.explained_share([1, 1], [1, 1]))


def test_calibration_bins_hold_equal_numbers_and_their_error_is_the_weighted_gap():
    score = np.linspace(0, 1, 10)
    met = score > 0.5
    bins = scores.calibration(met, score, 2)
    assert [part["rows"] for part in bins] == [5, 5] and [part["observed"] for part in bins] == [0, 1]
    gap = (score[:5].mean() - 0) * 0.5 + (1 - score[5:].mean()) * 0.5
    assert scores.calibration_error(met, score, 2) == pytest.approx(gap)


def test_wilson_intervals_match_the_published_example():
    # Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662; 0 of 20 gives 0 to 0.1611.
    assert scores.wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert scores.wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 6)), min_size=2, max_size=30))
def test_auc_is_the_share_of_pairs_in_order(rows):
    met, score = np.array([m for m, _ in rows]), np.array([s for _, s in rows], dtype=float)
    if met.any() and not met.all():
        pairs = score[met][:, None] - score[~met][None, :]
        assert scores.auc(met, score) == pytest.approx((pairs > 0).mean() + (pairs == 0).mean() / 2)


def test_intervals_hold_the_value_shrink_with_more_rows_and_repeat():
    random = np.random.default_rng(0)
    few, many = random.random(50) < 0.3, random.random(5000) < 0.3
    value, low, high = scores.interval(np.mean, few)
    assert low <= value <= high and value == few.mean() and scores.interval(np.mean, few) == (value, low, high)
    _, low_many, high_many = scores.interval(np.mean, many)
    assert high_many - low_many == pytest.approx(2 * 1.96 * np.sqrt(0.21 / 5000), rel=0.15)
    assert high - low > 5 * (high_many - low_many)
