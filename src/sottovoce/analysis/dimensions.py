"""A stress index for models that give dimensions instead of emotions.

Method ``dimensional/1``: 0.2 + 0.3 x arousal - 0.4 x valence, both in -1..1, clamped to 0..1.
Stress lies where arousal is high and valence low (the circumplex of Russell 1980; "tense arousal"
of Thayer 1989). The numbers are a convention of this product, set so that the places of fear,
anger, sadness, calm and joy in that plane come in the same order as in ``weighted-emotions/1``.
Dominance weighs nothing.
"""

from collections.abc import Sequence

from sottovoce.analysis.stress import Doubt, clamp, stress_index
from sottovoce.domain import UNNAMED, Emotion, Index

DIMENSIONAL_METHOD = "dimensional/1"
BASE = 0.2  # arousal and valence in the middle
AROUSAL_WEIGHT = 0.3
VALENCE_WEIGHT = -0.4


def dimensional_stress(arousal: float, valence: float) -> Index:
    """Stress index from arousal and valence, each in -1..1.

    No one has measured its error, so its interval is everything: 0 to 1.

    >>> round(dimensional_stress(arousal=0.8, valence=-0.8).value, 2)
    0.76
    >>> dimensional_stress(arousal=-0.6, valence=0.4).value
    0.0
    """
    shares = {
        "base": BASE,
        "arousal": AROUSAL_WEIGHT * arousal,
        "valence": VALENCE_WEIGHT * valence,
    }
    return Index(clamp(sum(shares.values())), 0.0, 1.0, shares, DIMENSIONAL_METHOD)


def stress_of(emotion: Emotion, durations_s: Sequence[float], doubt: Doubt) -> Index:
    """The stress index by the method that fits what the model gives."""
    if UNNAMED in emotion.probabilities and emotion.arousal is not None:
        return dimensional_stress(emotion.arousal, emotion.valence or 0.0)
    return stress_index(emotion.probabilities, durations_s, doubt)
