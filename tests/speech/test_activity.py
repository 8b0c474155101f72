from collections.abc import Callable

import numpy as np
import pytest

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.speech.activity import BLOCK_FRAMES, BLOCK_SAMPLES, VoiceActivity
from sottovoce.speech.ear import Ear

Sound = Callable[[FloatArray], FloatArray]

NOTES_HZ = (262, 294, 330, 349, 392, 440, 494, 523)
NOT_SPEECH: dict[str, Sound] = {
    "silence": np.zeros_like,
    "offset": lambda time_s: np.full_like(time_s, 0.3),
    "sine": lambda time_s: np.sin(2 * np.pi * 200 * time_s),
    "square": lambda time_s: np.sign(np.sin(2 * np.pi * 200 * time_s)),
    "sweep": lambda time_s: np.sin(2 * np.pi * (50 * time_s + 200 * time_s**2)),
    "noise": lambda time_s: np.random.default_rng(0).normal(size=len(time_s)) / 4,
    "clicks": lambda time_s: (np.arange(len(time_s)) % 4000 == 0) * 0.9,
    "chord": lambda time_s: sum(np.sin(2 * np.pi * f * time_s) for f in (262, 330, 392)) / 3,
    "melody": lambda time_s: plucked(time_s, np.take(NOTES_HZ, (2 * time_s).astype(int) % 8)),
}


def plucked(time_s: FloatArray, f0_hz: FloatArray) -> FloatArray:
    """Notes of half a second with seven harmonics that die away."""
    tone = sum(np.sin(2 * np.pi * k * f0_hz * time_s) / k for k in range(1, 8))
    return tone * np.exp(-4 * (time_s % 0.5)) / 3


def heard(samples: FloatArray) -> FloatArray:
    """Probabilities of a whole recording."""
    padded = np.pad(samples, (0, -len(samples) % BLOCK_SAMPLES))
    activity = VoiceActivity()
    return np.concatenate([activity.hear(block) for block in padded.reshape(-1, BLOCK_SAMPLES)])


@pytest.mark.parametrize("gain_db", [0, -40])
@pytest.mark.parametrize("name", NOT_SPEECH)
def test_what_is_not_speech_is_not_heard_as_speech(name: str, gain_db: int) -> None:
    time_s = np.arange(8 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    sound = 0.8 * 10 ** (gain_db / 20) * NOT_SPEECH[name](time_s)
    assert (heard(sound.astype(np.float32)) >= 0.35).mean() < 0.03


def test_a_voice_is_heard(memo: FloatArray) -> None:
    assert (heard(memo) > 0.5).mean() > 0.7


@pytest.mark.parametrize("gain_db", [-20, -40])
def test_a_voice_far_away_is_heard_like_one_near(memo: FloatArray, gain_db: int) -> None:
    near = heard(memo) > 0.35
    far = heard(memo * np.float32(10 ** (gain_db / 20))) > 0.35
    assert (near == far).mean() > 0.97


def test_the_model_alone_does_not_hear_it(memo: FloatArray) -> None:
    whole = memo[: len(memo) // 512 * 512]
    near, far = Ear().probabilities(whole), Ear().probabilities(whole * np.float32(1e-3))
    assert (far > 0.5).sum() < 0.5 * (near > 0.5).sum()


def test_probabilities_are_one_for_each_frame_and_in_range(memo: FloatArray) -> None:
    probabilities = VoiceActivity().hear(memo[:BLOCK_SAMPLES])
    assert probabilities.shape == (BLOCK_FRAMES,)
    assert probabilities.dtype == np.float32
    assert probabilities.min() >= 0.0
    assert probabilities.max() <= 1.0


def test_each_stream_has_a_memory_of_its_own(memo: FloatArray) -> None:
    blocks = memo[: 16 * BLOCK_SAMPLES].reshape(-1, BLOCK_SAMPLES)
    alone = VoiceActivity()
    expected = [alone.hear(block) for block in blocks]
    one, other = VoiceActivity(), VoiceActivity()
    between = []
    for block in blocks:
        between.append(one.hear(block))
        other.hear(block[::-1].copy())
    np.testing.assert_array_equal(between, expected)
