"""What the network learns from: windows with their label, their voice and what could be said."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sottovoce.features.net_input import BoolArray
from sottovoce.training.images import Images
from sottovoce.training.manifest import Clip
from sottovoce.training.predictions import IntArray


@dataclass(frozen=True, slots=True, eq=False)
class NetExamples:
    """Windows; each has its clip's label.

    ``truth`` int [n], positions of the labels; ``speakers`` int [n], equal for the same voice;
    ``allowed`` bool [n, labels], which labels the window's corpus knows: the others are neither
    asked for nor punished.
    """

    images: Images
    truth: IntArray
    speakers: IntArray
    allowed: BoolArray

    def __post_init__(self) -> None:
        if not len(self.images) == len(self.truth) == len(self.speakers) == len(self.allowed):
            raise ValueError("images, truth, speakers and allowed must be of the same windows")

    def only(self, windows: IntArray) -> "NetExamples":
        """Some of the windows."""
        images, truth = self.images.only(windows), self.truth[windows]
        return NetExamples(images, truth, self.speakers[windows], self.allowed[windows])


def net_examples(
    images: Images, clips: Sequence[Clip], clip_of: IntArray, labels: Sequence[str]
) -> NetExamples:
    """Windows of clips, ready to learn from.

    Parameters
    ----------
    images
        Of all windows.
    clips
        All clips.
    clip_of
        The position in ``clips`` that each window comes from, int [windows].
    labels
        Every clip's label is one of these.
    """
    truth = np.array([labels.index(clip.emotion) for clip in clips])
    _, speakers = np.unique([clip.speaker for clip in clips], return_inverse=True)
    return NetExamples(
        images, truth[clip_of], speakers[clip_of], known_labels(clips, labels)[clip_of]
    )


def known_labels(clips: Sequence[Clip], labels: Sequence[str]) -> BoolArray:
    """Which labels occur anywhere in each clip's corpus, bool [clips, labels]."""
    occurring = {(clip.corpus, clip.emotion) for clip in clips}
    return np.array([[(clip.corpus, label) in occurring for label in labels] for clip in clips])
