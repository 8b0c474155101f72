"""What a model says of speakers it was not trained on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sottovoce.training.calibration import Scaling
from sottovoce.training.examples import Examples
from sottovoce.training.families import Family, Fitted
from sottovoce.training.folds import Fold
from sottovoce.training.own_view import DRAWN, Draw, own_scores
from sottovoce.training.predictions import Float64Array
from sottovoce.training.voice import Sensed


@dataclass(frozen=True, slots=True, eq=False)
class HeldOut:
    """Every window by a model that heard neither its speaker nor its fold.

    ``models`` are those of the folds, ``sensed`` their test windows. ``scores`` float64 [windows,
    labels], absolute, and ``distances`` float64 [windows]; windows of clips that no fold tests stay
    zero.
    """

    folds: tuple[Fold, ...]
    models: tuple[Fitted, ...]
    sensed: tuple[Sensed, ...]
    scores: Float64Array
    distances: Float64Array

    def own(self, examples: Examples, scalings: Sequence[Scaling]) -> Mapping[Draw, Float64Array]:
        """Scores in the own view by draw; NaN for what was drawn; ``scalings`` are the folds'."""
        own = {draw: np.full_like(self.scores, np.nan) for draw in DRAWN}
        parts = zip(self.folds, self.models, self.sensed, scalings, strict=True)
        for fold, fitted, sensed, scaling in parts:
            windows = examples.windows_of(fold.test)
            for draw, found in own_scores(fitted, sensed, scaling, examples, windows).items():
                own[draw][windows] = found
        return own


def held_out(examples: Examples, folds: Sequence[Fold], family: Family) -> HeldOut:
    """Fit on each fold's training part, judge its test part."""
    scores = np.zeros((len(examples.vectors), len(examples.labels)))
    distances = np.zeros(len(examples.vectors))
    models, heard = [], []
    for fold in folds:
        windows = examples.windows_of(fold.test)
        fitted = family.fit(examples, fold.train)
        sensed = fitted.sense(examples, windows)
        scores[windows], distances[windows] = fitted.judge(sensed), fitted.distances(sensed)
        models.append(fitted)
        heard.append(sensed)
    return HeldOut(tuple(folds), tuple(models), tuple(heard), scores, distances)
