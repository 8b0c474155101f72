"""Stretches are read where they are, and training hears what the product hears."""

import numpy as np

from sottovoce.features.net_input import STEP_FRAMES, net_input, scaled
from sottovoce.training.images import Cuts, images_of, read, read_around

RANDOM = np.random.default_rng(4)
SOUNDS = [RANDOM.normal(0, 0.1, n).astype(np.float32) for n in (16_000, 4_000, 9_999)]
IMAGES = images_of(SOUNDS)


def cuts(first: float, last: float, step: float, count: int, windows: list[int]) -> Cuts:
    ends = (np.full(len(windows), value, dtype=np.float32) for value in (first, last, step))
    return Cuts(np.array(windows), *ends, count)


def test_a_whole_stretch_unchanged_is_what_the_product_hears() -> None:
    for window, sound in enumerate(SOUNDS):
        mel, alike = net_input(sound)
        length = float(IMAGES.lengths[window])
        view = read(IMAGES, cuts(0, length, STEP_FRAMES, len(mel), [window]))
        seen_mel, seen_alike = scaled(view.mel, view.alike, view.heard)
        np.testing.assert_allclose(seen_mel[0], mel, atol=1e-4)
        np.testing.assert_allclose(seen_alike[0], alike, atol=1e-4)
        for heard, expected in zip(IMAGES.heard(window), (mel, alike), strict=True):
            np.testing.assert_array_equal(heard, expected)


def test_a_stretch_longer_than_its_window_ends_with_it() -> None:
    view = read(IMAGES, cuts(0, 25, 1, 40, [1]))
    assert view.heard[0].sum() == 25
    np.testing.assert_array_equal(view.mel[0, 24:], np.repeat(view.mel[0, 24:25], 16, axis=0))


def test_some_windows_are_read_as_they_were() -> None:
    part = IMAGES.only(np.array([2, 0]))
    assert len(part) == 2
    np.testing.assert_array_equal(part.heard(0)[0], IMAGES.heard(2)[0])


def test_a_short_sound_begins_again() -> None:
    mel = read_around(IMAGES, cuts(10, 10, 1, 50, [1]))[0]
    np.testing.assert_array_equal(mel[:25], mel[25:])
    np.testing.assert_array_equal(mel[15], IMAGES.mel[100])
