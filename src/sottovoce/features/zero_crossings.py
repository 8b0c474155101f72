"""How often the waveform crosses zero: seldom in voices and hum, often in hiss."""

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.features.frames import frames
from sottovoce.features.spectrum import WIDTH_SAMPLES


def zero_crossing_ratio(samples: FloatArray) -> FloatArray:
    """Share of neighbouring samples of unlike sign about the frame's mean, 0..1, float32 [frames].

    >>> tone = np.sin(2 * np.pi * 1000 * (np.arange(4_800) + 0.5) / 16_000).astype(np.float32)
    >>> round(float(zero_crossing_ratio(tone)[15]), 2)  # 2000 of 16000 a second
    0.12
    """
    framed = frames(samples, WIDTH_SAMPLES)
    above = framed > framed.mean(axis=1, keepdims=True)
    return np.asarray((above[:, 1:] != above[:, :-1]).mean(axis=1, dtype=np.float32))
