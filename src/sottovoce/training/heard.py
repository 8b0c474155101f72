"""What the models hear of one clip: its windows, described."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.features.descriptors import describe
from sottovoce.features.functionals import functional_names, functionals
from sottovoce.features.images import BANDS, LAGS, correlogram, mel_image
from sottovoce.training.predictions import Float64Array, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """The windows of one clip, in order.

    ``durations_s`` float64 [windows]; ``vectors`` float32 [windows, n], functionals; ``mel``
    float32 [frames, 64] and ``alike`` float32 [frames, 48], their images end to end; ``frames``
    int [windows], how many rows are each window's (none where images were not asked for).
    """

    durations_s: Float64Array
    vectors: FloatArray
    mel: FloatArray
    alike: FloatArray
    frames: IntArray

    def __len__(self) -> int:
        return len(self.durations_s)


def hear(windows: Iterable[tuple[float, FloatArray]], with_images: bool = True) -> Heard:
    """Describe the windows of a clip: (duration in s, samples) of each.

    >>> hear([]).vectors.shape
    (0, 4956)
    """
    known = list(windows)
    mels, alikes = [np.zeros((0, BANDS), np.float32)], [np.zeros((0, LAGS), np.float32)]
    vectors = np.zeros((len(known), len(functional_names())), np.float32)
    for row, (_, samples) in enumerate(known):
        vectors[row] = functionals(describe(samples))
        if with_images:
            mels.append(mel_image(samples))
            alikes.append(correlogram(samples))
    frames = [len(mel) for mel in mels[1:]] if with_images else [0] * len(known)
    return Heard(
        durations_s=np.array([duration_s for duration_s, _ in known], dtype=np.float64),
        vectors=vectors,
        mel=np.concatenate(mels),
        alike=np.concatenate(alikes),
        frames=np.array(frames, dtype=np.intp),
    )
