"""What could be heard at best: a regression that is told how heavy others were made to sound."""

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import Ridge
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from sottovoce.risk.features.hearing import Heard
from sottovoce.risk.study.figures import area

LEAST = 1e-3  # below that no logarithm is taken


def heard_area(
    heard: Sequence[Heard], heaviness: np.ndarray, cases: np.ndarray, voices: np.ndarray
) -> float:
    """AUC of the heaviness that is told from the markers, each voice by what others taught.

    It learns from the heaviness itself, which is nowhere in a corpus, and of which a label is a
    coarse sign: no network that learns from labels should do much better.
    """
    markers = np.array([one.markers for one in heard], dtype=np.float64)
    known = np.where(np.isfinite(markers), markers, np.nanmean(markers, axis=0))
    table = np.hstack([known, np.log(np.maximum(known, LEAST))])
    machine = make_pipeline(StandardScaler(), Ridge(1.0))
    said = cross_val_predict(machine, table, heaviness, groups=voices, cv=GroupKFold(10))
    return area(cases, said)
