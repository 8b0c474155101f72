import numpy as np
import pytest

from sottovoce.audio.levels import (
    FRAME_SAMPLES,
    Levels,
    decibels,
    frame_powers,
    speech_and_noise,
)
from sottovoce.domain import SAMPLE_RATE_HZ, Segment


def test_a_sine_has_half_the_power_of_its_peak() -> None:
    time_s = np.arange(SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    powers = frame_powers((0.5 * np.sin(2 * np.pi * 200 * time_s)).astype(np.float32))
    assert powers.shape == (SAMPLE_RATE_HZ // FRAME_SAMPLES,)
    np.testing.assert_allclose(powers, 0.125, rtol=1e-5)


def test_an_offset_has_no_power() -> None:
    assert frame_powers(np.full(1000, 0.7, dtype=np.float32)).max() < 1e-12


@pytest.mark.parametrize("snr_db", [0.0, 10.0, 40.0])
def test_the_snr_is_that_of_the_mixture(snr_db: float) -> None:
    random = np.random.default_rng(0)
    voice = np.concatenate((np.zeros(20_000), random.normal(size=40_000), np.zeros(20_000)))
    noise = 10 ** (-snr_db / 20) * random.normal(size=80_000)
    powers = frame_powers((0.1 * (voice + noise)).astype(np.float32))
    levels = speech_and_noise(powers, [Segment(1.25, 3.75, 1.0)])
    assert levels.snr_db == pytest.approx(snr_db, abs=0.5)
    assert decibels(levels.noise or 0.0) == pytest.approx(-20 - snr_db, abs=0.5)


def test_a_click_in_the_pause_does_not_count() -> None:
    powers = np.full(200, 1e-6, dtype=np.float32)
    powers[:100], powers[150] = 0.01, 0.5
    assert speech_and_noise(powers, [Segment(0.0, 2.0, 1.0)]).noise == pytest.approx(1e-6)


def test_without_a_pause_there_is_no_noise_and_without_speech_no_snr() -> None:
    powers = np.full(100, 0.01, dtype=np.float32)
    unbroken = speech_and_noise(powers, [Segment(0.0, 1.75, 1.0)])
    assert (unbroken.noise, unbroken.snr_db) == (None, None)
    assert unbroken.speech == pytest.approx(0.01)
    empty = speech_and_noise(powers, [])
    assert (empty.speech, empty.snr_db) == (None, None)
    assert empty.noise == pytest.approx(0.01)


def test_the_snr_stays_in_range() -> None:
    assert Levels(speech=1.0, noise=0.0).snr_db == 100.0
    assert Levels(speech=0.01, noise=1.0).snr_db == -20.0
