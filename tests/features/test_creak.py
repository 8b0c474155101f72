import numpy as np
import pytest

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.creak import creak_ratio, creaky
from sottovoce.features.pitch import track_pitch
from voices import fry, voice


def ratio_of(samples: FloatArray) -> float | None:
    pitch = track_pitch(samples)
    return creak_ratio(creaky(samples, pitch), pitch.voiced)


@pytest.mark.parametrize(("low_hz", "high_hz"), [(30.0, 50.0), (40.0, 60.0), (45.0, 46.0)])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_fry_creaks(low_hz: float, high_hz: float, seed: int) -> None:
    assert ratio_of(fry(2.0, low_hz, high_hz, seed).samples) > 0.8


@pytest.mark.parametrize("f0_hz", [85.0, 110.0, 140.0, 220.0, 350.0])
@pytest.mark.parametrize("hnr_db", [None, 10.0])
def test_a_modal_voice_does_not(f0_hz: float, hnr_db: float | None) -> None:
    samples = voice(f0_hz, 2.0, jitter=0.01, shimmer_db=0.4, hnr_db=hnr_db).samples
    assert ratio_of(samples) < 0.03


def test_nor_does_a_hoarse_one() -> None:
    assert ratio_of(voice(120.0, 3.0, jitter=0.04, shimmer_db=1.5).samples) < 0.15


def test_the_creaky_end_of_a_phrase_is_found() -> None:
    phrase = np.concatenate([voice([130.0, 100.0], 1.0).samples, fry(0.5).samples])
    pitch = track_pitch(phrase)
    frames = creaky(phrase, pitch)
    assert not frames[:95].any()
    assert frames[105:145].mean() > 0.8


def test_noise_does_not_creak() -> None:
    noise = np.random.default_rng(8).normal(0, 0.1, 5 * SAMPLE_RATE_HZ).astype(np.float32)
    assert creaky(noise, track_pitch(noise)).mean() < 0.02


@pytest.mark.parametrize("n_samples", [0, 50, 159, 160, 700, 1_600, 16_000])
def test_silence_does_not_creak(n_samples: int) -> None:
    silence = np.zeros(n_samples, dtype=np.float32)
    frames = creaky(silence, track_pitch(silence))
    assert len(frames) == n_samples // 160
    assert not frames.any()
    assert ratio_of(silence) is None


def test_gain_and_offset_do_not_matter() -> None:
    samples = fry(1.0).samples
    changed = (samples * np.float32(0.1) + np.float32(0.2)).astype(np.float32)
    assert ratio_of(changed) == pytest.approx(ratio_of(samples), rel=0.01)
