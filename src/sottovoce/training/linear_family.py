"""The linear model as a family: its penalty is chosen on speakers inside the training part."""

from dataclasses import dataclass

import numpy as np

from sottovoce.training.calibration import Scaling
from sottovoce.training.examples import Examples
from sottovoce.training.folds import Fold, inner_folds
from sottovoce.training.linear import LinearModel, LinearOptions, kept_linear, linear_graph
from sottovoce.training.metrics import unweighted_recall
from sottovoce.training.predictions import Float64Array, IntArray
from sottovoce.training.store import FitStore


@dataclass(frozen=True, slots=True)
class FittedLinear:
    """A fitted linear model."""

    model: LinearModel

    def scores(self, examples: Examples, windows: IntArray) -> Float64Array:
        """Score of each label for some windows, float64 [windows, labels]."""
        return self.model.scores(examples.vectors[windows])

    def graph(self, scaling: Scaling) -> bytes:
        """``functionals`` in, ``probabilities`` out."""
        return linear_graph(self.model, scaling)


@dataclass(frozen=True, slots=True, eq=False)
class LinearFamily:
    """Linear models; ``inner`` is the number of folds that choose among several penalties."""

    options: LinearOptions
    inner: int
    seed: int
    store: FitStore

    def fit(self, examples: Examples, clips: IntArray) -> FittedLinear:
        """Fit on some clips."""
        return self._fit(examples, clips, self._penalty(examples, clips))

    def _fit(self, examples: Examples, clips: IntArray, penalty: float) -> FittedLinear:
        windows = examples.windows_of(clips)
        told = [examples.vectors[windows], *(copy[windows] for copy in examples.copies)]
        vectors, truth = np.concatenate(told), np.tile(examples.window_truth[windows], len(told))
        return FittedLinear(kept_linear(self.store, vectors, truth, penalty, self.seed))

    def _penalty(self, examples: Examples, clips: IntArray) -> float:
        penalties = self.options.penalties
        if len(penalties) == 1:
            return penalties[0]
        inside = Fold("inside", clips, np.arange(0))
        folds = inner_folds(examples.clips, inside, self.inner, self.seed)
        reached = [
            np.mean([self._recall(examples, fold, penalty) for fold in folds])
            for penalty in penalties
        ]
        return penalties[int(np.argmax(reached))]

    def _recall(self, examples: Examples, fold: Fold, penalty: float) -> float:
        windows = examples.windows_of(fold.test)
        top = self._fit(examples, fold.train, penalty).scores(examples, windows).argmax(axis=1)
        said = np.zeros((len(examples.vectors), len(examples.labels)))
        said[windows, top] = 1.0
        return unweighted_recall(examples.predictions(said, fold.test))
