"""When the product may call its answer clear: fitted on what was said of held-out speakers."""

import numpy as np

from sottovoce.analysis.certainty import CertaintyRule
from sottovoce.training.conformal import fit_conformal
from sottovoce.training.examples import Examples
from sottovoce.training.predictions import Float64Array, Predictions

FAR_QUANTILE = 0.99  # one in a hundred recordings of held-out speakers is called strange


def fit_certainty(said: Predictions, distances: Float64Array, error_rate: float) -> CertaintyRule:
    """The rule of the product's certainty (:mod:`sottovoce.analysis.certainty`).

    Parameters
    ----------
    said
        Calibrated predictions over held-out speakers.
    distances
        Of held-out recordings from what the model was trained on, float64 [clips].
    error_rate
        How often the possible labels may miss the true one, 0..1.
    """
    rule = fit_conformal(said, error_rate, "lac")
    return CertaintyRule(
        least_probability=round(max(0.0, 1.0 - rule.threshold), 4),
        error_rate=error_rate,
        far=round(float(np.quantile(distances, FAR_QUANTILE)), 4),
    )


def memo_distances(examples: Examples, distances: Float64Array) -> Float64Array:
    """Distance of each clip, float64 [clips]: the mean of its windows', weighted by duration."""
    clips = len(examples.clips)
    weighed = np.bincount(examples.clip_of, distances * examples.durations_s, clips)
    mean: Float64Array = weighed / np.bincount(examples.clip_of, examples.durations_s, clips)
    return mean
