"""What a model says of speakers it was not trained on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sottovoce.training.examples import Examples
from sottovoce.training.families import Family
from sottovoce.training.folds import Fold
from sottovoce.training.own_view import DRAWN, Draw, own_scores
from sottovoce.training.predictions import Float64Array


@dataclass(frozen=True, slots=True, eq=False)
class HeldOut:
    """Every window by a model that heard neither its speaker nor its fold.

    ``scores`` float64 [windows, labels], absolute; windows of clips that no fold tests stay zero.
    ``own`` the same in the own view, by draw; NaN for what was drawn. ``distances`` float64
    [windows].
    """

    scores: Float64Array
    own: Mapping[Draw, Float64Array]
    distances: Float64Array


def held_out(examples: Examples, folds: Sequence[Fold], family: Family) -> HeldOut:
    """Fit on each fold's training part, judge its test part."""
    shape = (len(examples.vectors), len(examples.labels))
    own = {draw: np.full(shape, np.nan) for draw in DRAWN}
    scores, distances = np.zeros(shape), np.zeros(shape[0])
    for fold in folds:
        windows = examples.windows_of(fold.test)
        fitted = family.fit(examples, fold.train)
        sensed = fitted.sense(examples, windows)
        scores[windows], distances[windows] = fitted.judge(sensed), fitted.distances(sensed)
        for draw, found in own_scores(fitted, sensed, examples, windows).items():
            own[draw][windows] = found
    return HeldOut(scores, own, distances)


def held_out_scores(examples: Examples, folds: Sequence[Fold], family: Family) -> Float64Array:
    """The absolute scores alone, float64 [windows, labels]."""
    found = np.zeros((len(examples.vectors), len(examples.labels)))
    for fold in folds:
        windows = examples.windows_of(fold.test)
        found[windows] = family.fit(examples, fold.train).scores(examples, windows)
    return found
