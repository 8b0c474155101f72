"""Five voices with two ways of speaking: low and dull, or high and bright."""

from collections.abc import Callable

import numpy as np
import pytest

from sottovoce.training.images import Images, images_of
from sottovoce.training.net.examples import NetExamples
from sottovoce.training.net.options import NetOptions

RATE_HZ = 16_000
PER_VOICE = 12


def utterance(high: bool, voice: int, random: np.random.Generator, seconds: float) -> np.ndarray:
    """A buzz with a gliding pitch; what is high is also bright."""
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    pitch_hz = (100 + 8 * voice) * (1.8 if high else 1.0) * random.uniform(0.95, 1.05)
    phase = 2 * np.pi * pitch_hz * (time_s + 0.05 * np.sin(2 * np.pi * 2 * time_s) / 2)
    falls = 0.5 if high else 1.5
    buzz = sum(np.sin(n * phase) / n**falls for n in range(1, 20))
    return (0.05 * buzz + 0.002 * random.normal(size=len(time_s))).astype(np.float32)


@pytest.fixture(scope="session")
def make_examples() -> Callable[..., NetExamples]:
    """``PER_VOICE`` windows of each voice, half of them high."""

    def make(voices: int = 5, seed: int = 0) -> NetExamples:
        random = np.random.default_rng(seed)
        truth = np.tile([0, 1], voices * PER_VOICE // 2)
        speakers = np.repeat(np.arange(voices), PER_VOICE)
        images = images_of(
            utterance(bool(high), int(voice), random, random.uniform(0.4, 0.9))
            for high, voice in zip(truth, speakers, strict=True)
        )
        return NetExamples(images, truth, speakers, np.ones((len(truth), 2), bool))

    return make


@pytest.fixture(scope="session")
def noise() -> Images:
    """Two sounds that disturb, one of them short."""
    random = np.random.default_rng(9)
    return images_of(random.normal(size=n).astype(np.float32) for n in (3200, 24_000))


@pytest.fixture(scope="session")
def tiny() -> NetOptions:
    """A network that is trained in a second."""
    return NetOptions(
        width=4, hidden=16, embedding=16, blocks=1, crop_frames=48, epochs=8, speakers=2, clips=4,
        learning_rate=1e-2, masked_bands=6, masked_frames=6,
    )  # fmt: skip
