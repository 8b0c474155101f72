"""How far the stress index may be off: fitted on what was said of held-out speakers."""

import numpy as np

from sottovoce.analysis.stress import Doubt, spread_of, weight_of
from sottovoce.training.predictions import Float64Array, Predictions

COVERAGE = 0.9
FLOOR = 0.05


def fit_doubt(said: Predictions) -> Doubt:
    """The three numbers of the stress interval.

    The error of a clip is the weight of its acted label less its index, in units of the index's
    own spread plus a floor. ``quantile`` makes intervals hold 90 % of them (split conformal, with
    the finite-sample correction of Vovk et al. 2005); ``correlation`` is the intraclass correlation
    of the errors by speaker (one-way analysis of variance, Shrout & Fleiss 1979), at least 0.
    """
    errors = stress_errors(said)
    n = len(errors)
    level = min(1.0, np.ceil((n + 1) * COVERAGE) / n)
    return Doubt(
        quantile=round(float(np.quantile(np.abs(errors), level, method="higher")), 4),
        floor=FLOOR,
        correlation=round(speaker_correlation(errors, said.speakers), 4),
    )


def stress_errors(said: Predictions) -> Float64Array:
    """Signed error of each clip's index, in units of its spread plus the floor."""
    weights = np.array([weight_of(label) for label in said.labels])
    values = np.clip(said.probabilities @ weights, 0.0, 1.0)
    spreads = np.array(
        [spread_of(dict(zip(said.labels, row, strict=True))) for row in said.probabilities]
    )
    truth = np.clip(weights[said.truth], 0.0, 1.0)
    errors: Float64Array = (truth - values) / (spreads + FLOOR)
    return errors


def speaker_correlation(errors: Float64Array, speakers: tuple[str, ...]) -> float:
    """Intraclass correlation ICC(1) of the errors within speakers, 0..1.

    >>> speaker_correlation(np.array([1.0, 1.0, -1.0, -1.0]), ("a", "a", "b", "b"))
    1.0
    """
    names, of_clip = np.unique(np.array(speakers), return_inverse=True)
    counts = np.bincount(of_clip)
    means = np.bincount(of_clip, errors) / counts
    between = float(counts @ (means - errors.mean()) ** 2) / max(1, len(names) - 1)
    within = float(((errors - means[of_clip]) ** 2).sum()) / max(1, len(errors) - len(names))
    size = counts.mean()
    if between + within == 0.0:
        return 0.0
    return max(0.0, float((between - within) / (between + (size - 1) * within)))
