import numpy as np
import pytest

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.training.augment.codecs import through_codec


@pytest.fixture
def rising() -> FloatArray:
    """Two seconds of a tone that rises from 150 to 900 Hz: every moment is unlike any other."""
    time_s = np.arange(2 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    phase = 2 * np.pi * (150 * time_s + 750 / 4 * time_s**2)
    return (0.3 * np.sin(phase)).astype(np.float32)


def delay_samples(after: FloatArray, before: FloatArray) -> int:
    size = 2 * len(before)
    match = np.fft.irfft(np.fft.rfft(after, size) * np.conj(np.fft.rfft(before, size)))
    lag = int(match.argmax())
    return lag if lag < len(before) else lag - size


@pytest.mark.parametrize(
    ("name", "bits_per_s", "late_samples"),
    [("opus", 16_000, 0), ("mp3", 32_000, 0), ("amr", 12_200, 80)],
)
def test_a_codec_changes_the_sound_a_little_and_keeps_its_place(
    rising: FloatArray, name: str, bits_per_s: int, late_samples: int
) -> None:
    heard = through_codec(rising, name, bits_per_s)
    assert (len(heard), heard.dtype) == (len(rising), np.float32)
    assert not np.array_equal(heard, rising)
    assert delay_samples(heard, rising) == pytest.approx(late_samples, abs=3)
    assert np.std(heard) == pytest.approx(np.std(rising), rel=0.25)


def test_amr_is_narrow_band() -> None:
    hiss = np.random.default_rng(0).normal(0, 0.1, SAMPLE_RATE_HZ).astype(np.float32)
    spectrum = np.abs(np.fft.rfft(through_codec(hiss, "amr", 12_200))) ** 2
    assert spectrum[4200:].sum() < 0.01 * spectrum[:3500].sum()


def test_the_same_sound_gives_the_same_bits(rising: FloatArray) -> None:
    one, two = (through_codec(rising, "opus", 16_000) for _ in range(2))
    assert np.array_equal(one, two)


@pytest.mark.parametrize("samples", [1, 100, 777])
def test_short_clips_pass(samples: int) -> None:
    click = np.full(samples, 0.1, np.float32)
    assert len(through_codec(click, "opus", 16_000)) == samples
