import numpy as np
import pytest

from sottovoce.features.deltas import deltas


def test_a_straight_line_has_its_slope_inside() -> None:
    line = 2.5 * np.arange(20, dtype=np.float32)[None]
    np.testing.assert_allclose(deltas(line)[0, 2:-2], 2.5, rtol=1e-5)


def test_it_is_the_least_squares_slope_over_five_frames() -> None:
    contour = np.random.default_rng(3).normal(size=(1, 30)).astype(np.float32)
    expected = [np.polyfit(range(5), contour[0, i - 2 : i + 3], 1)[0] for i in range(2, 28)]
    np.testing.assert_allclose(deltas(contour)[0, 2:-2], expected, atol=1e-5)


@pytest.mark.parametrize("n_frames", [1, 2, 3])
def test_what_stands_still_does_not_move(n_frames: int) -> None:
    assert deltas(np.full((4, n_frames), 7, dtype=np.float32)).tolist() == [[0] * n_frames] * 4
