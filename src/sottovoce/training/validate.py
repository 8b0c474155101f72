"""What a model says of speakers it was not trained on, with its settings chosen without them."""

from collections.abc import Sequence

import numpy as np

from sottovoce.training.examples import Examples
from sottovoce.training.folds import Fold, inner_folds
from sottovoce.training.linear import LinearModel, LinearOptions, fit_linear
from sottovoce.training.metrics import scores
from sottovoce.training.predictions import Float64Array, IntArray


def fit_on(examples: Examples, clips: IntArray, penalty: float, seed: int) -> LinearModel:
    """Fit a linear model on the windows of some clips."""
    windows = examples.windows_of(clips)
    return fit_linear(examples.vectors[windows], examples.window_truth[windows], penalty, seed)


def choose_penalty(
    examples: Examples, fold: Fold, options: LinearOptions, inner: int, seed: int
) -> float:
    """The penalty with the best unweighted average recall on speakers inside the training part."""
    if len(options.penalties) == 1:
        return options.penalties[0]
    folds = inner_folds(examples.clips, fold, inner, seed)
    reached = [
        np.mean([recall_on(examples, each, penalty, seed) for each in folds])
        for penalty in options.penalties
    ]
    return options.penalties[int(np.argmax(reached))]


def recall_on(examples: Examples, fold: Fold, penalty: float, seed: int) -> float:
    """Unweighted average recall of a model trained on a fold's training part."""
    said = np.zeros((len(examples.vectors), len(examples.labels)))
    windows = examples.windows_of(fold.test)
    model = fit_on(examples, fold.train, penalty, seed)
    top = model.scores(examples.vectors[windows]).argmax(axis=1)
    said[windows, top] = 1.0
    return scores(examples.predictions(said, fold.test)).ua


def held_out_scores(
    examples: Examples, folds: Sequence[Fold], options: LinearOptions, inner: int, seed: int
) -> Float64Array:
    """Scores of every window by a model that heard neither its speaker nor its fold.

    float64 [windows, labels]; windows of clips that no fold tests stay zero.
    """
    held_out = np.zeros((len(examples.vectors), len(examples.labels)))
    for fold in folds:
        penalty = choose_penalty(examples, fold, options, inner, seed)
        windows = examples.windows_of(fold.test)
        model = fit_on(examples, fold.train, penalty, seed)
        held_out[windows] = model.scores(examples.vectors[windows])
    return held_out
