"""The models of the folds: each clip is judged by the one that has not heard its speaker."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sottovoce.training.calibration import Scaling
from sottovoce.training.examples import Examples
from sottovoce.training.families import Family, Fitted
from sottovoce.training.folds import Fold
from sottovoce.training.predictions import Float64Array, IntArray
from sottovoce.training.progress import watched


@dataclass(frozen=True, slots=True, eq=False)
class Judges:
    """Fitted models with their calibrations, one for each fold."""

    folds: tuple[Fold, ...]
    models: tuple[Fitted, ...]
    scalings: tuple[Scaling, ...]

    @property
    def tested(self) -> IntArray:
        """Every clip that some fold tests, sorted."""
        return tested_clips(self.folds)

    def probabilities(self, examples: Examples) -> Float64Array:
        """Probabilities of every window, float64 [windows, labels]; zero where no fold tests.

        ``examples`` has the clips that the folds were made for, perhaps heard differently.
        """
        said = np.zeros((len(examples.vectors), len(examples.labels)))
        for fold, model, scaling in zip(self.folds, self.models, self.scalings, strict=True):
            windows = examples.windows_of(fold.test)
            if len(windows):
                said[windows] = scaling.apply(model.scores(examples, windows))
        return said


def fit_folds(examples: Examples, folds: Sequence[Fold], family: Family) -> tuple[Fitted, ...]:
    """The folds' models, with a bar; those that were fitted before are kept ones."""
    watched_folds = watched(folds, "Training the folds")
    return tuple(family.fit(examples, fold.train) for fold in watched_folds)


def tested_clips(folds: Sequence[Fold]) -> IntArray:
    """Every clip that some fold tests, sorted."""
    return np.sort(np.concatenate([fold.test for fold in folds]))
