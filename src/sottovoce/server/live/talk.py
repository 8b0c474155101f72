"""One live session in the service: whose it is, what it told, and the line it is heard on."""

import asyncio
import json
from collections import deque
from concurrent.futures import Executor
from dataclasses import replace
from enum import StrEnum
from typing import Any

from sottovoce.analysis.events import Event, Summary
from sottovoce.analysis.live import BEAT_SAMPLES, LiveSession
from sottovoce.analysis.turns import State
from sottovoce.audio.pcm import SAMPLE_BYTES
from sottovoce.server.entrance.person import Person
from sottovoce.server.live.line import Line
from sottovoce.server.live.tape import Tape
from sottovoce.server.problems import Problem

MOST_TOLD = 1000
"""Events that are kept to be told again: those of eight minutes."""

TURN_BYTES = BEAT_SAMPLES * SAMPLE_BYTES
"""How much is heard before it is somebody else's turn."""


class Presence(StrEnum):
    """Where the other side of a session is."""

    HERE = "here"
    AWAY = "away"
    OVER = "over"


class Talk:
    """A session and its line, if there is one; what it tells is kept for a line that comes back.

    Parameters
    ----------
    whose
        Who opened it.
    session
        The analysis.
    ears
        The threads that hear.
    begun_s
        When, on the event loop's clock.
    tape
        Where its sound is until it ends, if it may be kept.
    """

    def __init__(
        self,
        whose: Person,
        session: LiveSession,
        ears: Executor,
        begun_s: float,
        tape: Tape | None = None,
    ) -> None:
        self.whose, self.session, self.begun_s, self.tape = whose, session, begun_s, tape
        self.line: Line | None = None
        self._ears, self.turn = ears, asyncio.Lock()
        self._told: deque[tuple[int, str]] = deque(maxlen=MOST_TOLD)

    @property
    def presence(self) -> Presence:
        """Whether there is a line, or it has ended."""
        if self.session.state is State.FINISHED:
            return Presence.OVER
        return Presence.HERE if self.line else Presence.AWAY

    def remembers(self, after: int) -> bool:
        """Whether all events after the one of that number can be told again."""
        return self._told[0][0] - 1 <= after <= self._told[-1][0]

    async def begin(self, line: Line) -> None:
        """Open the session on its first line."""
        async with self.turn:
            self.line = line
            self.tell(self.session.start())

    async def come_back(self, line: Line, after: int) -> None:
        """Go on over another line: the events after that number again, then how much is here."""
        if self.line:
            self.line.leave(Problem("superseded"))
        async with self.turn:
            self.line = line
            for seq, told in self._told:
                if seq > after:
                    line.say(told)
            if self.presence is Presence.OVER:
                line.leave()
            else:
                if self.tape:
                    self.tape.forget_half()
                self.tell(self.session.welcome_back())

    def part(self, line: Line) -> None:
        """A line is gone."""
        if self.line is line:
            self.line = None

    def tell(self, events: list[Event], more: dict[str, Any] | None = None) -> None:
        """Send events, with further members if there are any, and keep them."""
        for event in events:
            told = json.dumps({**event.to_wire(), **(more or {})})
            self._told.append((event.seq, told))
            if self.line:
                self.line.say(told)

    async def hear(self, sound: bytes) -> None:
        """Hear a frame, by turns, off the event loop."""
        for at in range(0, len(sound), TURN_BYTES):
            self.tell(await self._aside(self._take, sound[at : at + TURN_BYTES]))

    async def finish(self) -> list[Event]:
        """End the recording; its last events, not yet told."""
        return await self._aside(self._end)

    def close(self) -> None:
        """Nobody comes back: nothing of its sound is left."""
        if self.tape:
            self.tape.close()

    def _take(self, sound: bytes) -> list[Event]:
        events = self.session.feed(sound)
        if self.tape:
            self.tape.append(sound)
        return events

    def _end(self) -> list[Event]:
        """Of a recording that may be kept, the summary names the file that it would be."""
        *finals, summary = self.session.finish()
        if self.tape and isinstance(summary, Summary):
            named = replace(summary.analysis, sha256=self.tape.sha256())
            summary = replace(summary, analysis=named)
        return [*finals, summary]

    async def _aside(self, work: Any, *given: Any) -> list[Event]:
        found: list[Event] = await asyncio.get_running_loop().run_in_executor(
            self._ears, work, *given
        )
        return found
