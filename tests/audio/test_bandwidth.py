import numpy as np
import pytest

from sottovoce.audio.bandwidth import BandwidthMeter
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray


def telephone(samples: FloatArray) -> bool:
    meter = BandwidthMeter()
    for block in np.array_split(samples.astype(np.float32), 2):
        meter.add(block)
    return meter.telephone


@pytest.fixture
def noise() -> FloatArray:
    """Two seconds of white noise."""
    return np.random.default_rng(0).normal(scale=0.1, size=2 * SAMPLE_RATE_HZ)


@pytest.fixture
def narrow(noise: FloatArray) -> FloatArray:
    """The same noise with nothing above 4 kHz."""
    spectrum = np.fft.rfft(noise)
    spectrum[len(spectrum) // 2 :] = 0.0
    return np.fft.irfft(spectrum)


def test_what_ends_at_4_khz_is_telephone(narrow: FloatArray) -> None:
    assert telephone(narrow)


def test_a_little_sound_above_is_enough(noise: FloatArray, narrow: FloatArray) -> None:
    assert not telephone(narrow + 0.01 * noise)
    assert not telephone(noise)


def test_silence_is_not_telephone() -> None:
    assert not telephone(np.zeros(SAMPLE_RATE_HZ))
    assert not telephone(np.full(SAMPLE_RATE_HZ, 0.3))
