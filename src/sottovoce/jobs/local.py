"""The queue of one machine: jobs in the journal's file, sounds in a folder beside it.

Any number of processes may share it; each job is run by one of them.
"""

import logging
import threading
import time
from pathlib import Path
from typing import Any

from sottovoce.errors import SottovoceError
from sottovoce.jobs import overview, records
from sottovoce.jobs.overview import Load
from sottovoce.jobs.pool import Pool
from sottovoce.jobs.queue import Job, JobOptions
from sottovoce.jobs.records import Submission
from sottovoce.jobs.running import Pace, Runner
from sottovoce.jobs.shelf import FolderShelf
from sottovoce.jobs.stored import StoredQueue
from sottovoce.jobs.taking import UNMEASURED_S
from sottovoce.journal.engine import Place
from sottovoce.journal.owned import Owned

GLANCE_S = 1.0
TIDY_S = 60.0

log = logging.getLogger(__name__)


class LocalQueue(StoredQueue):
    """A :class:`sottovoce.jobs.queue.JobQueue` on SQLite.

    Parameters
    ----------
    place
        The journal's database, at the newest schema.
    folder
        Where sounds wait, sealed; for its owner's eyes only.
    pool
        Hears them; it is not closed here.
    pace
        Of leases and their renewal.
    more
        As of :class:`StoredQueue`.
    """

    shelf: FolderShelf

    def __init__(
        self, place: Place, folder: Path, pool: Pool, *, pace: Pace | None = None, **more: Any
    ) -> None:
        super().__init__(place, FolderShelf(folder), **more)
        self.pool = pool
        self.runner = Runner(self.journal_of, self.shelf, pool, pace)
        self._stopping = threading.Event()
        self._news = threading.Event()
        self._threads: list[threading.Thread] = []

    def submit(self, owner: str, sound: bytes, options: JobOptions, key: str | None) -> Job:
        """As :meth:`sottovoce.jobs.queue.JobQueue.submit`."""
        job = super().submit(owner, sound, options, key)
        self._news.set()
        return job

    def load(self, owned: Owned) -> Load:
        """As :meth:`StoredQueue.load`."""
        return overview.load_of(owned.connection)

    def free_in_s(self, owned: Owned) -> float:
        """As :meth:`StoredQueue.free_in_s`."""
        return (overview.mean_run_s(owned.connection) or UNMEASURED_S) / self.pool.workers

    def send(self, owned: Owned, submission: Submission) -> None:
        """Nothing to do: the threads that run jobs look for themselves."""

    def depth(self) -> int:
        """As :meth:`sottovoce.jobs.queue.JobQueue.depth`."""
        with self.place.transaction() as connection:
            return overview.load_of(connection).jobs

    def start(self) -> None:
        """As :meth:`sottovoce.jobs.queue.JobQueue.start`."""
        self.tidy()
        work = [self._work] * self.pool.workers
        for number, target in enumerate([*work, self._keep_tidy]):
            name = f"sottovoce-jobs-{number}"
            self._threads.append(threading.Thread(target=target, name=name, daemon=True))
            self._threads[-1].start()

    def stop(self, patience_s: float) -> None:
        """As :meth:`sottovoce.jobs.queue.JobQueue.stop`."""
        self._stopping.set()
        self._news.set()
        deadline_s = time.monotonic() + patience_s
        for thread in self._threads:
            thread.join(max(0.0, deadline_s - time.monotonic()))
        self.runner.stop()
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def tidy(self) -> None:
        """Forget what ended a day ago, and remove sounds that no job waits for."""
        with self.place.transaction(begin="BEGIN IMMEDIATE") as connection:
            overview.forget_ended(connection, self.clock() - records.KEPT)
            self.shelf.sweep(overview.unended(connection))

    def _work(self) -> None:
        while not self._stopping.is_set():
            if not self._look_again_at_once():
                self._news.wait(GLANCE_S)
                self._news.clear()

    def _look_again_at_once(self) -> bool:
        """Run the next job; returns whether there may be another."""
        try:
            with self.place.transaction() as connection:
                found = overview.next_job(connection, self.clock())
            return found is not None and self.runner.run(*found)
        except SottovoceError as trouble:
            log.warning("the queue could not be read: %s", trouble.type)
            return False

    def _keep_tidy(self) -> None:
        while not self._stopping.wait(TIDY_S):
            try:
                self.tidy()
            except SottovoceError as trouble:
                log.warning("the queue could not be tidied: %s", trouble.type)
