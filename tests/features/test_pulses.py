import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.frames import HOP_SAMPLES
from sottovoce.features.pitch import track_pitch
from sottovoce.features.pulses import Pulses, find_pulses
from voices import voice


def pulses_of(samples: FloatArray) -> Pulses:
    return find_pulses(samples, track_pitch(samples))


@pytest.mark.parametrize("f0_hz", [80.0, 120.0, 210.0, 330.0, 500.0])
def test_every_cycle_of_an_even_voice_is_found_once(f0_hz: float) -> None:
    made = voice(f0_hz)
    periods = np.diff(pulses_of(made.samples).position_samples)
    np.testing.assert_allclose(periods[2:-2], SAMPLE_RATE_HZ / f0_hz, rtol=0.01)
    assert len(periods) == pytest.approx(len(made.pulse_samples) - 1, abs=3)


def test_pulses_keep_a_fixed_place_in_the_cycle() -> None:
    made = voice([110.0, 180.0, 120.0], 2.0, jitter=0.01)
    found = pulses_of(made.samples).position_samples
    nearest = np.abs(found[:, None] - made.pulse_samples).argmin(axis=1)
    delay = found - made.pulse_samples[nearest]
    assert np.std(delay) < 4
    assert (np.diff(nearest) == 1).mean() > 0.99


def test_the_amplitude_follows_the_voice() -> None:
    samples = voice(125.0, 2.0).samples
    fading = (samples * np.linspace(1.0, 0.25, len(samples))).astype(np.float32)
    pulses = pulses_of(fading)
    inner = slice(10, -10)
    expected = np.interp(pulses.position_samples, [0, len(samples)], [1.0, 0.25])
    ratio = pulses.amplitude[inner] / expected[inner]
    np.testing.assert_allclose(ratio / ratio.mean(), 1, atol=0.03)


def test_only_pulses_with_neighbours_have_an_amplitude() -> None:
    amplitude = pulses_of(voice(125.0).samples).amplitude
    assert np.isnan(amplitude[[0, -1]]).all()
    assert not np.isnan(amplitude[1:-1]).any()


def test_there_are_none_between_two_voices() -> None:
    gap = np.zeros(30 * HOP_SAMPLES, dtype=np.float32)
    one = voice(140.0, 0.5).samples
    position = pulses_of(np.concatenate([one, gap, one])).position_samples
    assert not ((position > 8_400) & (position < 12_400)).any()
    assert (position < 8_400).sum() == pytest.approx((position > 12_400).sum(), abs=1)


@pytest.mark.parametrize("n_samples", [0, 100, 1_600, 16_000])
def test_silence_has_none(n_samples: int) -> None:
    pulses = pulses_of(np.zeros(n_samples, dtype=np.float32))
    assert len(pulses.position_samples) == len(pulses.amplitude) == 0


@pytest.mark.parametrize("duration_s", [0.05, 0.1, 0.15])
def test_a_short_window_does_not_fail(duration_s: float) -> None:
    samples = voice(200.0).samples[: round(duration_s * SAMPLE_RATE_HZ)]
    assert len(pulses_of(samples).position_samples) <= 200 * duration_s + 2


@settings(deadline=None, max_examples=15)
@given(gain=st.floats(0.02, 1.9))
def test_gain_does_not_matter(gain: float) -> None:
    samples = voice(145.0, 0.6, jitter=0.01, hnr_db=20.0).samples
    louder = pulses_of((samples * np.float32(gain)).astype(np.float32))
    pulses = pulses_of(samples)
    np.testing.assert_allclose(louder.position_samples, pulses.position_samples, atol=0.05)
    np.testing.assert_allclose(louder.amplitude, pulses.amplitude, rtol=0.01)
