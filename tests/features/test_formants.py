import numpy as np
import pytest

from sottovoce.features.formants import track_formants, track_resonances
from sottovoce.features.frames import frame_count
from voices import FRONT_HZ, NEUTRAL_HZ, OPEN_HZ, voice


@pytest.mark.parametrize("formants_hz", [NEUTRAL_HZ, OPEN_HZ, FRONT_HZ])
@pytest.mark.parametrize("f0_hz", [90.0, 100.0])
def test_the_formants_of_a_vowel_are_found(formants_hz: tuple[float, ...], f0_hz: float) -> None:
    samples = voice(f0_hz, jitter=0.005, formants_hz=formants_hz).samples
    found = np.nanmedian(track_formants(samples, everywhere(samples)), axis=0)
    np.testing.assert_allclose(found, formants_hz[:3], rtol=0.08)


def test_a_high_voice_pulls_them_no_farther_than_its_harmonics() -> None:
    samples = voice(220.0, jitter=0.005, formants_hz=OPEN_HZ).samples
    found = np.nanmedian(track_formants(samples, everywhere(samples)), axis=0)
    np.testing.assert_allclose(found, OPEN_HZ[:3], atol=110)


def test_they_rise_in_order_and_have_widths() -> None:
    samples = voice([120.0, 180.0], 1.0, jitter=0.01, hnr_db=20.0).samples
    frequency, bandwidth = track_resonances(samples, everywhere(samples))
    assert (np.diff(frequency, axis=1) >= 0).all()
    assert np.array_equal(np.isnan(frequency), np.isnan(bandwidth))
    assert (bandwidth > 0).all()
    assert np.median(bandwidth[:, 0]) < 200


def test_only_voiced_frames_have_them() -> None:
    samples = voice(110.0).samples
    voiced = np.zeros(frame_count(len(samples)), dtype=bool)
    voiced[[7, 20, 21, 22, 23, 50, 51]] = True
    found = track_formants(samples, voiced)
    assert np.array_equal(~np.isnan(found).any(axis=1), voiced)


def test_gain_and_offset_do_not_matter() -> None:
    samples = voice(110.0, hnr_db=25.0).samples
    changed = (samples * np.float32(0.1) + np.float32(0.1)).astype(np.float32)
    one, other = (track_formants(sound, everywhere(sound)) for sound in (samples, changed))
    np.testing.assert_allclose(one, other, rtol=0.01)


@pytest.mark.parametrize("n_samples", [0, 160, 480, 16_000])
def test_silence_called_voiced_has_none(n_samples: int) -> None:
    silence = np.zeros(n_samples, dtype=np.float32)
    assert np.isnan(track_formants(silence, everywhere(silence))).all()


def everywhere(samples: np.ndarray) -> np.ndarray:
    return np.ones(frame_count(len(samples)), dtype=bool)
