import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.features.autocorrelation import (
    LAGS,
    WIDTH_SAMPLES,
    WINDOW,
    normalised,
    parabola,
    refined,
)


@pytest.mark.parametrize("period", [27.3, 50.5, 121.77, 200.25])
def test_a_peak_between_two_samples_is_found(period: float) -> None:
    cycles = np.sin(2 * np.pi * np.arange(WIDTH_SAMPLES) / period).astype(np.float32)
    correlation = normalised(cycles[None] * WINDOW)
    lag, height = refined(correlation, np.array([0]), np.float32([np.rint(period)]))
    assert lag[0] == pytest.approx(period, rel=0.003)
    assert height[0] == pytest.approx(1, abs=0.03)


def test_noise_resembles_only_itself() -> None:
    noise = np.random.default_rng(1).normal(0, 1, (20, WIDTH_SAMPLES)).astype(np.float32)
    correlation = normalised(noise * WINDOW)
    assert correlation.shape == (20, LAGS)
    assert np.allclose(correlation[:, 0], 1)
    assert np.abs(correlation[:, 20:].mean(axis=0)).max() < 0.1


@given(at=st.floats(-0.5, 0.5), height=st.floats(0.1, 1.0), bend=st.floats(0.1, 1.0))
def test_the_top_of_a_parabola_is_exact(at: float, height: float, bend: float) -> None:
    left, middle, right = (np.array([height - bend * (x - at) ** 2]) for x in (-1, 0, 1))
    offset, top = parabola(left, middle, right)
    assert offset[0] == pytest.approx(at, abs=1e-6)
    assert top[0] == pytest.approx(height, abs=1e-6)
