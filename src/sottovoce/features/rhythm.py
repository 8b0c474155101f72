"""Rhythm of a window: how its stretches of voice, or of loudness, follow each other."""

import numpy as np
import numpy.typing as npt

from sottovoce.domain import FloatArray
from sottovoce.features.frames import FRAMES_PER_S, HOP_S

RHYTHM = (
    "ratio",
    "stretches_per_s",
    "stretch_mean_s",
    "stretch_sd_s",
    "stretch_longest_s",
    "gap_mean_s",
    "gap_sd_s",
    "gap_longest_s",
)

BoolArray = npt.NDArray[np.bool_]


def rhythm(selected: BoolArray) -> FloatArray:
    """Share of selected frames and the lengths of their stretches and gaps, float32 [8], in s.

    >>> heard = rhythm(np.array([True, True, False, True]))
    >>> dict(zip(RHYTHM, heard.tolist(), strict=True))["stretches_per_s"]
    50.0
    """
    stretches, gaps = _lengths_s(selected), _lengths_s(~selected)
    per_s = len(stretches) * FRAMES_PER_S / len(selected)
    values = (selected.mean(), per_s, *_summary(stretches), *_summary(gaps))
    return np.array(values, dtype=np.float32)


def _lengths_s(selected: BoolArray) -> npt.NDArray[np.float64]:
    edges = np.flatnonzero(np.diff(selected.astype(np.int8), prepend=0, append=0))
    return np.asarray((edges[1::2] - edges[::2]) * HOP_S, dtype=np.float64)


def _summary(lengths_s: npt.NDArray[np.float64]) -> tuple[float, float, float]:
    if not len(lengths_s):
        return 0.0, 0.0, 0.0
    return float(lengths_s.mean()), float(lengths_s.std()), float(lengths_s.max())
