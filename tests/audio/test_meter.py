import numpy as np
import pytest

from sottovoce.audio.meter import RECENT_S, LevelMeter
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray

HALF = SAMPLE_RATE_HZ // 2


def words(meter: LevelMeter, sound: FloatArray) -> list[str]:
    return [meter.hear(sound[at : at + HALF]).word for at in range(0, len(sound), HALF)]


def test_levels_of_a_sine(sine: FloatArray) -> None:
    level = LevelMeter().hear(sine)
    assert level.peak_dbfs == pytest.approx(-6.02, abs=0.01)
    assert level.dbfs == pytest.approx(-9.03, abs=0.01)
    assert level.word == "good"


def test_silence_is_called_quiet_only_after_a_while() -> None:
    told = words(LevelMeter(), np.zeros(round(2 * RECENT_S * SAMPLE_RATE_HZ), np.float32))
    patient = round(RECENT_S * 2) - 1
    assert told == ["good"] * patient + ["too quiet"] * (len(told) - patient)


def test_a_breath_between_words_is_no_quiet_voice(sine: FloatArray) -> None:
    breath = np.zeros(4 * SAMPLE_RATE_HZ, np.float32)
    assert set(words(LevelMeter(), np.concatenate((sine, breath, sine, breath)))) == {"good"}


def test_clipping_is_told_and_forgotten(sine: FloatArray) -> None:
    meter = LevelMeter()
    assert words(meter, np.clip(8 * sine, -1, 1)) == ["clipping", "clipping"]
    calm = words(meter, np.tile(0.5 * sine, 8))
    assert calm[-1] == "good"
