"""What a plain logistic regression over the markers reaches: a network has to be better."""

from collections.abc import Sequence

import numpy as np

from sottovoce.risk.network.batches import norms_of
from sottovoce.risk.network.build import FARTHEST_SDS
from sottovoce.risk.network.fit import taken
from sottovoce.risk.network.options import MARKERS
from sottovoce.risk.study.crossing import People
from sottovoce.training.folds import Fold

RESTRAINT = 0.1  # C of scikit-learn: a strong penalty, as people are few


def plainly_judged(people: People, folds: Sequence[Fold]) -> np.ndarray:
    """Everyone's log odds by a regression on the other folds' people, float64 [people]."""
    said = np.full(len(people.interviews), np.nan)
    for fold in folds:
        said[fold.test] = _judged(people, fold)
    return said


def _judged(people: People, fold: Fold) -> np.ndarray:
    from sklearn.linear_model import LogisticRegression

    mean, deviation = norms_of(taken(people.inputs, fold.train))[MARKERS]
    known = np.where(np.isnan(people.inputs[MARKERS]), mean, people.inputs[MARKERS])
    standard = np.clip((known - mean) / deviation, -FARTHEST_SDS, FARTHEST_SDS)
    machine = LogisticRegression(C=RESTRAINT, class_weight="balanced")
    machine.fit(standard[fold.train], people.labels.cases[fold.train])
    return np.asarray(machine.decision_function(standard[fold.test]))
