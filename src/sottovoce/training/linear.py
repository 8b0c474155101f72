"""A linear model over functionals: standardise, limit, multiply, add.

Two machines of one kind: one hears a window as it is, one against its voice's own normal; the more
recordings of the voice are known, the more the second counts.

The normal of a voice is what it sounds like over all moods alike, but most memos of most people are
calm or neutral: where the known ones were heard to hold more, or less, of these labels than an even
share by over ``EVEN_ENOUGH``, the effect of the label on voices is taken out of their mean. What is
left is shrunk towards the population: the mean of each functional by how much voices differ in it
against how much one voice varies (empirical Bayes, Efron & Morris 1975: trust is ``n / (n + within
/ between)``), the variance as if the population had been heard in ``VARIANCE_MEMOS`` recordings
more.
"""

from dataclasses import dataclass

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.training.predictions import Float64Array
from sottovoce.training.voice import Voice, own_share

LIMIT = 5.0  # standard deviations: one wild functional must not decide alone
VARIANCE_MEMOS = 10.0
EVEN_ENOUGH = 0.15  # how far a label's share may be from even by chance, or by the voice's nature
MOOD_STRENGTH = 1.5  # shares are heard less uneven than they are


@dataclass(frozen=True, slots=True)
class LinearOptions:
    """``penalties`` are the values of the machines' C to choose among: the smaller, the simpler."""

    penalties: tuple[float, ...] = (0.0001,)


@dataclass(frozen=True, slots=True, eq=False)
class Machine:
    """Scores are ``standard @ weights + bias``: float32 [n, labels] and [labels]."""

    weights: FloatArray
    bias: FloatArray

    def scores(self, standard: FloatArray) -> Float64Array:
        """Score of each label for standardised windows float32 [windows, n]."""
        return np.asarray(standard @ self.weights + self.bias, dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """How functionals are spread over all windows and over voices, float32 [n] each.

    ``mean`` and ``deviation`` of all windows; ``within`` the variance of one voice; ``doubted`` how
    many recordings of a voice weigh as much as the population does. ``moods`` float32 [labels, n]
    is how windows of each quiet label differ from their voice's mean, zero for the others.
    """

    mean: FloatArray
    deviation: FloatArray
    within: FloatArray
    doubted: FloatArray
    moods: FloatArray

    def standard(self, vectors: FloatArray, voice: Voice | None = None) -> FloatArray:
        """Windows against the normal of all, or of their voice, float32 [windows, n], limited."""
        normal, deviation = self.normal(voice) if voice else (self.mean, self.deviation)
        standard: FloatArray = np.clip((vectors - normal) / deviation, -LIMIT, LIMIT)
        return standard

    def normal(self, voice: Voice) -> tuple[FloatArray, FloatArray]:
        """Mean and deviation of a voice, float32 [n], as far as its recordings are believed."""
        memos = np.float32(voice.memos)
        trust = memos / (memos + self.doubted)
        summed = memos * voice.deviation**2 + np.float32(VARIANCE_MEMOS) * self.within
        variance = summed / (memos + np.float32(VARIANCE_MEMOS))
        away = voice.mean - self.mood(voice.labels) - self.mean
        return self.mean + trust * away, np.sqrt(variance)

    def mood(self, labels: FloatArray) -> FloatArray:
        """What uneven shares of the labels, float32 [labels], do to the mean, float32 [n]."""
        uneven = labels - np.float32(1.0 / len(labels))
        excess = np.sign(uneven) * np.maximum(np.abs(uneven) - np.float32(EVEN_ENOUGH), 0)
        shift: FloatArray = np.float32(MOOD_STRENGTH) * excess @ self.moods
        return shift


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """Both machines: ``absolute`` for windows as they are, ``own`` against their voice's normal."""

    population: Population
    absolute: Machine
    own: Machine

    def scores(self, vectors: FloatArray, voice: Voice | None = None) -> Float64Array:
        """Score of each label for windows float32 [windows, n], float64 [windows, labels]."""
        absolute = self.absolute.scores(self.population.standard(vectors))
        if voice is None:
            return absolute
        share = own_share(voice.memos)
        own = self.own.scores(self.population.standard(vectors, voice))
        return share * own + (1.0 - share) * absolute
