"""How descriptors move: the slope of a straight line through five frames around each.

The regression formula of HTK (Young et al. 2006, "The HTK Book", 5.9) with a reach of two frames.
"""

import numpy as np

from sottovoce.domain import FloatArray

REACH = 2  # frames to each side; the first and the last frame stand for those beyond
_NORM = 2 * sum(n * n for n in range(1, REACH + 1))


def deltas(contours: FloatArray) -> FloatArray:
    """Slope of each contour, float32 [contours, frames], per frame of 10 ms.

    >>> deltas(np.arange(6, dtype=np.float32)[None] * 3)[0, 2:4]
    array([3., 3.], dtype=float32)
    """
    n_frames = contours.shape[1]
    padded = np.pad(contours, ((0, 0), (REACH, REACH)), mode="edge")
    total = np.zeros_like(contours)
    for n in range(1, REACH + 1):
        ahead, behind = padded[:, REACH + n :][:, :n_frames], padded[:, REACH - n :][:, :n_frames]
        total += np.float32(n / _NORM) * (ahead - behind)
    return total
