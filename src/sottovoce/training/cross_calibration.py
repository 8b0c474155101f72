"""Calibrations of held-out scores: each fold's by what was said in the other folds."""

from collections.abc import Mapping, Sequence

import numpy as np

from sottovoce.training.calibration import Scaling, fit_temperature, fit_vector, with_own_gain
from sottovoce.training.examples import Examples
from sottovoce.training.folds import Fold
from sottovoce.training.linear_fit import corpus_weights
from sottovoce.training.own_view import Draw
from sottovoce.training.predictions import Float64Array, Predictions
from sottovoce.training.recipe import CalibrationRecipe

CALIBRATED_ON = Draw(20, 0)  # how sure the own view may be is fitted where twenty are known


def fit_scaling(
    examples: Examples, raw: Float64Array, clips: np.ndarray, recipe: CalibrationRecipe
) -> Scaling:
    """Fit the calibration on the held-out scores of some clips; each corpus weighs the same."""
    windows = examples.windows_of(clips)
    scores, truth = raw[windows], examples.window_truth[windows]
    if recipe.method == "temperature":
        return fit_temperature(scores, truth, corpus_weights(examples.window_corpora[windows]))
    return fit_vector(scores, truth, recipe.penalty)


def fit_own_gain(
    examples: Examples, own: Mapping[Draw, Float64Array], clips: np.ndarray, scaling: Scaling
) -> Scaling:
    """The calibration for both views, by the held-out own views of some clips."""
    raw = own[CALIBRATED_ON]
    windows = examples.windows_of(clips)
    scored = windows[~np.isnan(raw[windows]).any(axis=1)]
    if not len(scored):
        return scaling
    return with_own_gain(scaling, raw[scored], examples.window_truth[scored], CALIBRATED_ON.memos)


def fold_scalings(
    examples: Examples, folds: Sequence[Fold], raw: Float64Array, recipe: CalibrationRecipe
) -> tuple[Scaling, ...]:
    """For each fold the calibration that the other folds' scores give."""
    tested = np.concatenate([fold.test for fold in folds])
    return tuple(
        fit_scaling(examples, raw, np.setdiff1d(tested, fold.test), recipe) for fold in folds
    )


def own_fold_scalings(
    examples: Examples,
    folds: Sequence[Fold],
    own: Mapping[Draw, Float64Array],
    scalings: Sequence[Scaling],
) -> tuple[Scaling, ...]:
    """The folds' calibrations for both views, each by the other folds' own views."""
    tested = np.concatenate([fold.test for fold in folds])
    return tuple(
        fit_own_gain(examples, own, np.setdiff1d(tested, fold.test), scaling)
        for fold, scaling in zip(folds, scalings, strict=True)
    )


def calibrated(
    examples: Examples,
    folds: Sequence[Fold],
    scalings: Sequence[Scaling],
    raw: Float64Array,
    memos: int = 0,
) -> Predictions:
    """Probabilities of every clip that is tested and scored, each by its fold's calibration.

    ``memos`` of each voice were known when it was scored.
    """
    probabilities = np.zeros_like(raw)
    for fold, scaling in zip(folds, scalings, strict=True):
        windows = examples.windows_of(fold.test)
        probabilities[windows] = scaling.apply(raw[windows], memos)
    tested = np.sort(np.concatenate([fold.test for fold in folds]))
    left_out = examples.clip_of[np.isnan(raw).any(axis=1)]
    return examples.predictions(probabilities, np.setdiff1d(tested, left_out))


def own_predictions(
    examples: Examples,
    folds: Sequence[Fold],
    own: Mapping[Draw, Float64Array],
    scalings: Sequence[Scaling],
) -> dict[Draw, Predictions]:
    """What is said of clips when some others of the voice are known, by draw.

    ``own`` are the held-out scores (``HeldOut.own``).
    """
    both = own_fold_scalings(examples, folds, own, scalings)
    return {
        draw: calibrated(examples, folds, both, scores, draw.memos) for draw, scores in own.items()
    }


def cross_calibrated(
    examples: Examples, folds: Sequence[Fold], raw: Float64Array, recipe: CalibrationRecipe
) -> Predictions:
    """Probabilities of every tested clip, calibrated on the other folds only."""
    return calibrated(examples, folds, fold_scalings(examples, folds, raw, recipe), raw)
