"""The images of many windows, end to end in memory: about 45 kB for each second of speech."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.features.images import correlogram, mel_image
from sottovoce.features.net_input import BoolArray, Pair, from_images
from sottovoce.training.heard import Heard
from sottovoce.training.predictions import IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Images:
    """Mel images float32 [frames, 64] and correlograms float32 [frames, 48] of all windows.

    Those of window ``i`` are the rows from ``starts[i]``, ``lengths[i]`` of them.
    """

    mel: FloatArray
    alike: FloatArray
    starts: IntArray
    lengths: IntArray

    def __len__(self) -> int:
        return len(self.starts)

    def only(self, windows: IntArray) -> "Images":
        """Some of the windows; nothing is copied."""
        return replace(self, starts=self.starts[windows], lengths=self.lengths[windows])

    def heard(self, window: int) -> Pair:
        """One whole window as the product hears it: mel float32 [T, 64], correlogram [T, 48]."""
        rows = slice(self.starts[window], self.starts[window] + self.lengths[window])
        return from_images(self.mel[rows], self.alike[rows])


@dataclass(frozen=True, slots=True, eq=False)
class Cuts:
    """Which stretches to read of the windows ``windows`` int [n].

    ``first``, ``last`` and ``step``, float32 [n], are in frames of 10 ms and need not be whole:
    where a stretch begins and ends, and how far its net frames are apart; ``count`` net frames are
    read of each.
    """

    windows: IntArray
    first: FloatArray
    last: FloatArray
    step: FloatArray
    count: int

    @property
    def at(self) -> FloatArray:
        """Where each net frame is read, float32 [n, count]."""
        return self.first[:, None] + np.arange(self.count, dtype=np.float32) * self.step[:, None]


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Stretches of windows: ``mel`` float32 [n, T, 64], ``alike`` [n, T, 48].

    ``heard`` bool [n, T] is where they last.
    """

    mel: FloatArray
    alike: FloatArray
    heard: BoolArray


def images_of(sounds: Iterable[FloatArray]) -> Images:
    """Draw the images of windows, float32 [n] each at 16 kHz, at least 10 ms long.

    >>> images = images_of([np.zeros(1600, dtype=np.float32), np.zeros(800, dtype=np.float32)])
    >>> images.starts.tolist(), images.lengths.tolist(), images.mel.shape
    ([0, 10], [10, 5], (15, 64))
    """
    pairs = [(mel_image(sound), correlogram(sound)) for sound in sounds]
    frames = np.array([len(mel) for mel, _ in pairs], dtype=np.intp)
    mel, alike = (np.concatenate(images) for images in zip(*pairs, strict=True))
    return _placed(mel, alike, frames)


def joined(heard: Sequence[Heard]) -> Images:
    """The images of all windows of some clips, in order."""
    return _placed(
        np.concatenate([each.mel for each in heard]),
        np.concatenate([each.alike for each in heard]),
        np.concatenate([each.frames for each in heard]),
    )


def _placed(mel: FloatArray, alike: FloatArray, frames: IntArray) -> Images:
    return Images(mel, alike, np.cumsum(frames) - frames, frames)


def read(images: Images, cuts: Cuts) -> View:
    """Read stretches, between the frames of 10 ms linearly.

    After its end a stretch is read on, and at the end of its window the last frame repeats.
    """
    ends = images.lengths[cuts.windows, None] - 1
    before = np.minimum(cuts.at.astype(np.intp), ends)
    after = np.minimum(before + 1, ends)
    share = np.clip(cuts.at - before, 0, 1).astype(np.float32)[..., None]
    starts = images.starts[cuts.windows, None]
    mel, alike = (
        image[starts + before] * (1 - share) + image[starts + after] * share
        for image in (images.mel, images.alike)
    )
    return View(mel, alike, cuts.at < cuts.last[:, None])


def read_around(images: Images, cuts: Cuts) -> FloatArray:
    """Mel float32 [n, T, 64] of sounds that begin again when they end, to the nearest frame."""
    rows = cuts.at.astype(np.intp) % images.lengths[cuts.windows, None]
    return images.mel[images.starts[cuts.windows, None] + rows]
