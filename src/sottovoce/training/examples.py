"""What a model is trained on: windows of clips, described exactly as the product describes them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sottovoce.domain import LABELS, FloatArray
from sottovoce.training.cache import Describe, Windows
from sottovoce.training.errors import CorpusError
from sottovoce.training.manifest import Clip
from sottovoce.training.predictions import Float64Array, IntArray, Predictions


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Windows of clips.

    ``vectors`` is float32 [windows, n]; ``clip_of`` int [windows], the position in ``clips`` that a
    window comes from; ``durations_s`` float64 [windows]; ``truth`` int [clips], positions in
    ``labels``.
    """

    clips: tuple[Clip, ...]
    labels: tuple[str, ...]
    truth: IntArray
    vectors: FloatArray
    clip_of: IntArray
    durations_s: Float64Array

    @property
    def window_truth(self) -> IntArray:
        """The label of each window: its clip's."""
        return self.truth[self.clip_of]

    def windows_of(self, clips: IntArray) -> IntArray:
        """Positions of the windows of some clips."""
        return np.flatnonzero(np.isin(self.clip_of, clips))

    def predictions(self, window_probabilities: Float64Array, clips: IntArray) -> Predictions:
        """What was said of clips: the mean over their windows, weighted by duration."""
        merged = np.zeros((len(self.clips), len(self.labels)))
        np.add.at(merged, self.clip_of, window_probabilities * self.durations_s[:, None])
        total_s = np.bincount(self.clip_of, self.durations_s, len(self.clips))
        return Predictions(
            labels=self.labels,
            truth=self.truth[clips],
            probabilities=merged[clips] / total_s[clips, None],
            speakers=tuple(self.clips[clip].speaker for clip in clips),
            sexes=tuple(self.clips[clip].sex for clip in clips),
        )


def gather(clips: Iterable[Clip], describe: Describe) -> Examples:
    """Describe every clip; a clip in which no speech is found is an error that names it.

    Raises
    ------
    CorpusError
        A clip gives no window.
    """
    known = [(clip, _described(clip, describe)) for clip in clips]
    clips, described = [clip for clip, _ in known], [windows for _, windows in known]
    windows = [window for each in described for window in each]
    labels = tuple(label for label in LABELS if any(clip.emotion == label for clip in clips))
    return Examples(
        clips=tuple(clips),
        labels=labels,
        truth=np.array([labels.index(clip.emotion) for clip in clips]),
        vectors=np.stack([vector for _, vector in windows]),
        clip_of=np.repeat(np.arange(len(clips)), [len(each) for each in described]),
        durations_s=np.array([duration_s for duration_s, _ in windows]),
    )


def _described(clip: Clip, describe: Callable[[Path], Windows]) -> Windows:
    windows = describe(clip.path)
    if not windows:
        raise CorpusError(f"no speech was found in '{clip.path}'; leave the clip out")
    return windows
