"""Arousal and valence from the geometry of the labels.

Each label has a place in the plane of feeling; what was heard lies at the mean of those places,
weighted by the labels' probabilities. Places of the six basic emotions: Russell & Mehrabian (1977),
"Evidence for a three-factor theory of emotions", Journal of Research in Personality 11, 273-294.
Calm: Russell (1980), "A circumplex model of affect", Journal of Personality and Social Psychology
39, figure 4. Neutral is the origin. Both axes reach from -1 (sleepy, unpleasant) to 1 (excited,
pleasant). It is a reading of the labels, not a second measurement.
"""

from collections.abc import Mapping
from math import sqrt

PLACES = {  # valence, arousal
    "angry": (-0.51, 0.59),
    "calm": (0.56, -0.31),
    "disgust": (-0.60, 0.35),
    "fearful": (-0.64, 0.60),
    "happy": (0.76, 0.48),
    "neutral": (0.0, 0.0),
    "sad": (-0.63, -0.27),
    "surprised": (0.40, 0.67),
}


def dimensions(probabilities: Mapping[str, float]) -> dict[str, float] | None:
    """Arousal and valence, -1..1, each with its standard deviation under the probabilities.

    None when a label has no place in the plane.

    >>> round(dimensions({"angry": 0.5, "calm": 0.5})["arousal"], 2)
    0.14
    >>> dimensions({"sad": 1.0})["valence_sd"], dimensions({"bored": 1.0})
    (0.0, None)
    """
    if not PLACES.keys() >= probabilities.keys():
        return None
    valence, valence_sd = _moments(probabilities, 0)
    arousal, arousal_sd = _moments(probabilities, 1)
    return {
        "arousal": arousal,
        "valence": valence,
        "arousal_sd": arousal_sd,
        "valence_sd": valence_sd,
    }


def _moments(probabilities: Mapping[str, float], axis: int) -> tuple[float, float]:
    """Mean and standard deviation of the places on one axis."""
    mean = sum(PLACES[label][axis] * p for label, p in probabilities.items())
    square = sum(PLACES[label][axis] ** 2 * p for label, p in probabilities.items())
    return mean, sqrt(max(0.0, square - mean * mean))
