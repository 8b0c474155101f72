"""What a model says of a voice of which some recordings are known, drawn at random, unlabelled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from sottovoce.training.augment.policy import clip_random
from sottovoce.training.examples import Examples
from sottovoce.training.families import Fitted
from sottovoce.training.predictions import Float64Array, IntArray
from sottovoce.training.voice import Sensed, voice_of

MEMOS = (1, 2, 3, 5, 10, 20, 40)
DRAWS = 5


@dataclass(frozen=True, slots=True)
class Draw:
    """``memos`` recordings of each voice are known; ``number`` tells draws of as many apart."""

    memos: int
    number: int


DRAWN = tuple(Draw(memos, number) for memos in MEMOS for number in range(DRAWS))


def own_scores(
    fitted: Fitted, sensed: Sensed, examples: Examples, windows: IntArray
) -> Mapping[Draw, Float64Array]:
    """Scores of held-out windows in the own view, float64 [windows, labels], by draw.

    NaN for windows of the recordings that were drawn: what makes the baseline is never scored.

    Parameters
    ----------
    fitted
        A model that did not hear these voices.
    sensed
        The windows, as it senses them.
    examples
        All windows.
    windows
        Which of them those are, int [windows].
    """
    clip_of = examples.clip_of[windows]
    found = {draw: np.full((len(windows), len(examples.labels)), np.nan) for draw in DRAWN}
    for name, own in _voices(examples, windows):
        for draw in DRAWN:
            known = np.isin(clip_of[own], drawn_clips(clip_of[own], name, draw))
            if known.all():
                continue
            voice = voice_of(sensed.only(own[known]), clip_of[own[known]])
            found[draw][own[~known]] = fitted.judge(sensed.only(own[~known]), voice)
    return found


def drawn_clips(clip_of: IntArray, speaker: str, draw: Draw) -> IntArray:
    """The recordings of a speaker that are known in a draw; more of them hold the fewer.

    >>> few, more = (drawn_clips(np.arange(9), "a", Draw(memos, 0)) for memos in (2, 4))
    >>> len(few), set(few) < set(more)
    (2, True)
    """
    clips = np.unique(clip_of)
    drawn: IntArray = clip_random(draw.number, speaker).permutation(clips)[: draw.memos]
    return drawn


def _voices(examples: Examples, windows: IntArray) -> Iterator[tuple[str, IntArray]]:
    """Each speaker and the rows of ``windows`` that are theirs."""
    speakers = np.array([examples.clips[clip].speaker for clip in examples.clip_of[windows]])
    for name in np.unique(speakers):
        yield str(name), np.flatnonzero(speakers == name)
