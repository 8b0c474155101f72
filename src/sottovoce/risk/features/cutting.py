"""The pieces of an interview that one side speaks, cut out by its transcript."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Literal

from sottovoce.audio.decode import Decoder
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.risk.features.hearing import Piece, samples_between
from sottovoce.risk.interviews import Interview, Turn, others_turns, own_turns
from sottovoce.training.errors import CorpusError

Side = Literal["participant", "interviewer"]
LONGEST_OVERRUN_S = 2.0  # transcripts round; beyond that they belong to another sound
LONGEST_ANSWER_S = 10.0  # a later word is no answer
LEAST_S = 0.2


def cut(interview: Interview, side: Side, decoder: Decoder) -> list[Piece]:
    """What one side says, piece by piece.

    Raises
    ------
    CorpusError
        A turn lies outside the sound.
    InputError
        A file could not be read.
    """
    if interview.turns is None:
        return [Piece(decoder.decode(file).samples) for file in interview.audio]
    (file,) = interview.audio
    samples = decoder.decode(file).samples
    check_times(interview.turns, len(samples) / SAMPLE_RATE_HZ, file)
    turns = own_turns(interview) if side == "participant" else others_turns(interview)
    return [
        _piece(samples, turn, interview.turns) for turn in turns or () if _length_s(turn) > LEAST_S
    ]


def check_times(turns: Sequence[Turn], duration_s: float, file: Path) -> None:
    """Refuse turns that lie outside the sound.

    Raises
    ------
    CorpusError
        One ends more than two seconds after it.
    """
    last_s = max((turn.end_s for turn in turns), default=0.0)
    if last_s > duration_s + LONGEST_OVERRUN_S:
        raise CorpusError(
            f"the transcript of '{file}' runs to {last_s:.1f} s, "
            f"the sound only to {duration_s:.1f} s"
        )


def _piece(samples: FloatArray, turn: Turn, turns: Sequence[Turn]) -> Piece:
    sound = samples_between(samples, turn.start_s, turn.end_s)
    return Piece(sound, turn.start_s, None if turn.interviewer else asked_until(turn, turns))


def asked_until(turn: Turn, turns: Sequence[Turn]) -> float | None:
    """When the interviewer ended just before a turn; None where nobody asked just before.

    >>> asked_until(Turn(2.0, 3.0), (Turn(0.0, 1.5, True), Turn(2.0, 3.0)))
    1.5
    """
    for before, after in pairwise(turns):
        if after.start_s <= turn.start_s < after.end_s and before.interviewer:
            near = turn.start_s - before.end_s <= LONGEST_ANSWER_S
            return before.end_s if near and turn.start_s == after.start_s else None
    return None


def _length_s(turn: Turn) -> float:
    return turn.end_s - turn.start_s
