"""One level for all: a window without its offset, scaled to a peak of one."""

import numpy as np

from sottovoce.domain import FloatArray

SILENT_PEAK = 1e-6  # -120 dBFS: below the last bit of any recorder


def levelled(samples: FloatArray) -> FloatArray:
    """The window minus its mean, divided by its peak; zeros where nothing was recorded.

    float32 of the same length, in [-1, 1]. What is measured on it depends neither on the gain of
    the recording nor on a constant offset.

    >>> levelled(np.array([0.1, 0.2, 0.3], dtype=np.float32)).round(3).tolist()
    [-1.0, 0.0, 1.0]
    """
    if not len(samples):
        return samples
    centred = samples - samples.mean(dtype=np.float64).astype(np.float32)
    peak = max(centred.max(), -centred.min())
    return centred / peak if peak > SILENT_PEAK else np.zeros_like(centred)
