"""Whether a probability of 0.7 is right seven times in ten."""

from dataclasses import dataclass

import numpy as np

from sottovoce.training.predictions import Predictions

BINS = 15


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """The clips whose confidence lies in (low, high].

    ``confidence`` is their mean confidence, ``accuracy`` the share that is right; both are None in
    an empty bin.
    """

    low: float
    high: float
    clips: int
    confidence: float | None
    accuracy: float | None


def reliability(said: Predictions, bins: int = BINS) -> tuple[ReliabilityBin, ...]:
    """Confidence against accuracy in bins of equal width: the table of the reliability diagram."""
    edges = np.linspace(0.0, 1.0, bins + 1)
    place = np.clip(np.searchsorted(edges, said.confidence, side="left") - 1, 0, bins - 1)
    return tuple(_bin(said, place == n, edges[n], edges[n + 1]) for n in range(bins))


def expected_calibration_error(said: Predictions, bins: int = BINS) -> float:
    """Mean distance of confidence from accuracy over the clips, 0..1; 0 is calibrated.

    Top-label ECE with bins of equal width (Naeini, Cooper & Hauskrecht, 2015, "Obtaining well
    calibrated probabilities using Bayesian binning"; Guo et al., 2017, "On calibration of modern
    neural networks", equation 3).

    >>> sure = np.array([[0.8, 0.2]] * 10)
    >>> said = Predictions(("happy", "sad"), np.array([0] * 5 + [1] * 5), sure, ("a",) * 10,
    ...                    (None,) * 10)
    >>> round(expected_calibration_error(said), 3)
    0.3
    """
    gaps = [
        one.clips * abs(one.accuracy - one.confidence)
        for one in reliability(said, bins)
        if one.accuracy is not None and one.confidence is not None
    ]
    return float(sum(gaps) / len(said))


def brier_score(said: Predictions) -> float:
    """Mean squared distance of the probabilities from the truth, 0 (perfect) to 2.

    The original form, summed over all labels (Brier, 1950).

    >>> said = Predictions(("happy", "sad"), np.array([0]), np.array([[0.8, 0.2]]), ("a",), (None,))
    >>> round(brier_score(said), 3)
    0.08
    """
    truth = np.eye(len(said.labels))[said.truth]
    return float(((said.probabilities - truth) ** 2).sum(axis=1).mean())


def _bin(said: Predictions, inside: np.ndarray, low: float, high: float) -> ReliabilityBin:
    clips = int(inside.sum())
    return ReliabilityBin(
        low=float(low),
        high=float(high),
        clips=clips,
        confidence=float(said.confidence[inside].mean()) if clips else None,
        accuracy=float(said.correct[inside].mean()) if clips else None,
    )
