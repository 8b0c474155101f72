"""Statistics of many contours at once.

>>> rising = np.arange(101, dtype=np.float32)[None]
>>> summed = dict(zip(STATISTICS, statistics(rising)[0].round(1).tolist(), strict=True))
>>> summed["mean"], summed["p80"], summed["slope"], summed["peak_place"]
(50.0, 80.0, 50.0, 1.0)
"""

import numpy as np

from sottovoce.domain import FloatArray

PERCENTILES = (5, 20, 50, 80, 95)
STATISTICS = (
    "mean",
    "slope",
    "sd",
    "skewness",
    *(f"p{percent}" for percent in PERCENTILES),
    "p80_less_p20",
    "rise",
    "step_over_sd",
    "peak_place",
)
LEAST_SD = np.float32(1e-4)  # less is rounding


def statistics(contours: FloatArray) -> FloatArray:
    """Sum up contours of at least one frame, float32 [contours, frames], finite.

    Returns float32 [contours, len(STATISTICS)], finite: mean; slope of the straight line through
    the contour, per half of its length; standard deviation; skewness; percentiles; width of the
    middle 60 %; mean rise from frame to frame, falls counted as nought; mean step over standard
    deviation; place of the highest frame, 0 (start) to 1.
    """
    n_frames = contours.shape[1]
    mean = contours.mean(axis=1)
    centred = contours - mean[:, None]
    sd = np.sqrt(np.einsum("cf,cf->c", centred, centred) / np.float32(n_frames))
    quantiles = _quantiles(contours)
    columns = (
        mean,
        np.einsum("cf,f->c", centred, _slope_weights(n_frames)),
        sd,
        _skewness(centred, sd),
        quantiles,
        quantiles[:, 3] - quantiles[:, 1],
        *_movement(contours, sd),
        contours.argmax(axis=1) / max(n_frames - 1, 1),
    )
    return np.column_stack(columns).astype(np.float32)


def _slope_weights(n_frames: int) -> FloatArray:
    """Weights of the least-squares slope over places from -1 to 1."""
    place = np.linspace(-1, 1, n_frames) if n_frames > 1 else np.zeros(1)
    return np.asarray(place / max(np.sum(place**2), 1), dtype=np.float32)


def _skewness(centred: FloatArray, sd: FloatArray) -> FloatArray:
    scaled = centred / np.maximum(sd, LEAST_SD)[:, None]
    cubes = np.einsum("cf,cf,cf->c", scaled, scaled, scaled)
    return np.asarray(cubes / centred.shape[1], dtype=np.float32)


def _quantiles(contours: FloatArray) -> FloatArray:
    """Percentiles [contours, 5], interpolated between the two nearest values."""
    ordered = np.sort(contours, axis=1)
    place = np.array(PERCENTILES) / 100 * (contours.shape[1] - 1)
    below = np.floor(place).astype(np.intp)
    above = np.minimum(below + 1, contours.shape[1] - 1)
    share = (place - below).astype(np.float32)
    between = ordered[:, below] * (1 - share) + ordered[:, above] * share
    return np.asarray(between, dtype=np.float32)


def _movement(contours: FloatArray, sd: FloatArray) -> tuple[FloatArray, FloatArray]:
    steps = max(contours.shape[1] - 1, 1)
    travelled = np.abs(np.diff(contours, axis=1)).sum(axis=1)
    rise = (travelled + contours[:, -1] - contours[:, 0]) / (2 * steps)
    return rise, travelled / steps / np.maximum(sd, LEAST_SD)
