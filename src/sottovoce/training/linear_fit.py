"""Fit the linear model: one-against-rest support vector machines (Cortes & Vapnik 1995).

scikit-learn's LinearSVC, each label with the same weight however many clips it has. Every window
is shown as it would be heard with nothing known of its voice, and again against recordings of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from sklearn.svm import LinearSVC

from sottovoce.domain import FloatArray
from sottovoce.training.linear import LinearModel
from sottovoce.training.predictions import Float64Array, IntArray
from sottovoce.training.store import Arrays, FitStore, fit_key
from sottovoce.training.voice import Sensed, voice_of

LEAST_WITHIN = 0.02  # of the variance of all windows
LEAST_BETWEEN = 0.001
GROUPS = 8  # of each speaker's windows: each is heard against other recordings of the voice

Told = tuple[FloatArray, IntArray]  # standardised windows and their labels


@dataclass(frozen=True, slots=True, eq=False)
class LinearExamples:
    """Windows to learn from.

    ``vectors`` float32 [windows, n]; ``truth`` and ``speakers`` int [windows]; each of ``copies``
    float32 [windows, n] describes every window again, changed.
    """

    vectors: FloatArray
    truth: IntArray
    speakers: IntArray
    copies: Sequence[FloatArray] = ()


def kept_linear(
    store: FitStore, examples: LinearExamples, memos: Sequence[int], penalty: float, seed: int
) -> LinearModel:
    """:func:`fit_linear`, fitted only the first time."""

    def made() -> Arrays:
        fitted = fit_linear(examples, memos, penalty, seed)
        return {field.name: getattr(fitted, field.name) for field in fields(fitted)}

    vectors = (examples.vectors, *examples.copies)
    settings = f"linear|{tuple(memos)}|{penalty}|{seed}"
    key = fit_key(settings, examples.truth, examples.speakers, *vectors)
    return LinearModel(**store.kept(key, made))


def fit_linear(
    examples: LinearExamples, memos: Sequence[int], penalty: float, seed: int
) -> LinearModel:
    """Fit on windows; the same examples and seed give the same weights.

    Parameters
    ----------
    examples
        Windows, all of them for training.
    memos
        Against how many recordings of its own voice each window is heard, one view for each.
    penalty
        The machine's C.
    seed
        Of the recordings drawn, and of the machine.
    """
    blank = population(examples)
    random = np.random.default_rng(seed)
    told = [view for size in memos for view in views(blank, examples, size, random)]
    told += [(blank.standard(copy), examples.truth) for copy in examples.copies]
    machine = LinearSVC(
        C=penalty, class_weight="balanced", dual=True, random_state=seed, max_iter=20_000
    ).fit(np.concatenate([x for x, _ in told]), np.concatenate([truth for _, truth in told]))
    weights, bias = machine.coef_.T, machine.intercept_
    if weights.shape[1] == 1:  # of two labels scikit-learn tells one machine
        weights, bias = np.hstack([-weights, weights]), np.hstack([-bias, bias])
    return replace(blank, weights=weights.astype(np.float32), bias=bias.astype(np.float32))


def population(examples: LinearExamples) -> LinearModel:
    """A model that knows how voices differ, and nothing of emotions yet."""
    scale = examples.vectors.std(axis=0) + 1e-6
    mean = examples.vectors.mean(axis=0)
    within, between = variances((examples.vectors - mean) / scale, examples.speakers)
    return LinearModel(
        mean=mean,
        within=(within * scale**2).astype(np.float32),
        doubted=(within / between).astype(np.float32),
        weights=np.zeros((len(mean), 0), np.float32),
        bias=np.zeros(0, np.float32),
    )


def views(
    blank: LinearModel, examples: LinearExamples, memos: int, random: np.random.Generator
) -> Iterator[Told]:
    """Every window against ``memos`` recordings of its own voice."""
    if not memos:
        yield blank.standard(examples.vectors), examples.truth
        return
    for speaker in np.unique(examples.speakers):
        own = random.permutation(np.flatnonzero(examples.speakers == speaker))
        for group in np.array_split(own, GROUPS if memos < len(own) else 1):
            drawn = random.choice(own, min(memos, len(own)), replace=False)
            heard = examples.vectors[drawn]
            voice = voice_of(Sensed(heard, np.zeros((len(drawn), 0), np.float32)), drawn)
            yield blank.standard(examples.vectors[group], voice), examples.truth[group]


def variances(standard: FloatArray, speakers: IntArray) -> tuple[Float64Array, Float64Array]:
    """Variance within and between speakers, float64 [n], by the method of moments.

    >>> within, between = variances(np.float32([[0], [2], [10], [12]]), np.array([0, 0, 1, 1]))
    >>> within.tolist(), between.tolist()
    ([1.0], [24.5])
    """
    names, counts = np.unique(speakers, return_counts=True)
    means = np.array([standard[speakers == name].mean(axis=0) for name in names], dtype=np.float64)
    own = np.array([standard[speakers == name].var(axis=0) for name in names], dtype=np.float64)
    within = np.maximum(np.average(own, axis=0, weights=counts), LEAST_WITHIN)
    between = np.maximum(means.var(axis=0) - within / counts.mean(), LEAST_BETWEEN)
    return within, between
