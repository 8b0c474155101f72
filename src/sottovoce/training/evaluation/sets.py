"""Sets of labels and "uncertain", on speakers that neither the model nor the rule has heard."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sottovoce.training.certainty import FAR_QUANTILE
from sottovoce.training.conformal import fit_conformal
from sottovoce.training.evaluation.judges import tested_clips
from sottovoce.training.evaluation.nouns import Judged, SetFigures, Uncertain
from sottovoce.training.evaluation.resampling import share_interval
from sottovoce.training.folds import Fold
from sottovoce.training.metrics import unweighted_recall
from sottovoce.training.predictions import Float64Array, Predictions
from sottovoce.training.recipe import CalibrationRecipe

BoolArray = npt.NDArray[np.bool_]


def held_out_sets(
    said: Predictions, folds: Sequence[Fold], calibration: CalibrationRecipe
) -> BoolArray:
    """The set of every tested clip by a rule made on the other folds, bool [n, labels]."""
    tested = tested_clips(folds)
    sets = np.zeros(said.probabilities.shape, dtype=np.bool_)
    for fold in folds:
        own = np.isin(tested, fold.test)
        others = said.take(np.flatnonzero(~own))
        rule = fit_conformal(others, calibration.error_rate, calibration.sets)
        sets[own] = rule.sets(said.probabilities[own])
    return sets


def set_figures(judged: Judged, sets: BoolArray, error_rate: float) -> tuple[SetFigures, ...]:
    """How often the sets hold the truth and how large they are, by corpus and pooled."""
    said = judged.said
    hits = sets[np.arange(len(said)), said.truth].astype(np.float64)
    sizes = sets.sum(axis=1)
    return tuple(
        SetFigures(
            corpus=name,
            promised=1.0 - error_rate,
            covered=share_interval(hits[part], [said.speakers[clip] for clip in part]),
            mean_size=float(sizes[part].mean()),
            single=float((sizes[part] == 1).mean()),
            empty=float((sizes[part] == 0).mean()),
        )
        for name, part in judged.parts()
    )


def held_out_clear(sets: BoolArray, distances: Float64Array, folds: Sequence[Fold]) -> BoolArray:
    """Whether the answer to each tested clip would be called clear, bool [n].

    One label stands alone in its set, and the clip lies no farther from the training than nearly
    all clips of the other folds; ``distances`` float64 [n]. The recording's quality, which the
    product asks for as well, is not.
    """
    tested = tested_clips(folds)
    clear: BoolArray = sets.sum(axis=1) == 1
    for fold in folds:
        own = np.isin(tested, fold.test)
        clear[own] &= distances[own] <= np.quantile(distances[~own], FAR_QUANTILE)
    return clear


def uncertain_figures(judged: Judged, clear: BoolArray) -> tuple[Uncertain, ...]:
    """How often the answer is not clear, and how good it is otherwise, by corpus and pooled."""
    return tuple(
        Uncertain(
            corpus=name,
            share=float(1.0 - clear[part].mean()),
            ua_of_rest=_recall(judged.said.take(part[clear[part]])),
        )
        for name, part in judged.parts()
    )


def _recall(said: Predictions) -> float | None:
    return unweighted_recall(said) if len(said) else None
