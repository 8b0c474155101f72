"""What each message does; what could not be taken is told and changes nothing."""

from typing import Any

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from sottovoce.errors import SottovoceError
from sottovoce.jobs.queue import JobOptions
from sottovoce.server.house import House
from sottovoce.server.live.farewells import problem_of_turn
from sottovoce.server.live.line import Line
from sottovoce.server.live.talk import Talk
from sottovoce.server.memos import keep
from sottovoce.server.problems import Problem
from sottovoce.server.schemas.live import (
    SAID,
    Finalize,
    Lost,
    Pause,
    Resume,
    Said,
    Stop,
)

NOT_KEPT: dict[str, str | None] = {"entry_id": None, "outcome": None}
"""The members of a summary that is no entry."""


class Clerk:
    """Takes the messages of one line for one talk."""

    def __init__(self, house: House, talk: Talk, line: Line) -> None:
        self._house, self._talk, self._line = house, talk, line

    async def take(self, message: str | bytes) -> None:
        """Do what a message says, unless the talk went on over another line."""
        async with self._talk.turn:
            if self._talk.line is not self._line:
                return
            if self._house.room.ended(self._talk):
                self._line.leave(Problem("too_long"))
                return
            try:
                await self._do(message)
            except ValidationError:
                self._line.tell(Problem("bad_message"))
            except SottovoceError as trouble:
                self._line.tell(problem_of_turn(trouble))

    async def _do(self, message: str | bytes) -> None:
        if isinstance(message, bytes):
            await self._talk.hear(message)
        else:
            await self._follow(SAID.validate_json(message))

    async def _follow(self, said: Said) -> None:
        talk, session = self._talk, self._talk.session
        match said:
            case Finalize():
                talk.tell(session.greet())
            case Pause():
                talk.tell(session.pause())
            case Resume():
                talk.tell(session.resume())
            case Lost():
                talk.tell(session.lag(said.seconds))
            case Stop():
                await self._stop(said)
            case _:  # a sign of life, which it gave by coming
                pass

    async def _stop(self, said: Stop) -> None:
        *finals, summary = await self._talk.finish()
        self._talk.tell(finals)
        analysis = summary.to_wire()["analysis"]
        self._house.metrics.heard.inc(analysis["recording"]["duration_s"])
        self._talk.tell([summary], await self._kept(said, analysis) if said.save else NOT_KEPT)
        self._talk.close()
        self._line.leave()

    async def _kept(self, said: Stop, analysis: dict[str, Any]) -> dict[str, str | None]:
        """Keep the entry; where the journal does not take it, that is told before the summary."""
        options = JobOptions(save=True, note=said.note, tags=tuple(said.tags), zone=said.zone)
        whose, tape = self._talk.whose, self._talk.tape
        audio = tape.sound(analysis["recording"]["sha256"]) if tape else None
        try:
            added = await run_in_threadpool(keep, self._house, whose, options, analysis, audio)
        except SottovoceError as trouble:
            self._line.tell(problem_of_turn(trouble))
            return NOT_KEPT
        return {"entry_id": added.entry.id, "outcome": added.outcome}
