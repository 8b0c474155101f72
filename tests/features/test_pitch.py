import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.frames import HOP_SAMPLES
from sottovoce.features.pitch import PitchTrack, track_pitch
from voices import NEUTRAL_HZ, OPEN_HZ, voice


@pytest.mark.parametrize("f0_hz", [78.0, 100.0, 137.3, 220.0, 330.0, 450.0, 590.0])
@pytest.mark.parametrize("formants_hz", [NEUTRAL_HZ, OPEN_HZ])
def test_a_held_vowel_has_its_pitch(f0_hz: float, formants_hz: tuple[float, ...]) -> None:
    track = track_pitch(voice(f0_hz, formants_hz=formants_hz).samples)
    assert track.voiced.mean() > 0.97
    assert np.nanmean(track.f0_hz) == pytest.approx(f0_hz, rel=0.005)
    assert np.nanmedian(track.f0_hz) == pytest.approx(f0_hz, rel=0.005)


def test_a_noisy_vowel_has_its_pitch() -> None:
    track = track_pitch(voice(160.0, hnr_db=8.0).samples)
    assert track.voiced.mean() > 0.97
    assert np.nanmean(track.f0_hz) == pytest.approx(160.0, rel=0.005)


def test_a_glide_is_followed() -> None:
    track = track_pitch(voice([110.0, 220.0], 2.0).samples)
    centre_s = (np.arange(200) + 0.5) / 100
    expected = np.interp(centre_s, [0, 2], [110, 220])
    inner = slice(3, -3)
    np.testing.assert_allclose(track.f0_hz[inner], expected[inner], rtol=0.01)


def test_a_sine_is_wholly_periodic(sine: FloatArray) -> None:
    track = track_pitch(sine)
    assert np.nanmedian(track.f0_hz) == pytest.approx(200, rel=0.001)
    assert track.strength[5:-5].min() > 0.99


@pytest.mark.parametrize("n_samples", [0, 1, 159, 160, 1_600, 48_000])
def test_silence_is_unvoiced(n_samples: int) -> None:
    track = track_pitch(np.zeros(n_samples, dtype=np.float32))
    assert len(track.f0_hz) == len(track.strength) == n_samples // HOP_SAMPLES
    assert not track.voiced.any()
    assert not track.strength.any()


def test_white_noise_is_unvoiced() -> None:
    noise = np.random.default_rng(5).normal(0, 0.1, 5 * SAMPLE_RATE_HZ).astype(np.float32)
    track = track_pitch(noise)
    assert track.voiced.mean() < 0.01
    assert 0 < track.strength.max() < 0.6


def test_silence_around_a_voice_is_unvoiced() -> None:
    quiet = np.zeros(50 * HOP_SAMPLES, dtype=np.float32)
    track = track_pitch(np.concatenate([quiet, voice(150.0).samples, quiet]))
    assert not track.voiced[:47].any()
    assert track.voiced[52:148].all()
    assert not track.voiced[153:].any()


@pytest.mark.parametrize("duration_s", [0.03, 0.05, 0.1])
def test_a_very_short_window_is_heard_or_not_but_never_fails(duration_s: float) -> None:
    samples = voice(200.0).samples[: round(duration_s * SAMPLE_RATE_HZ)]
    track = track_pitch(samples)
    assert len(track.f0_hz) == len(samples) // HOP_SAMPLES
    assert duration_s < 0.1 or np.nanmedian(track.f0_hz) == pytest.approx(200, rel=0.02)


@settings(deadline=None, max_examples=25)
@given(gain=st.floats(0.01, 1.9), offset=st.floats(-0.3, 0.3))
def test_neither_gain_nor_offset_matters(gain: float, offset: float) -> None:
    samples = voice(145.0, 0.5, jitter=0.01, hnr_db=15.0).samples
    changed = (samples * np.float32(gain) + np.float32(offset)).astype(np.float32)
    assert_same(track_pitch(changed), track_pitch(samples))


@settings(deadline=None, max_examples=25)
@given(hops=st.integers(1, 60))
def test_silence_before_the_voice_only_moves_it(hops: int) -> None:
    samples = voice(145.0, 0.5, jitter=0.01, hnr_db=15.0).samples
    samples -= samples.mean()
    later = np.concatenate([np.zeros(hops * HOP_SAMPLES, dtype=np.float32), samples])
    track = track_pitch(later)
    moved = PitchTrack(track.f0_hz[hops:], track.strength[hops:])
    assert not track.voiced[: max(hops - 2, 0)].any()
    assert_same(moved, track_pitch(samples))


def test_the_same_samples_give_the_same_bits() -> None:
    samples = voice([100.0, 240.0, 90.0], 3.0, jitter=0.02, hnr_db=10.0).samples
    first, second = track_pitch(samples), track_pitch(samples.copy())
    assert first.f0_hz.tobytes() == second.f0_hz.tobytes()
    assert first.strength.tobytes() == second.strength.tobytes()


def assert_same(one: PitchTrack, other: PitchTrack) -> None:
    np.testing.assert_array_equal(one.voiced, other.voiced)
    np.testing.assert_allclose(one.f0_hz, other.f0_hz, rtol=1e-3)
    np.testing.assert_allclose(one.strength, other.strength, atol=2e-3)
