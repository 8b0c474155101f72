"""The nouns of the wing: who speaks when in an interview, and what is known of the person."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from sottovoce.training.errors import CorpusError

Basis = Literal["clinical", "unstated", "made"]
CASE_FROM = 10  # PHQ-8 of 10 and more: the usual cut (Kroenke et al. 2009)
MOST_PHQ8 = 24
LEAST_GAP_S = 0.5


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody speaks, from ``start_s`` to ``end_s`` of the recording."""

    start_s: float
    end_s: float
    interviewer: bool = False


@dataclass(frozen=True, slots=True)
class Interview:
    """One person's recording and labels.

    ``person`` begins with the corpus's name. ``audio`` are the files in their order; ``turns`` is
    None where all of it is the participant's. ``case`` is the label; ``phq8`` 0..24, ``sex`` ("f",
    "m"), ``age_years`` and ``fold`` (as published) are None where the corpus does not say.
    ``transcripts`` hold what was said in each file, in the same order; there may be none.
    ``voice`` names who really speaks where made people share a voice; None: the person.
    """

    person: str
    audio: tuple[Path, ...]
    case: bool
    turns: tuple[Turn, ...] | None = None
    phq8: int | None = None
    sex: str | None = None
    age_years: int | None = None
    fold: str | None = None
    transcripts: tuple[Path, ...] = ()
    voice: str | None = None

    @property
    def speaker(self) -> str:
        """Whose voice it is: nobody's is learned from and judged."""
        return self.voice or self.person


@dataclass(frozen=True, slots=True)
class Corpus:
    """Interviews, on what their labels rest, and what was left out of them and why.

    ``basis`` is "clinical" for a questionnaire or a clinician's word, "unstated" where nobody says
    so, and "made" for what a generator wrote.
    """

    name: str
    interviews: tuple[Interview, ...]
    basis: Basis
    notes: tuple[str, ...] = ()


def check_classes(cases: Sequence[bool], where: str) -> None:
    """Refuse labels of one kind: nothing can be learned from them.

    Raises
    ------
    CorpusError
        There are no cases, or no others.
    """
    if len(set(cases)) < 2:
        kind = "a case" if cases and cases[0] else "not a case"
        raise CorpusError(f"everyone in {where} is {kind}; both kinds are needed")


def checked_phq8(cell: str, person: str) -> int:
    """A PHQ-8 score from a cell, 0..24.

    >>> checked_phq8("12", "300"), checked_phq8("7.0", "300")
    (12, 7)

    Raises
    ------
    CorpusError
        It is no whole number from 0 to 24.
    """
    try:
        score = float(cell)
    except ValueError:
        score = -1.0
    if not (0 <= score <= MOST_PHQ8 and score == int(score)):
        raise CorpusError(f"the PHQ-8 of '{person}' is '{cell}'; it runs from 0 to {MOST_PHQ8}")
    return int(score)


def joined_turns(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Turns in order of time; what one speaker says without the other between is one turn.

    >>> joined_turns([Turn(4, 5), Turn(0, 1, True), Turn(2, 3)])
    (Turn(start_s=0, end_s=1, interviewer=True), Turn(start_s=2, end_s=5, interviewer=False))
    """
    ordered = sorted(turns, key=lambda turn: (turn.start_s, turn.end_s))
    runs = [list(run) for _, run in groupby(ordered, key=lambda turn: turn.interviewer)]
    return tuple(
        Turn(run[0].start_s, max(turn.end_s for turn in run), run[0].interviewer) for run in runs
    )


def with_gaps(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """A participant's turns, and between them the other's, where a corpus times the one only.

    Turns less than half a second apart are one: what lies between is too short for a question.

    >>> found = with_gaps([Turn(1, 2), Turn(2.25, 3), Turn(5, 6)])
    >>> [(one.start_s, one.end_s, one.interviewer) for one in found]
    [(0.0, 1, True), (1, 3, False), (3, 5, True), (5, 6, False)]
    """
    found, at_s = [], 0.0
    for turn in sorted(turns, key=lambda one: one.start_s):
        if turn.start_s - at_s >= LEAST_GAP_S:
            found.append(Turn(at_s, turn.start_s, interviewer=True))
        found.append(turn)
        at_s = max(at_s, turn.end_s)
    return joined_turns(found)


def own_turns(interview: Interview) -> tuple[Turn, ...] | None:
    """The participant's turns, less all time in which the interviewer speaks too; None for all.

    >>> both = (Turn(0, 3, True), Turn(2, 6))
    >>> own_turns(Interview("x_1", (), True, both))
    (Turn(start_s=3, end_s=6, interviewer=False),)
    """
    if interview.turns is None:
        return None
    return without(
        [turn for turn in interview.turns if not turn.interviewer],
        [turn for turn in interview.turns if turn.interviewer],
    )


def others_turns(interview: Interview) -> tuple[Turn, ...]:
    """The interviewer's turns, less all time in which the participant speaks too."""
    turns = interview.turns or ()
    return without(
        [turn for turn in turns if turn.interviewer],
        [turn for turn in turns if not turn.interviewer],
    )


def without(turns: Sequence[Turn], taken: Sequence[Turn]) -> tuple[Turn, ...]:
    """Turns less the time of others, in order.

    >>> [(one.start_s, one.end_s) for one in without([Turn(0, 9)], [Turn(2, 3)])]
    [(0, 2), (3, 9)]
    """
    left = list(turns)
    for other in taken:
        left = [part for turn in left for part in _less(turn, other)]
    return tuple(sorted(left, key=lambda turn: turn.start_s))


def _less(turn: Turn, other: Turn) -> list[Turn]:
    if other.end_s <= turn.start_s or other.start_s >= turn.end_s:
        return [turn]
    parts = [(turn.start_s, other.start_s), (other.end_s, turn.end_s)]
    return [Turn(start, end, turn.interviewer) for start, end in parts if end > start]
