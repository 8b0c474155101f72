"""What the routes share: settings, the journal, those who hear, who may enter, measures."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock

import anyio.to_thread
from starlette.requests import HTTPConnection

from sottovoce.alerting.messenger import Messenger
from sottovoce.jobs.opening import queue_of
from sottovoce.jobs.queue import JobQueue
from sottovoce.journal.engine import Place
from sottovoce.journal.keys import Locksmith
from sottovoce.journal.store import Journal, open_journal
from sottovoce.server.drawing import Drawer
from sottovoce.server.entrance.base import Doorkeeper
from sottovoce.server.entrance.person import Person
from sottovoce.server.hearing import Ears
from sottovoce.server.live.room import Room
from sottovoce.server.metrics import Metrics
from sottovoce.server.problems import Problem
from sottovoce.server.settings import ServerSettings
from sottovoce.server.teller import Teller
from sottovoce.server.troubles import LATER

THREADS = 12
"""Fewer than the database has connections (15), so that no thread waits for one."""

MARKING_BYTES = 32
PATIENCE_S = 15.0
"""How long work that has begun may take when the service is told to stop."""


@dataclass(slots=True)
class House:
    """One of it for each service; ``place`` and ``queue`` are there while the service runs.

    So is ``teller`` where the service is for one person: for many, nothing is sent anywhere.

    ``marking`` is a key that lasts as long, for names of what may not be shown.
    """

    settings: ServerSettings
    metrics: Metrics
    ears: Ears
    room: Room
    locksmith: Locksmith | None = None
    place: Place | None = None
    queue: JobQueue | None = None
    teller: Teller | None = None
    arriving: int = 0
    arriving_bytes: int = 0
    drawer: Drawer = field(default_factory=Drawer)
    choosing: Lock = field(default_factory=Lock)
    marking: bytes = field(default_factory=partial(os.urandom, MARKING_BYTES), repr=False)
    entrance: Doorkeeper = field(init=False)

    def journal_of(self, owner: str) -> Journal:
        """The journal of an owner, and of nobody else."""
        if self.place is None:
            raise RuntimeError("the service has not been started")
        return Journal(self.place, owner, locksmith=self.locksmith)

    def folder_of(self, person: Person) -> Path:
        """Where the choices of somebody are kept: the home folder, or theirs in it."""
        home = self.settings.person.home
        return home / "people" / person.owner if self.settings.people else home

    def news(self) -> None:
        """A memo was kept, so an alert may be due."""
        if self.teller is not None:
            self.teller.news()

    @contextmanager
    def receiving(self, size_bytes: int) -> Iterator[None]:
        """Room for one more memo on its way in, which is held in memory.

        Parameters
        ----------
        size_bytes
            As long as it says it is; 0 where it does not, and then it counts as the longest.

        Raises
        ------
        Problem
            ``busy``: as many are on their way as may be.
        """
        settings, size = self.settings, size_bytes or self.settings.upload_bytes
        full = self.arriving_bytes + size > settings.arriving_bytes
        if full or self.arriving >= settings.uploads:
            raise Problem("busy", LATER)
        self.arriving, self.arriving_bytes = self.arriving + 1, self.arriving_bytes + size
        try:
            yield
        finally:
            self.arriving, self.arriving_bytes = self.arriving - 1, self.arriving_bytes - size

    @property
    def jobs(self) -> JobQueue:
        """The queue."""
        if self.queue is None:
            raise RuntimeError("the service has not been started")
        return self.queue

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Open the journal and start what works; close and end it in the other order."""
        person = self.settings.person
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        async with AsyncExitStack() as stack:
            journal = stack.enter_context(
                open_journal(person.journal_url, person.owner, locksmith=self.locksmith)
            )
            self.place = journal.place
            stack.push_async_callback(anyio.to_thread.run_sync, self.ears.pool.close, PATIENCE_S)
            stack.push_async_callback(self.room.close)
            await asyncio.gather(self.ears.warm(), self.room.warm())
            self.queue = queue_of(
                journal.place, person.home, self.ears.pool, locksmith=self.locksmith
            )
            await anyio.to_thread.run_sync(self.queue.start)
            stack.push_async_callback(anyio.to_thread.run_sync, self.queue.stop, PATIENCE_S)
            if not self.settings.people:
                self.teller = Teller(self.messenger().look)
                self.teller.start()
                stack.push_async_callback(anyio.to_thread.run_sync, self.teller.stop, PATIENCE_S)
            yield
        self.place = self.queue = self.teller = None

    def messenger(self) -> Messenger:
        """What sends the alerts of the person whose home it is."""
        person = self.settings.person
        return Messenger(person.home, self.journal_of(person.owner), self.choosing)


def house_of(asking: HTTPConnection) -> House:
    """The house that a request came to."""
    house: House = asking.app.state.house
    return house
