"""The linear model as a family: its penalty is chosen on speakers inside the training part."""

from dataclasses import dataclass

import numpy as np

from sottovoce.training.calibration import Scaling
from sottovoce.training.examples import Examples
from sottovoce.training.folds import Fold, inner_folds
from sottovoce.training.linear import LinearModel, LinearOptions
from sottovoce.training.linear_fit import LinearExamples, kept_linear
from sottovoce.training.linear_graph import linear_graph
from sottovoce.training.metrics import unweighted_recall
from sottovoce.training.predictions import Float64Array, IntArray
from sottovoce.training.store import FitStore
from sottovoce.training.voice import Sensed, Voice


@dataclass(frozen=True, slots=True)
class FittedLinear:
    """A fitted linear model."""

    model: LinearModel

    def sense(self, examples: Examples, windows: IntArray) -> Sensed:
        """The windows' functionals."""
        return Sensed(examples.vectors[windows], np.zeros((len(windows), 0), np.float32))

    def judge(self, sensed: Sensed, voice: Voice | None = None) -> Float64Array:
        """Score of each label, float64 [windows, labels]."""
        return self.model.scores(sensed.vectors, voice)

    def distances(self, sensed: Sensed) -> Float64Array:
        """Root mean square of the standardised functionals, float64 [windows]."""
        standard = self.model.population.standard(sensed.vectors).astype(np.float64)
        return np.asarray(np.sqrt(np.square(standard).mean(axis=1)))

    def scores(self, examples: Examples, windows: IntArray) -> Float64Array:
        """Absolute score of each label, float64 [windows, labels]."""
        return self.judge(self.sense(examples, windows))

    def graph(self, scaling: Scaling) -> bytes:
        """``functionals`` in, ``probabilities`` of both views out."""
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
        told = LinearExamples(
            labels=examples.labels,
            vectors=examples.vectors[windows],
            truth=examples.window_truth[windows],
            speakers=examples.window_speakers[windows],
            corpora=examples.window_corpora[windows],
            copies=[copy[windows] for copy in examples.copies],
        )
        model = kept_linear(self.store, told, penalty, self.seed)
        return FittedLinear(model)

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
