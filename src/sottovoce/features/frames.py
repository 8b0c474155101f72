"""The grid on which everything about a window is described: one frame each 10 ms.

Frame ``i`` is centred on sample ``i * HOP_SAMPLES + HOP_SAMPLES // 2``, whatever its width, so that
descriptors with different widths line up.

>>> frame_count(16_000)
100
"""

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray

HOP_S = 0.010
HOP_SAMPLES = round(HOP_S * SAMPLE_RATE_HZ)  # 160 samples
FRAMES_PER_S = SAMPLE_RATE_HZ // HOP_SAMPLES  # 100 frames


def frame_count(n_samples: int) -> int:
    """How many frames a window of ``n_samples`` has; a part of a hop at its end has none."""
    return n_samples // HOP_SAMPLES


def frames(samples: FloatArray, width_samples: int) -> FloatArray:
    """Overlapping frames, float32 [frames, width_samples], a read-only view on zero-padded sound.

    >>> frames(np.ones(480, dtype=np.float32), 400).shape
    (3, 400)
    """
    before = (width_samples - HOP_SAMPLES) // 2
    after = width_samples - HOP_SAMPLES - before
    whole = samples[: frame_count(len(samples)) * HOP_SAMPLES]
    if not len(whole):
        return np.empty((0, width_samples), np.float32)
    padded = np.pad(whole, (max(before, 0), max(after, 0)))
    start = max(-before, 0)
    views = np.lib.stride_tricks.sliding_window_view(padded[start:], width_samples)
    return views[::HOP_SAMPLES][: frame_count(len(samples))]
