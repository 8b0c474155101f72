"""On which scale a measure is judged: where its spread is about the same at every level.

Shares in 0..1 are judged as log odds, frequencies and durations by their logarithm, levels in dB
and semitones as they are.

>>> to_working("stress", np.array([0.5])).tolist(), from_working("stress", 0.0)
([0.0], 0.5)
"""

from typing import Literal

import numpy as np

from sottovoce.domain import LABELS, Biomarkers
from sottovoce.insights.robust import Values

Scale = Literal["odds", "ratio", "linear"]

SHARE_MARGIN = 0.005
SMALLEST = 1e-4
INDEXES = ("stress", "anxiety", "low_mood")
EMOTIONS = tuple(f"emotion_{label}" for label in LABELS)
MEASURES = (*INDEXES, *EMOTIONS, *Biomarkers().as_dict())
SHARES = frozenset({*INDEXES, *EMOTIONS, "pause_ratio", "creak_ratio", "speech_ratio"})


def scale_of(measure: str) -> Scale:
    """The working scale of a measure, by the unit in its name.

    >>> scale_of("pause_ratio"), scale_of("pitch_median_hz"), scale_of("loudness_dbfs")
    ('odds', 'ratio', 'linear')
    """
    if measure in SHARES:
        return "odds"
    if measure.endswith(("_hz", "_s", "_ratio", "_per_s", "_per_min")):
        return "ratio"
    return "linear"


def to_working(measure: str, values: Values) -> Values:
    """Values on the working scale, float64 [n]; the very ends of a share are drawn in a little."""
    scale = scale_of(measure)
    if scale == "odds":
        inside = np.clip(values, SHARE_MARGIN, 1.0 - SHARE_MARGIN)
        return np.log(inside / (1.0 - inside))
    return np.log(np.maximum(values, SMALLEST)) if scale == "ratio" else values


def in_unit(measure: str, working: Values) -> Values:
    """Values of the working scale back in the measure's own unit, float64 [n].

    >>> in_unit("stress", np.array([0.0, 100.0])).tolist()
    [0.5, 1.0]
    """
    scale = scale_of(measure)
    if scale == "odds":
        return 1.0 / (1.0 + np.exp(-working))
    return np.exp(working) if scale == "ratio" else working


def from_working(measure: str, value: float) -> float:
    """One value back in the measure's own unit."""
    return float(in_unit(measure, np.array([value]))[0])
