"""Scores become probabilities: a few numbers fitted on speakers the model has not heard.

Both forms are a scale and an offset for each label before the softmax, so the result is two short
lists that can be written into an ONNX graph or a model card.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize, minimize_scalar
from scipy.special import log_softmax, softmax

from sottovoce.training.predictions import Float64Array, IntArray
from sottovoce.training.voice import own_share

LOG_TEMPERATURE_BOUNDS = (-5.0, 5.0)  # temperatures from 0.007 to 148


@dataclass(frozen=True, slots=True)
class Scaling:
    """Probabilities are ``softmax(sharpness * (scale * scores + offset))``.

    ``scale`` and ``offset`` have one number a label. ``sharpness`` is 1 in the absolute view and
    grows by ``own_gain`` times the share of the own view.
    """

    scale: tuple[float, ...]
    offset: tuple[float, ...]
    own_gain: float = 0.0

    def apply(self, scores: Float64Array, memos: int = 0) -> Float64Array:
        """Probabilities, float64 [n, k], of scores [n, k] with ``memos`` of the voice known.

        >>> Scaling((1.0, 1.0), (0.0, 0.0)).apply(np.zeros((1, 2))).tolist()
        [[0.5, 0.5]]
        """
        sharpness = 1.0 + own_share(memos) * self.own_gain
        logits = sharpness * (scores * self.scale + self.offset)
        probabilities: Float64Array = softmax(logits, axis=1)
        return probabilities


def with_own_gain(scaling: Scaling, scores: Float64Array, truth: IntArray, memos: int) -> Scaling:
    """The same calibration, for the own view as well: by one temperature more.

    Parameters
    ----------
    scaling
        Fitted on the absolute view.
    scores, truth
        Of the own view with ``memos`` recordings known; as for :func:`fit_temperature`.
    """
    logits = scores * scaling.scale + scaling.offset
    sharpness = fit_temperature(logits, truth).scale[0]
    return replace(scaling, own_gain=(sharpness - 1.0) / own_share(memos))


def log_loss(
    scaling: Scaling, scores: Float64Array, truth: IntArray, weights: Float64Array | None = None
) -> float:
    """Mean negative log-likelihood of the truth, in nats: what fitting makes small."""
    log_probabilities = log_softmax(scores * scaling.scale + scaling.offset, axis=1)
    return float(np.average(-log_probabilities[np.arange(len(truth)), truth], weights=weights))


def fit_temperature(
    scores: Float64Array, truth: IntArray, weights: Float64Array | None = None
) -> Scaling:
    """Temperature scaling: one number for all labels; never changes the most probable label.

    Guo et al. (2017), "On calibration of modern neural networks", section 4.2.

    Parameters
    ----------
    scores
        float64 [n, k], logits or log-probabilities of clips of held-out speakers.
    truth
        int [n], positions of the true labels.
    weights
        Of the rows, float64 [n]; all the same when None.
    """
    labels = scores.shape[1]

    def loss(log_temperature: float) -> float:
        return log_loss(_even(np.exp(-log_temperature), labels), scores, truth, weights)

    found = minimize_scalar(loss, bounds=LOG_TEMPERATURE_BOUNDS, method="bounded")
    return _even(float(np.exp(-found.x)), labels)


def fit_vector(scores: Float64Array, truth: IntArray, penalty: float = 0.0) -> Scaling:
    """Vector scaling: a scale and an offset for each label (Guo et al., 2017, section 4.2).

    Parameters
    ----------
    scores, truth
        As for :func:`fit_temperature`.
    penalty
        Weight of the mean squared distance from the temperature's solution, which keeps labels
        with few clips from running away; 0 is the paper's form.
    """
    start = fit_temperature(scores, truth)
    origin = np.array([*start.scale, *start.offset])
    hits = np.eye(scores.shape[1])[truth]

    def loss(numbers: Float64Array) -> tuple[float, Float64Array]:
        scale, offset = np.split(numbers, 2)
        log_probabilities = log_softmax(scores * scale + offset, axis=1)
        excess = (np.exp(log_probabilities) - hits) / len(truth)
        slope = np.concatenate([(excess * scores).sum(axis=0), excess.sum(axis=0)])
        away = numbers - origin
        value = -(log_probabilities * hits).sum() / len(truth) + penalty * (away @ away)
        return float(value), slope + 2 * penalty * away

    numbers = minimize(loss, origin, jac=True, method="L-BFGS-B").x
    scale, offset = np.split(numbers, 2)
    return Scaling(tuple(scale.tolist()), tuple(offset.tolist()))


def _even(scale: float, labels: int) -> Scaling:
    return Scaling((float(scale),) * labels, (0.0,) * labels)
