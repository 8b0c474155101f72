"""Sets of labels that hold the true one as often as promised, for a voice not heard before.

Split conformal prediction: a score of strangeness is measured on held-out speakers; a label
belongs to the set of a clip when it is no stranger than nearly all of those. Clips of one speaker
are alike, so speakers, not clips, are counted (hierarchical conformal prediction: Lee, Barber &
Willett, 2023; Dunn, Wasserman & Ramdas, 2022): each speaker weighs the same, and the one to come
weighs as much.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from sottovoce.training.predictions import Float64Array, Predictions

Method = Literal["lac", "aps"]
ROUNDING = 1e-9  # of sums that should be equal


@dataclass(frozen=True, slots=True)
class ConformalRule:
    """A label is in the set when its strangeness is at most ``threshold``.

    ``threshold`` is infinite (every label is in every set) where there are too few speakers to
    promise anything. ``error_rate`` is how often the true label may be missed.
    """

    method: Method
    threshold: float
    error_rate: float
    speakers: int

    def sets(self, probabilities: Float64Array) -> npt.NDArray[np.bool_]:
        """Which labels belong to each clip's set, bool [n, k], of probabilities [n, k].

        With ``lac`` a set may be empty: the clip is stranger than those the rule was made on.
        """
        return strangeness(probabilities, self.method) <= self.threshold + ROUNDING


def fit_conformal(said: Predictions, error_rate: float, method: Method = "lac") -> ConformalRule:
    """The rule that misses the true label of a new speaker at most ``error_rate`` of the time.

    Parameters
    ----------
    said
        Calibrated predictions over held-out speakers (not those the calibration was fitted on).
    error_rate
        0..1, for instance 0.1. At least ``1 / error_rate - 1`` speakers are needed.
    method
        ``lac``: least ambiguous sets, the smallest on average (Sadinle, Lei & Wasserman, 2019);
        ``aps``: adaptive sets, fairer to hard clips (Romano, Sesia & Candès, 2020, without
        randomisation, so a little too large).
    """
    own = strangeness(said.probabilities, method)[np.arange(len(said)), said.truth]
    names, of_clip, clips = np.unique(said.speakers, return_inverse=True, return_counts=True)
    weights = 1.0 / (clips[of_clip] * (len(names) + 1))
    threshold = _weighted_quantile(own, weights, 1.0 - error_rate)
    return ConformalRule(method, threshold, error_rate, len(names))


def strangeness(probabilities: Float64Array, method: Method) -> Float64Array:
    """How little each label fits each clip, float64 [n, k].

    ``lac``: one minus its probability. ``aps``: the sum of the probabilities of the labels at least
    as probable, itself included.

    >>> strangeness(np.array([[0.5, 0.3, 0.2]]), "aps").round(1).tolist()
    [[0.5, 0.8, 1.0]]
    """
    if method == "lac":
        return 1.0 - probabilities
    order = np.argsort(-probabilities, axis=1, kind="stable")
    sums = np.cumsum(np.take_along_axis(probabilities, order, axis=1), axis=1)
    placed = np.empty_like(sums)
    np.put_along_axis(placed, order, sums, axis=1)
    return placed


def _weighted_quantile(values: Float64Array, weights: Float64Array, level: float) -> float:
    """The least value up to which the weights reach the level; infinite when they never do."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) >= level - ROUNDING
    return float(values[order][reached.argmax()]) if reached.any() else float("inf")
