import numpy as np
import pytest

from sottovoce.speech.octave import TAPS, HalfSpeed


@pytest.mark.parametrize("f0_hz", [100, 1000, 5000])
def test_a_sine_sounds_an_octave_lower_at_the_same_level(f0_hz: int) -> None:
    time_s = np.arange(16_000) / 16_000
    slow = HalfSpeed().play(np.sin(2 * np.pi * f0_hz * time_s).astype(np.float32))[2 * TAPS :]
    spectrum = np.abs(np.fft.rfft(slow * np.hanning(len(slow))))
    assert spectrum.argmax() * 16_000 / len(slow) == pytest.approx(f0_hz / 2, abs=1)
    assert np.abs(slow).max() == pytest.approx(1.0, abs=0.02)


def test_the_samples_themselves_are_kept() -> None:
    samples = np.random.default_rng(0).normal(size=1000).astype(np.float32)
    slow = HalfSpeed().play(samples)
    np.testing.assert_array_equal(slow[TAPS::2], samples[: 1000 - TAPS // 2])


def test_a_stream_in_pieces_is_the_stream_in_one() -> None:
    samples = np.random.default_rng(0).normal(size=3000).astype(np.float32)
    whole, pieces = HalfSpeed(), HalfSpeed()
    parts = [pieces.play(part) for part in np.split(samples, [100, 1100, 1101])]
    np.testing.assert_array_equal(np.concatenate(parts), whole.play(samples))
