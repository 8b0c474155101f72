"""The images show pitch and timbre where they are, whatever the gain."""

from collections.abc import Callable

import numpy as np
import pytest

from sottovoce.features.autocorrelation import OF_WINDOW, WINDOW, normalised
from sottovoce.features.images import BANDS, LAGS, correlogram, lag_pitches_hz, mel_image
from sottovoce.features.mel import mel_edges_hz

Draw = Callable[[np.ndarray], np.ndarray]
TIME_S = np.arange(16_000) / 16_000


def tone(frequency_hz: float) -> np.ndarray:
    return (0.3 * np.sin(2 * np.pi * frequency_hz * TIME_S)).astype(np.float32)


def buzz(pitch_hz: float, seed: int = 0) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(0, 0.01, len(TIME_S))
    harmonics = sum(np.sin(2 * np.pi * n * pitch_hz * TIME_S) / n for n in range(1, 8))
    return (0.1 * harmonics + noise).astype(np.float32)


@pytest.mark.parametrize("frequency_hz", [300.0, 1000.0, 4000.0])
def test_a_tone_is_in_its_band(frequency_hz: float) -> None:
    loudest = int(mel_image(tone(frequency_hz))[50].argmax())
    low_hz, high_hz = mel_edges_hz(BANDS)[[loudest, loudest + 2]]
    assert low_hz < frequency_hz < high_hz


@pytest.mark.parametrize("pitch_hz", [80.0, 130.0, 220.0, 400.0])
def test_a_voice_repeats_at_its_pitch(pitch_hz: float) -> None:
    image = correlogram(buzz(pitch_hz))
    nearest = int(np.abs(np.log(lag_pitches_hz() / pitch_hz)).argmin())
    assert image[50, nearest] > 0.75
    assert image[50].max() - image[50, nearest] < 0.2


def test_noise_does_not_repeat() -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, 16_000).astype(np.float32)
    assert np.abs(correlogram(noise)).mean() < 0.15


def test_the_correlogram_is_the_autocorrelation_of_praat_at_whole_lags() -> None:
    sound = buzz(200.0)
    frame = sound[8080 - 320 : 8080 + 320]
    whole = normalised(((frame - frame.mean()) * WINDOW)[None])[0]
    lags = 16_000 / lag_pitches_hz()
    covered = lags < len(OF_WINDOW) - 1
    read = np.interp(lags[covered], np.arange(len(whole)), whole)
    np.testing.assert_allclose(correlogram(sound)[50][covered], read, atol=0.03)


@pytest.mark.parametrize("draw", [mel_image, correlogram])
def test_gain_changes_nothing(draw: Draw) -> None:
    sound = buzz(150.0)
    np.testing.assert_allclose(draw(sound * np.float32(0.01)), draw(sound), atol=1e-3)


@pytest.mark.parametrize(("draw", "rows"), [(mel_image, BANDS), (correlogram, LAGS)])
@pytest.mark.parametrize("n_samples", [0, 159, 160, 1000, 16_000])
def test_one_row_each_10_ms_and_all_finite(draw: Draw, rows: int, n_samples: int) -> None:
    for sound in (np.zeros(n_samples, np.float32), buzz(100.0)[:n_samples]):
        image = draw(sound)
        assert image.shape == (n_samples // 160, rows)
        assert image.dtype == np.float32
        assert np.isfinite(image).all()
