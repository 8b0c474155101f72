"""Splits in which no voice is heard in training and again in the test."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

import numpy as np
import numpy.typing as npt

from sottovoce.training.errors import CorpusError
from sottovoce.training.manifest import Clip
from sottovoce.training.splits import read_fold_table

IntArray = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Fold:
    """Positions in the list of clips: those to learn from and those to be tested on."""

    name: str
    train: IntArray
    test: IntArray


def speaker_folds(clips: Sequence[Clip], count: int, seed: int) -> tuple[Fold, ...]:
    """Deal the speakers into folds, each speaker whole, sexes and corpora spread evenly.

    The result depends on the set of speakers and the seed, not on the order of the clips.

    Parameters
    ----------
    clips
        What to split.
    count
        Number of folds; as many as speakers gives leave-one-speaker-out.
    seed
        Which of the many ways to deal.

    Raises
    ------
    CorpusError
        There are fewer speakers than folds, or fewer than two folds.

    Examples
    --------
    >>> clips = [Clip(Path(f"{n}.wav"), f"x_{n % 2}", "sad") for n in range(4)]
    >>> sorted(fold.test.tolist() for fold in speaker_folds(clips, 2, seed=0))
    [[0, 2], [1, 3]]
    """
    speakers = {clip.speaker for clip in clips}
    if not 2 <= count <= len(speakers):
        raise CorpusError(
            f"{count} folds were asked for; with {len(speakers)} speakers "
            f"there can be 2 to {len(speakers)}"
        )
    order = _deal_order(clips, seed)
    fold_of = {speaker: position % count for position, speaker in enumerate(order)}
    return tuple(
        _fold(str(number + 1), np.array([fold_of[clip.speaker] == number for clip in clips]))
        for number in range(count)
    )


def table_folds(clips: Sequence[Clip], table: Path) -> tuple[Fold, ...]:
    """Folds from a CSV with ``path`` and ``test_fold``, such as those of EmoBox.

    Clips are found by their file name without the suffix, so a table made for WAV fits FLAC.

    Raises
    ------
    CorpusError
        A clip is not in the table.
    """
    tested_in = {PurePath(path).stem: fold for path, fold in read_fold_table(table).items()}
    for clip in clips:
        if clip.path.stem not in tested_in:
            raise CorpusError(f"'{clip.path}' is not in '{table}'")
    of_clip = np.array([tested_in[clip.path.stem] for clip in clips])
    return tuple(_fold(str(name), of_clip == name) for name in np.unique(of_clip))


def inner_folds(clips: Sequence[Clip], fold: Fold, count: int, seed: int) -> tuple[Fold, ...]:
    """Folds inside a fold's training part, for choosing settings without seeing its test part.

    Positions are those of the whole list.
    """
    inside = [clips[position] for position in fold.train]
    return tuple(
        Fold(f"{fold.name}.{inner.name}", fold.train[inner.train], fold.train[inner.test])
        for inner in speaker_folds(inside, count, seed)
    )


def corpus_folds(clips: Sequence[Clip]) -> tuple[Fold, ...]:
    """Train on one corpus, test on another: one fold for each ordered pair.

    >>> clips = [Clip(Path(f"{n}.wav"), f"{n}_1", "sad", corpus=n) for n in "xy"]
    >>> [fold.name for fold in corpus_folds(clips)]
    ['x to y', 'y to x']
    """
    of_clip = np.array([clip.corpus for clip in clips])
    names = np.unique(of_clip)
    return tuple(
        Fold(f"{one} to {other}", np.flatnonzero(of_clip == one), np.flatnonzero(of_clip == other))
        for one in names
        for other in names
        if one != other
    )


def _fold(name: str, tested: npt.NDArray[np.bool_]) -> Fold:
    return Fold(name, np.flatnonzero(~tested), np.flatnonzero(tested))


def _deal_order(clips: Sequence[Clip], seed: int) -> list[str]:
    """Speakers in the order in which they are dealt: like beside like, the busiest first."""
    busy = Counter(clip.speaker for clip in clips)
    kind = {clip.speaker: (clip.corpus, clip.sex or "") for clip in clips}
    shuffled = np.random.default_rng(seed).permutation(sorted(busy))
    return sorted(map(str, shuffled), key=lambda speaker: (kind[speaker], -busy[speaker]))
