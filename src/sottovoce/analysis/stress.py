"""The stress index: a stated convention over emotion probabilities, with its doubt.

Method ``weighted-emotions/1``: the sum over labels of weight times probability, clamped to 0..1.
The weights are a convention of this product, not a measurement; the contributions show them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from sottovoce.domain import Index

STRESS_METHOD = "weighted-emotions/1"
STRESS_WEIGHTS = {
    "angry": 0.8,
    "calm": 0.0,
    "disgust": 0.6,
    "fearful": 1.0,
    "happy": -0.3,
    "neutral": 0.1,
    "sad": 0.5,
    "surprised": 0.0,
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """How far an index may be off, measured on speakers the model was not trained on.

    ``quantile`` is the 90 % quantile of the error in units of the index's own spread plus
    ``floor``; ``correlation`` (0..1) is how far the errors of one speaker go together, so that a
    long memo is surer than a short one, but never without end. All three are in the model's card.
    """

    quantile: float
    floor: float
    correlation: float


def stress_index(
    probabilities: Mapping[str, float], durations_s: Sequence[float], doubt: Doubt
) -> Index:
    """Stress index of one memo from its merged probabilities, with a 90 % interval.

    Parameters
    ----------
    probabilities
        Label to probability, summing to 1, already weighted by duration over the windows.
    durations_s
        Length of each window in seconds; only their proportions matter.
    doubt
        The measured error of the model that gave the probabilities.

    Examples
    --------
    >>> doubt = Doubt(quantile=1.5, floor=0.05, correlation=0.3)
    >>> index = stress_index({"fearful": 0.6, "calm": 0.4}, [3.0], doubt)
    >>> round(index.value, 2), index.low < index.value < index.high
    (0.6, True)
    >>> index.contributions
    {'fearful': 0.6}
    """
    shares = {label: weight_of(label) * p for label, p in probabilities.items()}
    value = clamp(sum(shares.values()))
    half = half_width(probabilities, durations_s, doubt)
    return Index(
        value=value,
        low=clamp(value - half),
        high=clamp(value + half),
        contributions={label: share for label, share in shares.items() if share},
        method=STRESS_METHOD,
    )


def weight_of(label: str) -> float:
    """The convention's weight; a label it does not know weighs nothing.

    >>> weight_of("fearful"), weight_of("bored")
    (1.0, 0.0)
    """
    return STRESS_WEIGHTS.get(label, 0.0)


def spread_of(probabilities: Mapping[str, float]) -> float:
    """Standard deviation of the weight under the probabilities: 0 when one label is certain.

    >>> spread_of({"fearful": 1.0})
    0.0
    """
    mean = sum(weight_of(label) * p for label, p in probabilities.items())
    square = sum(weight_of(label) ** 2 * p for label, p in probabilities.items())
    return sqrt(max(0.0, square - mean * mean))


def half_width(
    probabilities: Mapping[str, float], durations_s: Sequence[float], doubt: Doubt
) -> float:
    """Half of the 90 % interval, by normalised conformal prediction (Papadopoulos et al. 2002).

    One window keeps the whole error; n equal windows keep ``correlation + (1 - correlation) / n``
    of its variance.
    """
    total_s = sum(durations_s)
    share_alone = sum(d * d for d in durations_s) / (total_s * total_s)
    kept = doubt.correlation + (1.0 - doubt.correlation) * share_alone
    return doubt.quantile * (spread_of(probabilities) + doubt.floor) * sqrt(kept)


def clamp(value: float) -> float:
    """Limit to 0..1."""
    return min(1.0, max(0.0, value))
