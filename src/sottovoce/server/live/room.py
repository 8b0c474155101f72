"""All live sessions of the service: how many may be, who finds which, when one is forgotten."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from secrets import token_hex

from sottovoce.analysis.live import LiveSession
from sottovoce.analysis.live_limits import LiveLimits
from sottovoce.analysis.pipeline import load_model
from sottovoce.jobs.hearing import NAME
from sottovoce.journal.moments import utc_now
from sottovoce.models.judge import Judge
from sottovoce.server.entrance.person import Person
from sottovoce.server.live.line import Line
from sottovoce.server.live.rules import LiveRules
from sottovoce.server.live.talk import Presence, Talk
from sottovoce.server.live.tape import Tape
from sottovoce.server.problems import Problem
from sottovoce.server.troubles import LATER

MOST_OVER = 64
"""Sessions that have ended and whose last events are kept for a client that missed them."""

GOODBYE_S = 2.0


class Room:
    """Opens sessions, finds those whose line was cut, and forgets those that nobody comes back to.

    Parameters
    ----------
    rules
        How many, and how long.
    each
        How many one person may have.
    folder
        Where sound that may be kept waits for the end of its session, sealed.
    """

    def __init__(self, rules: LiveRules, each: int, folder: Path) -> None:
        self.rules, self._each, self._folder = rules, each, folder
        self._ears = ThreadPoolExecutor(rules.threads, thread_name_prefix="sottovoce-live")
        self._model: Judge | None = None
        self._talks: dict[str, Talk] = {}
        self._ends: dict[str, asyncio.TimerHandle] = {}
        self._lines: set[Line] = set()
        self._shut = False

    @property
    def sessions(self) -> int:
        """How many have not ended."""
        return len(self._going())

    async def warm(self) -> None:
        """Open the model that hears."""
        self._model = await asyncio.get_running_loop().run_in_executor(self._ears, load_model)

    def open(self, whose: Person, keep_audio: bool = False) -> Talk:
        """A new session; with ``keep_audio`` its sound can be kept.

        Raises
        ------
        Problem
            ``busy``: there are as many as may be; ``shutdown``.
        """
        self._check_open()
        going = self._going()
        mine = [talk for talk in going if talk.whose.owner == whose.owner]
        if len(going) >= self.rules.sessions or len(mine) >= self._each:
            raise Problem("busy", LATER)
        tape = Tape(self._folder) if keep_audio else None
        talk = Talk(whose, self._session(), self._ears, asyncio.get_running_loop().time(), tape)
        self._talks[talk.session.id] = talk
        self._await_line(talk)
        return talk

    def find(self, whose: Person, session_id: str, after: int) -> Talk:
        """A session of that person, for a line that takes up after that event.

        Raises
        ------
        Problem
            ``no_session``: it is unknown, somebody else's or over; ``shutdown``.
        """
        self._check_open()
        talk = self._talks.get(session_id)
        if talk is None or talk.whose.owner != whose.owner or not talk.remembers(after):
            raise Problem("no_session")
        return talk

    def ended(self, talk: Talk) -> bool:
        """Whether a session is open for longer than any may be; then it is forgotten."""
        too_old = asyncio.get_running_loop().time() - talk.begun_s > self.rules.open_s
        if too_old:
            self.forget(talk)
        return too_old

    def enter(self, talk: Talk, line: Line) -> None:
        """A line was opened for a session."""
        self._lines.add(line)
        self._stop_waiting(talk)

    def part(self, talk: Talk, line: Line) -> None:
        """A line is gone: unless it was left, its session is kept for a while."""
        self._lines.discard(line)
        talk.part(line)
        if talk.presence is Presence.AWAY and line.left:
            self.forget(talk)
        elif talk.line is None and talk.session.id in self._talks:
            self._await_line(talk)
            self._make_room()

    def forget(self, talk: Talk) -> None:
        """A session is gone, and all that it heard."""
        self._talks.pop(talk.session.id, None)
        self._stop_waiting(talk)
        talk.close()

    async def shut(self) -> None:
        """Tell all that the service stops, and wait a little until they know."""
        self._shut = True
        for line in tuple(self._lines):
            line.leave(Problem("shutdown"))
        until_s = asyncio.get_running_loop().time() + GOODBYE_S
        while self._lines and asyncio.get_running_loop().time() < until_s:
            await asyncio.sleep(0.02)

    async def close(self) -> None:
        """End the threads, and forget all."""
        await self.shut()
        for talk in tuple(self._talks.values()):
            self.forget(talk)
        self._ears.shutdown(wait=True, cancel_futures=True)

    def _check_open(self) -> None:
        if self._shut:
            raise Problem("shutdown", LATER)

    def _await_line(self, talk: Talk) -> None:
        self._stop_waiting(talk)
        later = asyncio.get_running_loop().call_later
        self._ends[talk.session.id] = later(self.rules.away_s, self.forget, talk)

    def _stop_waiting(self, talk: Talk) -> None:
        if end := self._ends.pop(talk.session.id, None):
            end.cancel()

    def _going(self) -> list[Talk]:
        return [talk for talk in self._talks.values() if talk.presence is not Presence.OVER]

    def _make_room(self) -> None:
        over = [talk for talk in self._talks.values() if talk.presence is Presence.OVER]
        for talk in over[: max(0, len(over) - MOST_OVER)]:
            self.forget(talk)

    def _session(self) -> LiveSession:
        if self._model is None:
            raise RuntimeError("the service has not been started")
        limits = LiveLimits(max_duration_s=self.rules.duration_s)
        return LiveSession(
            token_hex(16), self._model, source=NAME, recorded_at=utc_now(), limits=limits
        )
