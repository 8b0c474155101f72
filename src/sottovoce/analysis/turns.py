"""What a live session may do when: legal transitions only.

>>> turns = Turns()
>>> turns.take("start"), turns.take("pause"), turns.state
(None, None, <State.PAUSED: 'paused'>)
>>> turns.take("feed")
Traceback (most recent call last):
    ...
sottovoce.analysis.turns.TurnError: 'feed' needs a session that is listening; this one is paused
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from sottovoce.errors import SottovoceError


class State(StrEnum):
    """Where a live session stands."""

    NEW = "new"
    LISTENING = "listening"
    PAUSED = "paused"
    FINISHED = "finished"


class TurnError(SottovoceError):
    """Something was asked of a live session that is not its turn: what it needs, what it found."""

    type = "wrong_turn"

    def __init__(self, turn: str, expected: frozenset[State], found: State) -> None:
        self.expected = tuple(state for state in State if state in expected)
        self.found = found
        states = " or ".join(self.expected)
        super().__init__(f"'{turn}' needs a session that is {states}; this one is {found}")


Turn = Literal["start", "feed", "lag", "pause", "resume", "greet", "finish"]

TURNS: Mapping[Turn, tuple[frozenset[State], State | None]] = {
    "start": (frozenset({State.NEW}), State.LISTENING),
    "feed": (frozenset({State.LISTENING}), None),
    "lag": (frozenset({State.LISTENING}), None),
    "pause": (frozenset({State.LISTENING}), State.PAUSED),
    "resume": (frozenset({State.PAUSED}), State.LISTENING),
    "greet": (frozenset({State.LISTENING, State.PAUSED}), None),
    "finish": (frozenset({State.LISTENING, State.PAUSED}), State.FINISHED),
}
"""From which states a turn may be taken, and the one it leads to; None where it stays."""


class Turns:
    """The state of one session."""

    def __init__(self) -> None:
        self.state = State.NEW

    def take(self, turn: Turn) -> None:
        """Move on.

        Raises
        ------
        TurnError
            It may not be taken now; the state stays.
        """
        expected, leads_to = TURNS[turn]
        if self.state not in expected:
            raise TurnError(turn, expected, self.state)
        self.state = leads_to or self.state
