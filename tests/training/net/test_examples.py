"""Windows know their voice, their label and what their corpus could have said."""

from collections.abc import Callable

import numpy as np
import pytest

from sottovoce.training.images import images_of
from sottovoce.training.manifest import Clip
from sottovoce.training.net.examples import NetExamples, known_labels, net_examples

LABELS = ("angry", "calm", "happy", "sad")


def test_a_label_that_a_corpus_lacks_is_not_allowed_there(
    make_clips: Callable[..., list[Clip]],
) -> None:
    clips = make_clips(["f1"], 4, "one") + make_clips(["m1"], 2, "two")
    assert (
        known_labels(clips, LABELS).tolist() == [[True] * 4] * 4 + [[True, True, False, False]] * 2
    )


def test_windows_are_those_of_their_clips(make_clips: Callable[..., list[Clip]]) -> None:
    clips = make_clips(["f1", "m1"], 2)
    images = images_of([np.zeros(160, np.float32)] * 5)
    examples = net_examples(images, clips, np.array([0, 0, 1, 2, 3]), LABELS)
    assert examples.truth.tolist() == [0, 0, 1, 0, 1]
    assert examples.speakers.tolist() == [0, 0, 0, 1, 1]
    assert examples.only(np.array([3])).speakers.tolist() == [1]


def test_parts_of_different_length_are_refused() -> None:
    images = images_of([np.zeros(160, np.float32)])
    with pytest.raises(ValueError, match="same windows"):
        NetExamples(images, np.zeros(2, int), np.zeros(1, int), np.ones((1, 2), bool))
