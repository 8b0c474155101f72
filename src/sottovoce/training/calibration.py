"""Scores become probabilities: a few numbers fitted on speakers the model has not heard.

Both forms are a scale and an offset for each label before the softmax, so the result is two short
lists that can be written into an ONNX graph or a model card.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize, minimize_scalar
from scipy.special import log_softmax, softmax

from sottovoce.training.predictions import Float64Array, IntArray

LOG_TEMPERATURE_BOUNDS = (-5.0, 5.0)  # temperatures from 0.007 to 148


@dataclass(frozen=True, slots=True)
class Scaling:
    """Probabilities are ``softmax(scale * scores + offset)``; one number each a label."""

    scale: tuple[float, ...]
    offset: tuple[float, ...]

    def apply(self, scores: Float64Array) -> Float64Array:
        """Probabilities, float64 [n, k], of scores [n, k].

        >>> Scaling((1.0, 1.0), (0.0, 0.0)).apply(np.zeros((1, 2))).tolist()
        [[0.5, 0.5]]
        """
        probabilities: Float64Array = softmax(scores * self.scale + self.offset, axis=1)
        return probabilities


def log_loss(scaling: Scaling, scores: Float64Array, truth: IntArray) -> float:
    """Mean negative log-likelihood of the truth, in nats: what fitting makes small."""
    log_probabilities = log_softmax(scores * scaling.scale + scaling.offset, axis=1)
    return float(-log_probabilities[np.arange(len(truth)), truth].mean())


def fit_temperature(scores: Float64Array, truth: IntArray) -> Scaling:
    """Temperature scaling: one number for all labels; never changes the most probable label.

    Guo et al. (2017), "On calibration of modern neural networks", section 4.2.

    Parameters
    ----------
    scores
        float64 [n, k], logits or log-probabilities of clips of held-out speakers.
    truth
        int [n], positions of the true labels.
    """
    labels = scores.shape[1]

    def loss(log_temperature: float) -> float:
        return log_loss(_even(np.exp(-log_temperature), labels), scores, truth)

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
