"""The robust statistics against scipy, and what they promise."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sottovoce.insights.robust import centre_of, normal_scores, spread_of, student_quantile

FINITE = st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=30).map(np.array)


@settings(deadline=None)
@given(FINITE, st.floats(-100, 100), st.floats(0.01, 100))
def test_centre_and_spread_move_and_stretch_with_the_values(
    values: np.ndarray, shift: float, scale: float
) -> None:
    moved = shift + scale * values
    assert centre_of(moved) == pytest.approx(shift + scale * centre_of(values), abs=1e-6)
    assert spread_of(moved) == pytest.approx(scale * spread_of(values), abs=1e-6)


@pytest.mark.parametrize("n", [10, 25, 60])
def test_spread_is_the_standard_deviation_of_bell_shaped_values(n: int) -> None:
    rng = np.random.default_rng(0)
    found = [spread_of(rng.normal(3.0, 2.0, n)) for _ in range(400)]
    assert np.mean(found) == pytest.approx(2.0, rel=0.05)


def test_a_third_of_wild_values_does_not_carry_them_away() -> None:
    rng = np.random.default_rng(1)
    values = np.concatenate([rng.normal(0.0, 1.0, 40), np.full(15, 1e6)])
    assert abs(centre_of(values)) < 1.5
    assert spread_of(values) < 5.0


def test_normal_scores_are_the_quantiles_of_the_ranks() -> None:
    values = np.array([3.0, 1.0, 2.0, 2.0, 9.0])
    expected = stats.norm.ppf(stats.rankdata(values) / 6.0)
    assert normal_scores(values) == pytest.approx(expected)


@pytest.mark.parametrize("degrees", [5.0, 8.0, 30.0, 200.0])
@pytest.mark.parametrize("probability", [0.95, 0.05, 0.9])
def test_student_quantile(probability: float, degrees: float) -> None:
    exact = stats.t.ppf(probability, degrees)
    assert student_quantile(probability, degrees) == pytest.approx(exact, rel=2e-3)
