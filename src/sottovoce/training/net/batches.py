"""Batches in which each voice is heard often enough to know what is usual for it."""

import numpy as np

from sottovoce.training.net.options import NetOptions
from sottovoce.training.predictions import IntArray

LEAST_SHARE = 3  # a rest of at most a third of a voice's place in a batch waits


def plan(speakers: IntArray, options: NetOptions, random: np.random.Generator) -> list[IntArray]:
    """Which windows each batch of an epoch holds: nearly all of them, about once.

    A batch has ``options.clips`` windows of each of ``options.speakers`` voices (one voice twice,
    if it has many). A small rest of a voice waits for another epoch; a larger one is filled up
    from its other windows.

    Parameters
    ----------
    speakers
        The voice of each window, int [n].
    options
        Settings.
    random
        Deals the windows.
    """
    groups = [
        group
        for speaker in np.unique(speakers)
        for group in _groups(np.flatnonzero(speakers == speaker), options.clips, random)
    ]
    order = random.permutation(len(groups))
    together = min(options.speakers, len(groups))
    return [
        np.concatenate([groups[group] for group in order[start : start + together]])
        for start in range(0, len(order) - together + 1, together)
    ]


def _groups(own: IntArray, size: int, random: np.random.Generator) -> list[IntArray]:
    """The windows of one voice in groups of a size."""
    shuffled = random.permutation(own)
    whole = len(own) - len(own) % size
    groups = [shuffled[start : start + size] for start in range(0, whole, size)]
    rest = shuffled[whole:]
    if len(rest) > size // LEAST_SHARE or not groups:
        missing = size - len(rest)
        others = shuffled[:whole] if groups else own
        groups.append(np.append(rest, random.choice(others, missing, missing > len(others))))
    return groups
