"""Markers of the whole: what reviews call acoustic heaviness (Cummins et al. 2015).

Nothing that the gain or the length of the recording decides is among them.
"""

import numpy as np

from sottovoce.domain import Biomarkers, FloatArray

MARKERS = (
    "pitch_median_hz",
    "pitch_range_semitones",
    "loudness_range_db",
    "jitter_ratio",
    "shimmer_db",
    "hnr_db",
    "creak_ratio",
    "speech_rate_syllables_per_s",
    "articulation_rate_syllables_per_s",
    "pause_ratio",
    "pause_mean_s",
    "pause_rate_per_min",
    "latency_s",
)


def marker_values(biomarkers: Biomarkers) -> FloatArray:
    """The markers in their order, float32 [13]; NaN where one could not be measured.

    >>> marker_values(Biomarkers(pause_ratio=0.5))[9].item()
    0.5
    """
    known = biomarkers.as_dict()
    values = [known[name] for name in MARKERS]
    return np.array([np.nan if value is None else value for value in values], dtype=np.float32)
