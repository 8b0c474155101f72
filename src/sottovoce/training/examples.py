"""What a model is trained on: windows of clips, described exactly as the product describes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sottovoce.domain import LABELS, FloatArray
from sottovoce.training.cache import Describe
from sottovoce.training.errors import CorpusError
from sottovoce.training.heard import Heard
from sottovoce.training.images import Images, joined
from sottovoce.training.manifest import Clip
from sottovoce.training.predictions import Float64Array, IntArray, Predictions


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Windows of clips.

    ``vectors`` is float32 [windows, n], ``images`` are the windows' images; ``clip_of`` int
    [windows], the position in ``clips`` that a window comes from; ``durations_s`` float64
    [windows]; ``truth`` int [clips], positions in ``labels``. Each of ``copies``, float32
    [windows, n], describes every window again, changed (with noise in it ...): learnt from as
    well, never tested on.
    """

    clips: tuple[Clip, ...]
    labels: tuple[str, ...]
    truth: IntArray
    vectors: FloatArray
    images: Images
    clip_of: IntArray
    durations_s: Float64Array
    copies: tuple[FloatArray, ...] = ()

    @property
    def window_truth(self) -> IntArray:
        """The label of each window: its clip's."""
        return self.truth[self.clip_of]

    @property
    def window_speakers(self) -> IntArray:
        """A number for the voice of each window, int [windows]."""
        return self._numbered([clip.speaker for clip in self.clips])

    @property
    def window_corpora(self) -> IntArray:
        """A number for the corpus of each window, int [windows]."""
        return self._numbered([clip.corpus for clip in self.clips])

    def _numbered(self, names: Sequence[str]) -> IntArray:
        _, numbers = np.unique(names, return_inverse=True)
        of_window: IntArray = numbers[self.clip_of]
        return of_window

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


def gather(clips: Iterable[Clip], describe: Describe, copiers: Sequence[Describe] = ()) -> Examples:
    """Describe every clip; a clip in which no speech is found is an error that names it.

    Raises
    ------
    CorpusError
        A clip gives no window.
    """
    known, heard, copied = [], [], []
    for clip in clips:
        known.append(clip)
        heard.append(_described(clip, describe))
        copied.append([copy(clip.path).vectors for copy in copiers])
    labels = tuple(label for label in LABELS if any(clip.emotion == label for clip in known))
    return Examples(
        clips=tuple(known),
        labels=labels,
        truth=np.array([labels.index(clip.emotion) for clip in known]),
        vectors=np.concatenate([each.vectors for each in heard]),
        images=joined(heard),
        clip_of=np.repeat(np.arange(len(known)), [len(each) for each in heard]),
        durations_s=np.concatenate([each.durations_s for each in heard]),
        copies=tuple(np.concatenate(copies) for copies in zip(*copied, strict=True)),
    )


def _described(clip: Clip, describe: Describe) -> Heard:
    heard = describe(clip.path)
    if not len(heard):
        raise CorpusError(f"no speech was found in '{clip.path}'; leave the clip out")
    return heard
