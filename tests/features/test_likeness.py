import numpy as np
import pytest

from sottovoce.features.likeness import Sound, most_alike
from voices import voice


@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize("f0_hz", [90.0, 151.0, 318.0])
def test_one_step_is_one_period(f0_hz: float, sign: float) -> None:
    period = 16_000 / f0_hz
    positions = np.array([5_000.0, 5_033.3, 9_000.5])
    shift, likeness = most_alike(
        Sound.of(voice(f0_hz).samples), positions, np.full(3, period * 1.07), np.full(3, sign)
    )
    np.testing.assert_allclose(shift, sign * period, atol=0.1)
    assert likeness.min() > 0.99


def test_at_half_the_rate_a_period_is_half_as_long() -> None:
    sound = Sound.of(voice(100.0).samples).halved()
    shift, likeness = most_alike(sound, np.array([2_500.0]), np.array([80.0]), np.array([1.0]))
    assert shift[0] == pytest.approx(80, abs=0.1)
    assert likeness[0] > 0.99


def test_silence_is_like_nothing() -> None:
    sound = Sound.of(np.zeros(4_000, dtype=np.float32))
    _, likeness = most_alike(sound, np.array([-400.0, 4_300.0]), np.full(2, 213.0), np.ones(2))
    assert np.abs(likeness).max() < 1e-6
