"""Between our samples and FFmpeg's frames."""

from collections.abc import Iterable
from fractions import Fraction

import av
import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.training.augment.levels import within_range


def audio_frame(samples: FloatArray) -> av.AudioFrame:
    """Samples as one frame of FFmpeg, mono at 16 kHz."""
    frame = av.AudioFrame.from_ndarray(samples[np.newaxis, :], format="flt", layout="mono")
    frame.sample_rate = SAMPLE_RATE_HZ
    frame.time_base = Fraction(1, SAMPLE_RATE_HZ)
    frame.pts = 0
    return frame


def fitted(samples: FloatArray, length: int) -> FloatArray:
    """Exactly so many samples, cut or filled with silence at the end, in [-1, 1).

    >>> fitted(np.ones(2, np.float32) / 2, 3).tolist()
    [0.5, 0.5, 0.0]
    """
    exact = np.zeros(length, np.float32)
    exact[: len(samples)] = samples[:length]
    return within_range(exact)


def joined(frames: Iterable[av.AudioFrame]) -> FloatArray:
    """The samples of mono frames, one after the other; none of no frames."""
    blocks = [frame.to_ndarray()[0] for frame in frames]
    return np.concatenate([np.zeros(0, np.float32), *blocks])
