import numpy as np
import pytest
from scipy.signal import resample_poly

from sottovoce.audio.clipping import ClippingMeter, opened
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray

SECONDS = 2
N = SECONDS * SAMPLE_RATE_HZ


def clipped_ratio(samples: FloatArray) -> float:
    meter = ClippingMeter()
    for block in samples.astype(np.float32).reshape(SECONDS, -1):
        meter.add(block)
    return meter.clipped_samples() / len(samples)


def sine(f0_hz: float, level: float = 0.9999) -> FloatArray:
    return level * np.sin(2 * np.pi * f0_hz * np.arange(N) / SAMPLE_RATE_HZ)


def murmur(rate_hz: int = SAMPLE_RATE_HZ, band_hz: int = 800) -> FloatArray:
    """Noise in a low band whose loudness comes and goes like syllables; deviation 0.25."""
    random = np.random.default_rng(0)
    band = resample_poly(random.normal(size=SECONDS * 2 * band_hz), rate_hz // (2 * band_hz), 1)
    swell = 1 + np.sin(2 * np.pi * 3 * np.arange(len(band)) / rate_hz)
    return 0.25 * swell * band / (swell * band).std()


@pytest.mark.parametrize("f0_hz", [50, 100, 200, 300, 440, 500, 800, 1000, 1600, 2000, 4000])
@pytest.mark.parametrize("level", [0.9999, 0.5])
def test_a_sine_does_not_clip_even_at_full_scale(f0_hz: int, level: float) -> None:
    assert clipped_ratio(sine(f0_hz, level)) == 0.0


@pytest.mark.parametrize("level", [0.9999, 0.4])
def test_a_square_wave_clips(level: float) -> None:
    assert clipped_ratio(level * np.sign(sine(150.5))) > 0.99


def test_the_share_at_the_ceiling_is_found() -> None:
    sound = 4 * murmur()
    cut = np.clip(sound, -1, 1)
    assert clipped_ratio(cut) == pytest.approx((np.abs(sound) >= 1).mean(), rel=0.2)
    assert clipped_ratio(0.5 * cut) == pytest.approx(clipped_ratio(cut), rel=0.1)


@pytest.mark.parametrize("band_hz", [800, 2000])
def test_a_third_clipped_before_resampling_is_still_found(band_hz: int) -> None:
    cut = np.clip(6 * murmur(48_000, band_hz), -1, 1)
    assert clipped_ratio(np.clip(resample_poly(cut, 1, 3), -1, 1)) > 0.1


def test_one_side_alone_may_clip() -> None:
    sound = murmur() / 2
    assert 0 < clipped_ratio(np.minimum(sound, 0.3)) < clipped_ratio(np.clip(sound, -0.3, 0.3))


@pytest.mark.parametrize("offset", [0.0, 0.3, -0.3])
def test_sound_that_meets_no_ceiling_does_not_clip(offset: float) -> None:
    sound = murmur()
    assert clipped_ratio(offset + 0.5 * sound / np.abs(sound).max()) == 0.0


def test_neither_silence_nor_an_offset_nor_a_whisper_clips() -> None:
    for still in (np.zeros(N), np.full(N, 0.8), 0.7 + 0.001 * np.sign(sine(200))):
        assert clipped_ratio(still) == 0.0


def test_a_meter_without_sound_counts_nothing() -> None:
    meter = ClippingMeter()
    meter.add(np.ones(2, dtype=np.float32))
    assert meter.clipped_samples() == 0


def test_opening_keeps_what_is_wide_and_lowers_what_is_narrow() -> None:
    flat, spike = np.float32([0, 1, 1, 1, 0]), np.float32([0, 0, 1, 0, 0])
    assert opened(flat).tolist() == flat.tolist()
    assert not opened(spike).any()
