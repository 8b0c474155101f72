"""Logits become probabilities, and those near the line become "undecided"."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sottovoce.training.folds import Fold

ROUNDS = 50
RIDGE = 1.0  # keeps the slope finite where the classes lie apart
UNDECIDED = 0.2  # the share of people nearest to the line


@dataclass(frozen=True, slots=True)
class Scaling:
    """Platt's scaling: probability = 1 / (1 + exp(-(slope * logit + shift)))."""

    slope: float
    shift: float

    def apply(self, logits: np.ndarray) -> np.ndarray:
        """Probabilities of logits, of any shape.

        >>> Scaling(1.0, 0.0).apply(np.array([0.0])).tolist()
        [0.5]
        """
        return np.asarray(1.0 / (1.0 + np.exp(-(self.slope * logits + self.shift))))


def fit_scaling(logits: np.ndarray, cases: np.ndarray) -> Scaling:
    """Fit by Newton's method, both classes of the same weight, the slope never below zero."""
    share = cases.mean()
    weight = np.where(cases, 0.5 / share, 0.5 / (1 - share))
    design = np.stack([logits, np.ones_like(logits)], axis=1)
    found = np.zeros(2)
    for _ in range(ROUNDS):
        said = 1.0 / (1.0 + np.exp(-design @ found))
        slope = design.T @ (weight * (said - cases)) + RIDGE * np.array([found[0], 0.0])
        bend = (design.T * (weight * said * (1 - said))) @ design + np.diag([RIDGE, 1e-6])
        found = found - np.linalg.solve(bend, slope)
    return Scaling(max(0.0, float(found[0])), float(found[1]) if found[0] > 0 else 0.0)


def cross_scaled(logits: np.ndarray, cases: np.ndarray, folds: Sequence[Fold]) -> np.ndarray:
    """Everyone's probability by the scaling of the other folds' people, float64 [people]."""
    said = np.full(len(logits), np.nan)
    for fold in folds:
        others = np.setdiff1d(np.arange(len(logits)), fold.test)
        said[fold.test] = fit_scaling(logits[others], cases[others]).apply(logits[fold.test])
    return said


def drawn_scalings(logits: np.ndarray, cases: np.ndarray, draws: int, seed: int) -> list[Scaling]:
    """Scalings fitted on people drawn anew: how far a probability would move with others."""
    random = np.random.default_rng(seed)
    kinds = (np.flatnonzero(cases), np.flatnonzero(~cases))
    rows = [
        np.concatenate([random.choice(kind, len(kind)) for kind in kinds]) for _ in range(draws)
    ]
    return [fit_scaling(logits[some], cases[some]) for some in rows]


def undecided_band(probabilities: np.ndarray, line: float) -> tuple[float, float]:
    """From where to where it is not decided: the fifth of the people nearest to the line.

    >>> undecided_band(np.array([0.1, 0.2, 0.45, 0.8, 0.9]), 0.5)
    (0.45, 0.55)
    """
    apart = np.sort(np.abs(probabilities - line))
    reach = float(apart[max(0, round(UNDECIDED * len(apart)) - 1)])
    return round(line - reach, 6), round(line + reach, 6)
