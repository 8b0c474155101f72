import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from sottovoce.domain import FloatArray
from sottovoce.features.statistics import PERCENTILES, STATISTICS, statistics


@pytest.fixture
def contours() -> FloatArray:
    return np.random.default_rng(4).gamma(2, 3, (7, 41)).astype(np.float32)


def column(contours: FloatArray, name: str) -> FloatArray:
    return statistics(contours)[:, STATISTICS.index(name)]


def test_they_are_those_of_numpy_and_scipy(contours: FloatArray) -> None:
    np.testing.assert_allclose(column(contours, "mean"), contours.mean(axis=1), rtol=1e-5)
    np.testing.assert_allclose(column(contours, "sd"), contours.std(axis=1), rtol=1e-5)
    skewness = scipy.stats.skew(contours, axis=1)
    np.testing.assert_allclose(column(contours, "skewness"), skewness, rtol=1e-4)
    for percent in PERCENTILES:
        expected = np.percentile(contours, percent, axis=1)
        np.testing.assert_allclose(column(contours, f"p{percent}"), expected, rtol=1e-5)


def test_slope_is_that_of_the_straight_line(contours: FloatArray) -> None:
    expected = np.polyfit(np.linspace(-1, 1, 41), contours.T, 1)[0]
    np.testing.assert_allclose(column(contours, "slope"), expected, atol=1e-4)


def test_movement_is_counted_frame_by_frame() -> None:
    zigzag = np.float32([[0, 2, 1, 3, 2]])
    assert column(zigzag, "rise")[0] == pytest.approx(4 / 4)
    steps, sd = 6 / 4, np.std(zigzag)
    assert column(zigzag, "step_over_sd")[0] == pytest.approx(steps / sd, rel=1e-5)
    assert column(zigzag, "peak_place")[0] == pytest.approx(3 / 4)


def test_one_frame_has_no_movement() -> None:
    summed = dict(zip(STATISTICS, statistics(np.float32([[5]]))[0], strict=True))
    assert {name for name, value in summed.items() if value == 5} == {
        "mean",
        *(f"p{percent}" for percent in PERCENTILES),
    }
    assert {value for value in summed.values() if value != 5} == {0}


@given(
    arrays(
        np.float32,
        array_shapes(min_dims=2, max_dims=2, max_side=20),
        elements=st.floats(-1e4, 1e4, width=32),
    )
)
def test_they_are_finite_and_in_order(contours: FloatArray) -> None:
    summed = statistics(contours)
    assert np.isfinite(summed).all()
    quantiles = summed[:, STATISTICS.index("p5") : STATISTICS.index("p95") + 1]
    assert (np.diff(quantiles, axis=1) >= -1e-2).all()


@given(st.floats(-100, 100, width=32), st.integers(1, 30))
def test_shifting_moves_only_where_it_lies(shift: float, n_frames: int) -> None:
    contour = np.random.default_rng(n_frames).normal(size=(1, n_frames)).astype(np.float32)
    moved = statistics(contour + np.float32(shift)) - statistics(contour)
    lies = [name == "mean" or name in {f"p{p}" for p in PERCENTILES} for name in STATISTICS]
    np.testing.assert_allclose(moved[0, lies], shift, atol=1e-3)
