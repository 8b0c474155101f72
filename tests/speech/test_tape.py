import numpy as np
import pytest

from sottovoce.speech.activity import BLOCK_SAMPLES
from sottovoce.speech.tape import Tape


@pytest.fixture
def tape() -> Tape:
    """Four blocks in which each sample holds its own number, and each frame its own."""
    tape = Tape()
    for i in range(4):
        samples = np.arange(i * BLOCK_SAMPLES, (i + 1) * BLOCK_SAMPLES, dtype=np.float32)
        tape.record(samples, np.arange(8 * i, 8 * i + 8, dtype=np.float32))
    return tape


def test_a_window_holds_its_span_and_nothing_else(tape: Tape) -> None:
    window = tape.window(5000, 10_000)
    np.testing.assert_array_equal(window.samples, np.arange(5000, 10_000))
    assert (window.segment.start_s, window.segment.end_s) == (0.3125, 0.625)


def test_its_probability_is_the_mean_of_the_frames_it_touches(tape: Tape) -> None:
    assert tape.window(512 * 9, 512 * 12).segment.speech_probability == 10.0
    assert tape.window(512 * 9 + 1, 512 * 11 + 1).segment.speech_probability == 10.0


def test_what_is_forgotten_frees_memory_and_leaves_the_rest(tape: Tape) -> None:
    tape.forget_before(2 * BLOCK_SAMPLES + 5)
    assert tape.held_samples == 2 * BLOCK_SAMPLES
    assert tape.window(2 * BLOCK_SAMPLES + 5, 2 * BLOCK_SAMPLES + 7).samples.tolist() == [
        8197,
        8198,
    ]


def test_a_window_is_a_copy(tape: Tape) -> None:
    tape.window(0, 10).samples[:] = -1.0
    assert tape.window(0, 3).samples.tolist() == [0.0, 1.0, 2.0]
