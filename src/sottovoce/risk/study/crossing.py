"""Everyone is judged by networks that have not heard them: folds, seeds, a choice inside each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sottovoce.risk.features.hearing import Heard
from sottovoce.risk.interviews import Interview
from sottovoce.risk.network.batches import Inputs, Shape, batch, shape_of
from sottovoce.risk.network.fit import NO_SCORE, Labels, fit, logits, taken
from sottovoce.risk.network.options import NetOptions
from sottovoce.risk.study.figures import area
from sottovoce.risk.study.folding import disjoint_folds
from sottovoce.training.folds import Fold
from sottovoce.training.progress import watched

INNER_FOLDS = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """How to judge: folds, seeds for each, and the settings to choose from inside each fold."""

    folds: int = 5
    seeds: int = 3
    choices: tuple[NetOptions, ...] = (NetOptions(),)
    seed: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Who is judged: interviews, labels and arrays in the same order."""

    interviews: tuple[Interview, ...]
    labels: Labels
    inputs: Inputs
    shape: Shape

    @property
    def speakers(self) -> np.ndarray:
        """Whose voice each is, str [people]."""
        return np.array([one.speaker for one in self.interviews])


@dataclass(frozen=True, slots=True, eq=False)
class HeldOut:
    """``logits`` float64 [seeds, people], each of a network that has not heard the person.

    ``chosen`` are the settings that each fold chose.
    """

    logits: np.ndarray
    chosen: tuple[NetOptions, ...]


def people_of(
    interviews: Sequence[Interview], heard: Sequence[Heard], most_segments: int
) -> People:
    """Interviews and what was heard of them as arrays."""
    shape = shape_of(heard[0], most_segments)
    return People(tuple(interviews), labels_of(interviews), batch(heard, shape), shape)


def labels_of(interviews: Sequence[Interview]) -> Labels:
    """Labels as numbers."""
    scores = [NO_SCORE if one.phq8 is None else one.phq8 for one in interviews]
    return Labels(np.array([one.case for one in interviews], np.float32), np.array(scores))


def cross_judged(people: People, folds: Sequence[Fold], plan: Plan, told: str) -> HeldOut:
    """What is said of everyone by networks fitted on the other folds."""
    said = np.full((plan.seeds, len(people.interviews)), np.nan)
    chosen = []
    for fold in watched(folds, told):
        options = choose(people, fold, plan)
        chosen.append(options)
        for seed in range(plan.seeds):
            said[seed, fold.test] = judged(people, fold, options, plan.seed + seed)
    return HeldOut(said, tuple(chosen))


def judged(people: People, fold: Fold, options: NetOptions, seed: int) -> np.ndarray:
    """What a network fitted on a fold's people says of those it is tested on."""
    learnt = taken(people.inputs, fold.train)
    network = fit(learnt, people.labels.take(fold.train), people.shape, options, seed)
    return logits(network, taken(people.inputs, fold.test))


def choose(people: People, fold: Fold, plan: Plan) -> NetOptions:
    """The settings that do best inside a fold's training part; its test part is not seen."""
    if len(plan.choices) < 2:
        return plan.choices[0]
    inside = [people.interviews[place] for place in fold.train]
    inner = [
        Fold(one.name, fold.train[one.train], fold.train[one.test])
        for one in disjoint_folds(inside, INNER_FOLDS, plan.seed, published=False)
    ]
    return max(plan.choices, key=lambda options: _inner_area(people, inner, options, plan.seed))


def _inner_area(people: People, inner: Sequence[Fold], options: NetOptions, seed: int) -> float:
    areas = [
        area(people.labels.cases[one.test] > 0, judged(people, one, options, seed)) for one in inner
    ]
    return float(np.mean(areas))
