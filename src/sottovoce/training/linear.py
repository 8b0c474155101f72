"""A linear model over functionals: standardise, limit, multiply, add.

It hears a voice against its own normal as far as that is known, and against the population where
nothing is known: one machine for both views. The normal of a voice of which some recordings are
known is shrunk towards the population's: the mean of each functional by how much voices differ in
it against how much one voice varies (empirical Bayes, Efron & Morris 1975: trust is
``n / (n + within / between)``), the variance as if the population had been heard in
``VARIANCE_MEMOS`` recordings more.
"""

from dataclasses import dataclass

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.training.predictions import Float64Array
from sottovoce.training.voice import Voice

LIMIT = 5.0  # standard deviations: one wild functional must not decide alone
VARIANCE_MEMOS = 10.0


@dataclass(frozen=True, slots=True)
class LinearOptions:
    """Settings of the machine.

    ``penalties`` are the values of its C to choose among: the smaller, the simpler. Every training
    window is heard once for each of ``memos``, against so many recordings of its own voice (0 is
    the absolute view; more than there are means all).
    """

    penalties: tuple[float, ...] = (0.0001,)
    memos: tuple[int, ...] = (0, 20, 1000)


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """Scores are ``clip((x - normal) / deviation) @ weights + bias``.

    ``mean`` float32 [n] is the population's; ``within`` float32 [n] the variance of one voice;
    ``doubted`` float32 [n] how many recordings of a voice weigh as much as the population does.
    """

    mean: FloatArray
    within: FloatArray
    doubted: FloatArray
    weights: FloatArray
    bias: FloatArray

    def scores(self, vectors: FloatArray, voice: Voice | None = None) -> Float64Array:
        """Score of each label for windows float32 [windows, n], float64 [windows, labels]."""
        return np.asarray(self.standard(vectors, voice) @ self.weights + self.bias, np.float64)

    def standard(self, vectors: FloatArray, voice: Voice | None = None) -> FloatArray:
        """Windows against the normal of their voice, float32 [windows, n], limited."""
        normal, deviation = self.normal(voice)
        standard: FloatArray = np.clip((vectors - normal) / deviation, -LIMIT, LIMIT)
        return standard

    def normal(self, voice: Voice | None) -> tuple[FloatArray, FloatArray]:
        """Mean and deviation of a voice, float32 [n], as far as its recordings are believed."""
        if voice is None:
            return self.mean, np.sqrt(self.within)
        memos = np.float32(voice.memos)
        trust = memos / (memos + self.doubted)
        summed = memos * voice.deviation**2 + np.float32(VARIANCE_MEMOS) * self.within
        variance = summed / (memos + np.float32(VARIANCE_MEMOS))
        return self.mean + trust * (voice.mean - self.mean), np.sqrt(variance)
