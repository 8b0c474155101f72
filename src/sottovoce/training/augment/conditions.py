"""The bad conditions of the robustness report."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.training.augment.codecs import through_codec
from sottovoce.training.augment.levels import add_noise, change_gain
from sottovoce.training.augment.policy import clip_random

Condition = Callable[[FloatArray, np.random.Generator], FloatArray]

REPORTED_SNR_DB = 10.0
REPORTED_OPUS_BITS_PER_S = 16_000
REPORTED_GAIN_DB = -20.0


def conditions(noises: Sequence[FloatArray]) -> Mapping[str, Condition]:
    """Name to what it does to a clip: noise at 10 dB SNR, Opus at 16 kbit/s, 20 dB softer.

    >>> list(conditions([np.ones(1, np.float32)]))
    ['noise 10 dB SNR', 'Opus 16 kbit/s', 'gain -20 dB']
    """

    def noisy(samples: FloatArray, random: np.random.Generator) -> FloatArray:
        noise = noises[int(random.integers(len(noises)))]
        return add_noise(samples, noise, REPORTED_SNR_DB, random)

    def coded(samples: FloatArray, _random: np.random.Generator) -> FloatArray:
        return through_codec(samples, "opus", REPORTED_OPUS_BITS_PER_S)

    def soft(samples: FloatArray, _random: np.random.Generator) -> FloatArray:
        return change_gain(samples, REPORTED_GAIN_DB)

    return {
        f"noise {REPORTED_SNR_DB:.0f} dB SNR": noisy,
        f"Opus {REPORTED_OPUS_BITS_PER_S // 1000} kbit/s": coded,
        f"gain {REPORTED_GAIN_DB:.0f} dB": soft,
    }


def changed(samples: FloatArray, condition: Condition, name: str, seed: int = 0) -> FloatArray:
    """A clip under a condition; ``name`` (the file's) and the seed decide all chance in it."""
    return condition(samples, clip_random(seed, name))
