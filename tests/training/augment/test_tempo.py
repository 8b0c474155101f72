import numpy as np
import pytest

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.training.augment.tempo import change_pitch, change_speed, change_tempo


def pitch_hz(samples: FloatArray) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(spectrum.argmax() * SAMPLE_RATE_HZ / len(samples))


@pytest.mark.parametrize("factor", [0.9, 1.1])
def test_speed_moves_length_and_pitch(sine: FloatArray, factor: float) -> None:
    faster = change_speed(sine, factor)
    assert len(faster) == round(len(sine) / factor)
    assert pitch_hz(faster) == pytest.approx(200 * factor, abs=1.5)


@pytest.mark.parametrize("factor", [0.8, 1.25])
def test_tempo_moves_length_only(sine: FloatArray, factor: float) -> None:
    faster = change_tempo(sine, factor)
    assert len(faster) == round(len(sine) / factor)
    assert pitch_hz(faster) == pytest.approx(200, abs=2.0)


@pytest.mark.parametrize("semitones", [-2.0, 0.5, 2.0])
def test_pitch_moves_pitch_only(sine: FloatArray, semitones: float) -> None:
    higher = change_pitch(sine, semitones)
    assert len(higher) == len(sine)
    assert pitch_hz(higher) == pytest.approx(200 * 2 ** (semitones / 12), abs=2.0)


def test_the_same_sound_gives_the_same_bits(sine: FloatArray) -> None:
    for change in (change_speed, change_tempo, change_pitch):
        one = change(sine, 1.1)
        assert one.dtype == np.float32
        assert np.array_equal(one, change(sine, 1.1))
        assert np.abs(one).max() < 1.0
