"""How often a model is right, in the figures of the field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import confusion_matrix, f1_score, roc_auc_score

from sottovoce.training.predictions import Float64Array, IntArray, Predictions

HIGH_STRESS = frozenset({"angry", "disgust", "fearful", "sad"})
LOW_STRESS = frozenset({"calm", "happy", "neutral"})


@dataclass(frozen=True, slots=True)
class Scores:
    """Right answers, 0..1.

    ``ua``: unweighted average recall, the mean over the labels that occur of the share of their
    clips that was recognised (Schuller et al., 2009, call it UAR). ``wa``: weighted accuracy, the
    share of all clips. ``macro_f1``: mean F1 over the labels that occur.
    """

    ua: float
    wa: float
    macro_f1: float
    clips: int


def scores(said: Predictions) -> Scores:
    """UA, WA and macro-F1.

    >>> said = Predictions(("happy", "sad"), np.array([0, 0, 0, 1]),
    ...                    np.array([[0.9, 0.1]] * 2 + [[0.2, 0.8]] * 2), ("a",) * 4, (None,) * 4)
    >>> round(scores(said).ua, 3), scores(said).wa
    (0.833, 0.75)
    """
    present = np.unique(said.truth)
    f1 = f1_score(said.truth, said.predicted, labels=present, average="macro", zero_division=0.0)
    return Scores(
        ua=unweighted_recall(said),
        wa=float(said.correct.mean()),
        macro_f1=float(f1),
        clips=len(said),
    )


def unweighted_recall(said: Predictions) -> float:
    """Mean recall over the labels that occur, 0..1."""
    recalls = [said.correct[said.truth == label].mean() for label in np.unique(said.truth)]
    return float(np.mean(recalls))


def confusion(said: Predictions) -> IntArray:
    """Counts, int [k, k]: rows are the truth, columns what was heard."""
    counts: IntArray = confusion_matrix(
        said.truth, said.predicted, labels=np.arange(len(said.labels))
    )
    return counts


def scores_by(said: Predictions, groups: Sequence[str | None]) -> Mapping[str, Scores]:
    """Scores of each group of clips (``said.speakers``, ``said.sexes``), sorted by name.

    Clips whose group is None are in none.
    """
    names = sorted({group for group in groups if group is not None})
    of_clip = np.array([group or "" for group in groups])
    return {name: scores(said.take(np.flatnonzero(of_clip == name))) for name in names}


def stress_auc(said: Predictions, stress: Float64Array) -> float | None:
    """How well an index tells clips of high from clips of low stress: area under the ROC curve.

    High are angry, fearful, sad and disgust; low are neutral, calm and happy; surprised, which is
    either, is left out. 0.5 is chance.

    Parameters
    ----------
    said
        Gives the truth.
    stress
        The index of each clip, float64 [n].

    Returns
    -------
    float or None
        0..1; None when only one of the two kinds occurs.
    """
    true = np.array(said.labels)[said.truth]
    high, low = np.isin(true, list(HIGH_STRESS)), np.isin(true, list(LOW_STRESS))
    if not (high.any() and low.any()):
        return None
    judged = high | low
    return float(roc_auc_score(high[judged], stress[judged]))


def stress_values(said: Predictions, weights: Mapping[str, float]) -> Float64Array:
    """The stress index of each clip, float64 [n], 0..1: weights times probabilities, clamped.

    Parameters
    ----------
    said
        Calibrated predictions.
    weights
        Those of the index's method, by label (``sottovoce.analysis.stress.STRESS_WEIGHTS``).

    Examples
    --------
    >>> said = Predictions(("happy", "sad"), np.array([0]), np.array([[0.4, 0.6]]), ("a",), (None,))
    >>> stress_values(said, {"happy": -0.3, "sad": 0.5}).round(2).tolist()
    [0.18]
    """
    of_label = np.array([weights.get(label, 0.0) for label in said.labels])
    index: Float64Array = np.clip(said.probabilities @ of_label, 0.0, 1.0)
    return index
