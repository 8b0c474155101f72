"""A stress index for models that give dimensions instead of emotions.

Method ``dimensional/1``: 0.2, plus 0.6 for each unit of arousal above its middle (0.5), plus 0.8
for each unit of valence below its middle, clamped to 0..1. Stress lies where arousal is high and
valence low (the circumplex of Russell 1980; "tense arousal" of Thayer 1989); the numbers are a
convention of this product, set so that the places that circumplex gives to fear, anger, sadness,
calm and joy come in the same order as in ``weighted-emotions/1``. Dominance weighs nothing.
"""

from collections.abc import Sequence

from sottovoce.analysis.stress import Doubt, clamp, stress_index
from sottovoce.domain import UNNAMED, Emotion, Index

DIMENSIONAL_METHOD = "dimensional/1"
BASE = 0.2  # arousal and valence in the middle
MIDDLE = 0.5
AROUSAL_WEIGHT = 0.6
VALENCE_WEIGHT = 0.8


def dimensional_stress(arousal: float, valence: float) -> Index:
    """Stress index from arousal and valence, each about 0..1.

    No one has measured its error, so its interval is everything: 0 to 1.

    >>> round(dimensional_stress(arousal=0.9, valence=0.1).value, 2)
    0.76
    >>> dimensional_stress(arousal=0.2, valence=0.7).value
    0.0
    """
    shares = {
        "base": BASE,
        "arousal": AROUSAL_WEIGHT * (arousal - MIDDLE),
        "valence": VALENCE_WEIGHT * (MIDDLE - valence),
    }
    return Index(clamp(sum(shares.values())), 0.0, 1.0, shares, DIMENSIONAL_METHOD)


def stress_of(emotion: Emotion, durations_s: Sequence[float], doubt: Doubt) -> Index:
    """The stress index by the method that fits what the model gives."""
    if UNNAMED in emotion.probabilities and emotion.arousal is not None:
        return dimensional_stress(emotion.arousal, emotion.valence or 0.0)
    return stress_index(emotion.probabilities, durations_s, doubt)
