"""Resampling keeps pitch, level and length; what 16 kHz cannot hold is gone; mono is the mean."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sottovoce.audio.convert import MAX_CHANNELS
from sottovoce.audio.decode import Decoder
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.errors import UnsupportedFormatError

Wav = Callable[..., bytes]

FLOAT = {"bits": 32, "tag": 3}
EDGE_SAMPLES = 400  # the filter's reach, where a tone begins and ends


def tone(frequency_hz: float, rate_hz: int) -> FloatArray:
    """One second of a sine at half of full scale."""
    return (0.5 * np.sin(2 * np.pi * frequency_hz * np.arange(rate_hz) / rate_hz)).astype("<f4")


def level_db(samples: FloatArray) -> float:
    """Level in dB relative to a sine at half of full scale, without the edges."""
    middle = samples[EDGE_SAMPLES:-EDGE_SAMPLES]
    return float(10 * np.log10(np.mean(middle.astype(np.float64) ** 2) / 0.125 + 1e-20))


@pytest.mark.parametrize("rate_hz", [11_025, 22_050, 44_100, 48_000, 96_000, 192_000])
def test_a_tone_keeps_its_pitch_and_its_level(decoder: Decoder, wav: Wav, rate_hz: int) -> None:
    memo = wav(tone(440.0, rate_hz).tobytes(), rate_hz=rate_hz, **FLOAT)
    heard = decoder.decode(memo).samples
    inside = slice(EDGE_SAMPLES, -EDGE_SAMPLES)
    np.testing.assert_allclose(heard[inside], tone(440.0, SAMPLE_RATE_HZ)[inside], atol=1e-4)


@pytest.mark.parametrize("rate_hz", [44_100, 48_000, 96_000])
@pytest.mark.parametrize(
    ("frequency_hz", "at_most_db"), [(8_400, -60), (9_000, -90), (15_000, -90)]
)
def test_what_16_khz_cannot_hold_is_gone(
    decoder: Decoder, wav: Wav, rate_hz: int, frequency_hz: int, at_most_db: float
) -> None:
    memo = wav(tone(frequency_hz, rate_hz).tobytes(), rate_hz=rate_hz, **FLOAT)
    assert level_db(decoder.decode(memo).samples) < at_most_db


@pytest.mark.parametrize("rate_hz", [44_100, 48_000, 96_000])
def test_speech_bands_pass(decoder: Decoder, wav: Wav, rate_hz: int) -> None:
    memo = wav(tone(7_000, rate_hz).tobytes(), rate_hz=rate_hz, **FLOAT)
    assert level_db(decoder.decode(memo).samples) == pytest.approx(0.0, abs=0.1)


@settings(max_examples=40, deadline=None)
@given(
    length=st.integers(500, 60_000),
    rate_hz=st.sampled_from([8_000, 11_025, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000]),
)
def test_the_length_is_that_of_the_sound(
    decoder: Decoder, wav: Wav, length: int, rate_hz: int
) -> None:
    heard = decoder.decode(wav(bytes(2 * length), rate_hz=rate_hz)).samples
    assert abs(len(heard) - length * SAMPLE_RATE_HZ / rate_hz) <= 2


@settings(max_examples=20, deadline=None)
@given(channels=st.integers(1, MAX_CHANNELS), seed=st.integers(0, 99))
def test_mono_is_the_mean_of_the_channels(
    decoder: Decoder, wav: Wav, channels: int, seed: int
) -> None:
    sound = np.random.default_rng(seed).uniform(-1, 1, (2_000, channels)).astype("<f4")
    heard = decoder.decode(wav(sound.tobytes(), channels=channels, **FLOAT)).samples
    np.testing.assert_allclose(heard, sound.mean(axis=1), atol=1e-6)


def test_192_khz_in_8_channels_is_heard(decoder: Decoder, wav: Wav) -> None:
    sound = np.repeat(tone(440.0, 192_000), 8)
    heard = decoder.decode(wav(sound.tobytes(), rate_hz=192_000, channels=8, **FLOAT)).samples
    inside = slice(EDGE_SAMPLES, -EDGE_SAMPLES)
    np.testing.assert_allclose(heard[inside], tone(440.0, SAMPLE_RATE_HZ)[inside], atol=1e-4)


def test_a_constant_offset_is_kept(decoder: Decoder, wav: Wav) -> None:
    """Whether it is a fault is for the quality verdict to say."""
    memo = wav(np.full(44_100, 0.25, "<f4").tobytes(), rate_hz=44_100, **FLOAT)
    heard = decoder.decode(memo).samples[EDGE_SAMPLES:-EDGE_SAMPLES]
    np.testing.assert_allclose(heard, 0.25, atol=1e-4)


def test_too_many_channels_are_refused(decoder: Decoder, wav: Wav) -> None:
    with pytest.raises(UnsupportedFormatError, match="33 channels"):
        decoder.decode(wav(bytes(33 * 200), channels=MAX_CHANNELS + 1))


@pytest.mark.parametrize("rate_hz", [100, 1_000_000])
def test_rates_no_recorder_has_are_refused(decoder: Decoder, wav: Wav, rate_hz: int) -> None:
    with pytest.raises(UnsupportedFormatError, match=f"{rate_hz} Hz"):
        decoder.decode(wav(bytes(200), rate_hz=rate_hz))


def test_a_track_may_change_its_rate_midway(decoder: Decoder, encode: Callable[..., bytes]) -> None:
    """Chained Ogg: one stream after another in one file."""
    first = encode(tone(440.0, 44_100), 44_100, "ogg", "flac")
    second = encode(tone(440.0, 48_000), 48_000, "ogg", "flac")
    heard = decoder.decode(first + second)
    assert heard.duration_s == pytest.approx(2.0, abs=0.01)
