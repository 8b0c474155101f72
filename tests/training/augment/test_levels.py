import numpy as np
import pytest

from sottovoce.domain import FloatArray
from sottovoce.training.augment.levels import LOUDEST, add_noise, change_gain, within_range


def power(samples: np.ndarray) -> float:
    return float(np.mean(samples.astype(np.float64) ** 2))


@pytest.mark.parametrize("snr_db", [0.0, 10.0, 25.0])
def test_noise_has_the_ratio_asked_for(sine: FloatArray, snr_db: float) -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, 5000).astype(np.float32)
    noisy = add_noise(sine * 0.1, noise, snr_db, np.random.default_rng(1))
    added = noisy - sine * 0.1
    assert 10 * np.log10(power(sine * 0.1) / power(added)) == pytest.approx(snr_db, abs=0.01)
    assert noisy.dtype == np.float32
    assert len(noisy) == len(sine)


def test_noise_with_long_silences_is_still_noise(sine: FloatArray) -> None:
    bark = np.zeros(80_000, np.float32)
    bark[40_000:40_100] = 0.5
    for seed in range(5):
        noisy = add_noise(sine * 0.1, bark, 10.0, np.random.default_rng(seed))
        assert not np.array_equal(noisy, sine * 0.1)


def test_the_same_generator_gives_the_same_noise(sine: FloatArray) -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, 50_000).astype(np.float32)
    one, two, other = (
        add_noise(sine, noise, 10.0, np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    assert np.array_equal(one, two)
    assert not np.array_equal(one, other)


def test_gain_is_in_decibels_and_clips(sine: FloatArray) -> None:
    assert np.abs(change_gain(sine, -20.0)).max() == pytest.approx(0.05, rel=1e-4)
    loud = change_gain(sine, 20.0)
    assert loud.dtype == np.float32
    assert (loud.min(), loud.max()) == (-1.0, np.float32(LOUDEST))


def test_too_loud_a_sum_is_made_softer_as_a_whole() -> None:
    loud = np.array([0.5, -2.0], np.float32)
    assert within_range(loud) == pytest.approx([0.25, -1.0], abs=1e-6)
    assert np.abs(within_range(loud)).max() < 1.0
    assert within_range(loud / 4) is not None
    assert len(within_range(np.zeros(0, np.float32))) == 0
