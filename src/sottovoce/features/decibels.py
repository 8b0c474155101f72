"""Power as level."""

import numpy as np

from sottovoce.domain import FloatArray


def decibels(power: FloatArray, least: float = 1e-12) -> FloatArray:
    """Ten times the decimal logarithm of ``power``, which counts as ``least`` where it is smaller.

    >>> decibels(np.array([100.0, 1.0, 0.1], dtype=np.float32)).round(3).tolist()
    [20.0, 0.0, -10.0]
    """
    return np.asarray(10 * np.log10(np.maximum(power, np.float32(least))), dtype=np.float32)
