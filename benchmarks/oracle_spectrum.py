"""Which measures of the spectrum are compared with openSMILE's eGeMAPSv02.

Ours are relative to the loud frames of a window over a floor of -60 dB, so the two are compared
over voiced frames, where floor and room are not heard; loudness and flux, which openSMILE gives in
units of the recording, are put back to its level first.
"""

from functools import cache

import numpy as np
from oracle_clip import Clip, Comparison

from sottovoce.domain import Descriptors
from sottovoce.features.descriptors import describe
from sottovoce.features.loudness import COMPRESSION
from sottovoce.features.spectrum import spectrum

LEAST_RANK = 0.9


@cache
def described(clip: Clip) -> tuple[Descriptors, float]:
    """Our descriptors of a clip, and the mean square that they are relative to."""
    return describe(clip.samples), spectrum(clip.samples).level_ms


def voiced_mean(clip: Clip, name: str) -> float:
    """Mean of one of our descriptors over the voiced frames."""
    ours, _ = described(clip)
    return float(ours.column(name)[ours.voiced].mean())


def as_recorded(clip: Clip, name: str, power: float) -> float:
    """Mean of one of our descriptors over all frames, at the level of the recording."""
    ours, level_ms = described(clip)
    return float(ours.column(name).mean() * level_ms**power)
