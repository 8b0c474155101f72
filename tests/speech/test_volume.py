import numpy as np
import pytest

from sottovoce.domain import FloatArray
from sottovoce.speech.activity import BLOCK_SAMPLES
from sottovoce.speech.ear import FRAME_SAMPLES
from sottovoce.speech.volume import MAX_GAIN_DB, TARGET_DBFS, Volume


def block(level_dbfs: float) -> FloatArray:
    return np.full(BLOCK_SAMPLES, 10 ** (level_dbfs / 20), dtype=np.float32)


def test_the_first_sound_is_brought_to_the_target() -> None:
    assert Volume().gain_db(block(-40.0)) == pytest.approx(TARGET_DBFS + 40.0, abs=1e-3)


def test_the_gain_is_held_while_it_serves() -> None:
    volume = Volume()
    first = volume.gain_db(block(-40.0))
    assert [volume.gain_db(block(level)) for level in (-36.0, -44.0, -41.0)] == [first] * 3


def test_a_louder_voice_turns_the_gain_down_at_once() -> None:
    volume = Volume()
    volume.gain_db(block(-60.0))
    assert volume.gain_db(block(-20.0)) == pytest.approx(TARGET_DBFS + 20.0, abs=1e-3)


def test_after_a_shout_a_quiet_voice_is_heard_again_within_half_a_minute() -> None:
    volume = Volume()
    volume.gain_db(block(-10.0))
    gains_db = [volume.gain_db(block(-40.0)) for _ in range(round(30 / 0.256))]
    assert gains_db[0] == pytest.approx(0.0, abs=1e-3)
    assert -40.0 + gains_db[-1] > TARGET_DBFS - 15.0


def test_a_click_does_not_move_the_gain() -> None:
    volume = Volume()
    quiet = block(-50.0)
    before = volume.gain_db(quiet)
    clicked = quiet.copy()
    clicked[: 2 * FRAME_SAMPLES] = 0.9
    assert volume.gain_db(clicked) == before


def test_silence_is_not_amplified_without_end() -> None:
    assert Volume().gain_db(np.zeros(BLOCK_SAMPLES, dtype=np.float32)) == MAX_GAIN_DB
