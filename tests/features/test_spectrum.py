import numpy as np
import pytest

from sottovoce.domain import FloatArray
from sottovoce.features.spectrum import BINS, FLOOR_DB, FREQUENCIES_HZ, spectrum
from voices import voice


def noise(n_samples: int = 32_000, level: float = 0.1) -> FloatArray:
    return np.random.default_rng(5).normal(0, level, n_samples).astype(np.float32)


def test_rows_sum_to_the_mean_square() -> None:
    heard = spectrum(noise())
    whole = heard.power[2:-2].sum(axis=1).mean() * heard.level_ms
    assert whole == pytest.approx(0.01, rel=0.03)


def test_a_sine_is_one_line(sine: FloatArray) -> None:
    power = spectrum(sine).power[50]
    assert abs(FREQUENCIES_HZ[power.argmax()] - 200) < 16
    assert power[4:10].sum() / power.sum() > 0.999


def test_loud_frames_are_the_unit() -> None:
    energy = spectrum(np.concatenate([noise(level=0.001), noise(level=0.2)])).power.sum(axis=1)
    assert np.percentile(energy, 95) == pytest.approx(1.0, rel=1e-5)
    assert np.median(energy[20:150]) == pytest.approx((0.001 / 0.2) ** 2, rel=0.4)


def test_gain_changes_the_level_and_nothing_else() -> None:
    loud, soft = (spectrum(voice(peak=peak).samples) for peak in (0.5, 0.05))
    assert loud.level_ms / soft.level_ms == pytest.approx(100, rel=1e-3)
    np.testing.assert_allclose(soft.floored, loud.floored, rtol=1e-3)


def test_level_is_told_in_decibels_of_full_scale(sine: FloatArray) -> None:
    assert spectrum(sine).level_dbfs[50] == pytest.approx(20 * np.log10(0.5) - 3.01, abs=0.05)


def test_an_offset_is_not_heard() -> None:
    plain, lifted = spectrum(noise()), spectrum(noise() + np.float32(0.5))
    np.testing.assert_allclose(lifted.floored, plain.floored, rtol=1e-3)


def test_silence_lies_on_the_floor() -> None:
    heard = spectrum(np.zeros(1_600, dtype=np.float32))
    assert heard.power.max() == 0
    np.testing.assert_allclose(heard.level_dbfs, -140, atol=0.01)
    np.testing.assert_allclose(heard.floored.sum(axis=1), 10 ** (FLOOR_DB / 10), rtol=1e-4)


@pytest.mark.parametrize("n_samples", [0, 159, 160, 399, 1_601])
def test_any_length_is_heard(n_samples: int) -> None:
    assert spectrum(noise(n_samples)).power.shape == (n_samples // 160, BINS)
