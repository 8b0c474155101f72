"""Fit the linear model: one-against-rest support vector machines (Cortes & Vapnik 1995).

scikit-learn's LinearSVC; each label weighs the same however many clips it has, and so does each
corpus.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.svm import LinearSVC

from sottovoce.domain import FloatArray
from sottovoce.training.linear import LinearModel, Machine, Population
from sottovoce.training.predictions import Float64Array, IntArray
from sottovoce.training.store import Arrays, FitStore, fit_key
from sottovoce.training.voice import Sensed, voice_of

LEAST_WITHIN = 0.02  # of the variance of all windows
LEAST_BETWEEN = 0.001
QUIET = ("calm", "neutral")  # the moods that a person's memos may all be of


@dataclass(frozen=True, slots=True, eq=False)
class LinearExamples:
    """Windows to learn from.

    ``labels`` are all that a window may have; ``vectors`` float32 [windows, n]; ``truth``,
    ``speakers`` and ``corpora`` int [windows]; each of ``copies`` float32 [windows, n] describes
    every window again, changed.
    """

    labels: tuple[str, ...]
    vectors: FloatArray
    truth: IntArray
    speakers: IntArray
    corpora: IntArray
    copies: Sequence[FloatArray] = ()


def kept_linear(
    store: FitStore, examples: LinearExamples, penalty: float, seed: int
) -> LinearModel:
    """:func:`fit_linear`, whose machines are fitted only the first time."""
    population = population_of(examples)
    told = (examples.truth, examples.speakers, examples.corpora, examples.vectors)
    key = fit_key(f"linear|{penalty}|{seed}", *told, *examples.copies)

    def made() -> Arrays:
        fitted = fit_linear(examples, penalty, seed)
        machines = {"absolute": fitted.absolute, "own": fitted.own}
        return {
            f"{name}_{part}": getattr(machine, part)
            for name, machine in machines.items()
            for part in ("weights", "bias")
        }

    kept = store.kept(key, made)
    absolute = Machine(kept["absolute_weights"], kept["absolute_bias"])
    return LinearModel(population, absolute, Machine(kept["own_weights"], kept["own_bias"]))


def fit_linear(examples: LinearExamples, penalty: float, seed: int) -> LinearModel:
    """Fit on windows, all of them for training; the same examples and seed give the same weights.

    The machine for windows as they are learns from the changed copies as well.
    """
    population = population_of(examples)
    times = 1 + len(examples.copies)
    told = np.concatenate([examples.vectors, *examples.copies])
    weights = corpus_weights(examples.corpora)
    return LinearModel(
        population=population,
        absolute=fit_machine(
            population.standard(told),
            np.tile(examples.truth, times),
            np.tile(weights, times),
            penalty,
            seed,
        ),
        own=fit_machine(against_own(population, examples), examples.truth, weights, penalty, seed),
    )


def fit_machine(
    standard: FloatArray, truth: IntArray, weights: Float64Array, penalty: float, seed: int
) -> Machine:
    """One machine a label, over standardised windows float32 [windows, n]."""
    fitted = LinearSVC(
        C=penalty, class_weight="balanced", dual=True, random_state=seed, max_iter=20_000
    ).fit(standard, truth, weights)
    planes, bias = fitted.coef_.T, fitted.intercept_
    if planes.shape[1] == 1:  # of two labels scikit-learn tells one plane
        planes, bias = np.hstack([-planes, planes]), np.hstack([-bias, bias])
    return Machine(planes.astype(np.float32), bias.astype(np.float32))


def population_of(examples: LinearExamples) -> Population:
    """How the functionals of the training windows are spread."""
    mean, deviation = examples.vectors.mean(axis=0), examples.vectors.std(axis=0) + 1e-6
    within, between = variances((examples.vectors - mean) / deviation, examples.speakers)
    return Population(
        mean=mean,
        deviation=deviation,
        within=(within * deviation**2).astype(np.float32),
        doubted=(within / between).astype(np.float32),
        moods=moods_of(examples),
    )


def moods_of(examples: LinearExamples) -> FloatArray:
    """How windows of each quiet label differ from the mean of their voice, float32 [labels, n].

    Zero for all other labels: who sounds sad in every memo has that kind of voice or microphone.
    """
    moods = np.zeros((len(examples.labels), examples.vectors.shape[1]))
    for speaker in np.unique(examples.speakers):
        own = np.flatnonzero(examples.speakers == speaker)
        np.add.at(moods, examples.truth[own], examples.vectors[own] - examples.vectors[own].mean(0))
    counts = np.maximum(1, np.bincount(examples.truth, minlength=len(moods)))
    quiet = np.isin(examples.labels, QUIET)
    return np.asarray(quiet[:, None] * moods / counts[:, None], dtype=np.float32)


def against_own(population: Population, examples: LinearExamples) -> FloatArray:
    """Every window against all windows of its speaker, standardised, float32 [windows, n]."""
    standard = np.empty_like(examples.vectors)
    labels = len(population.moods)
    for speaker in np.unique(examples.speakers):
        own = np.flatnonzero(examples.speakers == speaker)
        sensed = Sensed(examples.vectors[own], np.zeros((len(own), 0), np.float32))
        even = np.full((len(own), labels), 1.0 / labels)
        standard[own] = population.standard(sensed.vectors, voice_of(sensed, own, even))
    return standard


def corpus_weights(corpora: IntArray) -> Float64Array:
    """Weight of each window, float64, mean 1: each corpus weighs the same in all.

    >>> corpus_weights(np.array([0, 0, 0, 1])).round(3).tolist()
    [0.667, 0.667, 0.667, 2.0]
    """
    names, counts = np.unique(corpora, return_counts=True)
    of_window: Float64Array = (len(corpora) / (len(names) * counts))[
        np.searchsorted(names, corpora)
    ]
    return of_window


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
