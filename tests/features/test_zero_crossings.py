import numpy as np
import pytest

from sottovoce.domain import FloatArray
from sottovoce.features.zero_crossings import zero_crossing_ratio


def test_a_sine_crosses_twice_a_cycle(sine: FloatArray) -> None:
    assert zero_crossing_ratio(sine)[10:-10].mean() == pytest.approx(400 / 16_000, rel=0.05)


def test_an_offset_does_not_stop_it(sine: FloatArray) -> None:
    lifted = zero_crossing_ratio(sine + np.float32(0.4))
    np.testing.assert_allclose(lifted[10:-10], zero_crossing_ratio(sine)[10:-10], atol=0.003)


def test_silence_does_not_cross() -> None:
    assert zero_crossing_ratio(np.zeros(800, dtype=np.float32)).tolist() == [0] * 5
