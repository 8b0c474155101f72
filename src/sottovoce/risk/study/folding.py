"""Folds in which nobody is heard in training and again in the test."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from sottovoce.risk.interviews import Interview
from sottovoce.runtime import file_sha256
from sottovoce.training.errors import CorpusError
from sottovoce.training.folds import Fold, speaker_folds
from sottovoce.training.leaks import require_disjoint
from sottovoce.training.manifest import Clip


def disjoint_folds(
    interviews: Sequence[Interview], count: int, seed: int, published: bool = True
) -> tuple[Fold, ...]:
    """Folds of people, cases and sexes spread evenly; the published ones where they are numbered.

    Raises
    ------
    LeakError
        A person, or the same sound, is in both parts of a fold.
    CorpusError
        There are too few people of a kind.
    """
    clips = tuple(as_clip(one) for one in interviews)
    own = published and all((one.fold or "").isdigit() for one in interviews)
    folds = published_folds(interviews) if own else speaker_folds(clips, count, seed)
    for fold in folds:
        check_kinds(interviews, fold)
    refuse_leaks(interviews, folds)
    return folds


def published_folds(interviews: Sequence[Interview]) -> tuple[Fold, ...]:
    """One fold for each published number: tested in it, learnt from in all others."""
    of_person = np.array([one.fold for one in interviews])
    names = sorted(set(of_person))
    if len(names) < 2:
        raise CorpusError("all people are in one fold; at least two are needed")
    return tuple(
        Fold(str(name), np.flatnonzero(of_person != name), np.flatnonzero(of_person == name))
        for name in names
    )


def refuse_leaks(interviews: Sequence[Interview], folds: Sequence[Fold]) -> None:
    """The leak check that stands before every training.

    Raises
    ------
    LeakError
        A person, or the same sound under another name, is in both parts of a fold.
    """
    clips = [as_clip(one, file) for one in interviews for file in one.audio]
    owner = np.array([place for place, one in enumerate(interviews) for _ in one.audio])
    digests = sound_files(interviews)
    for fold in folds:
        learnt, tested = (np.flatnonzero(np.isin(owner, part)) for part in (fold.train, fold.test))
        require_disjoint([clips[row] for row in learnt], [clips[row] for row in tested], digests)


def sound_files(interviews: Sequence[Interview]) -> Mapping[Path, str]:
    """The SHA-256 of each file that is there."""
    files = {file for one in interviews for file in one.audio if file.is_file()}
    return {file: file_sha256(file) for file in files}


def check_kinds(interviews: Sequence[Interview], fold: Fold) -> None:
    """Refuse a fold that has no cases, or nothing else, to learn from."""
    kinds = {interviews[place].case for place in fold.train}
    if len(kinds) < 2:
        raise CorpusError(f"fold {fold.name} has people of one kind only to learn from")


def as_clip(interview: Interview, file: Path | None = None) -> Clip:
    """A person as the leak check and the dealing of folds know them.

    The label takes the corpus's place, so that folds are dealt evenly.
    """
    return Clip(
        path=file or interview.audio[0],
        speaker=interview.speaker,
        emotion="case" if interview.case else "other",
        corpus="case" if interview.case else "other",
    )
