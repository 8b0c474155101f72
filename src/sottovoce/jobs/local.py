"""The queue of one machine: jobs in the journal's file, sounds in a folder beside it.

Any number of processes may share it; each job is run by one of them.
"""

import logging
import threading
import time
from pathlib import Path

from sottovoce.errors import SottovoceError
from sottovoce.jobs import overview, records
from sottovoce.jobs.pool import Pool
from sottovoce.jobs.queue import Job, JobOptions
from sottovoce.jobs.records import Submission
from sottovoce.jobs.running import Pace, Runner
from sottovoce.jobs.shelf import FolderShelf
from sottovoce.jobs.taking import UNMEASURED_S, Bounds, check_room, submission_of
from sottovoce.journal.engine import Place
from sottovoce.journal.moments import utc_now
from sottovoce.journal.owned import Owned
from sottovoce.journal.store import Clock, Journal

GLANCE_S = 1.0
TIDY_S = 60.0

log = logging.getLogger(__name__)


class LocalQueue:
    """A :class:`sottovoce.jobs.queue.JobQueue` on SQLite.

    Parameters
    ----------
    place
        The journal's database, at the newest schema.
    folder
        Where sounds wait, sealed; for its owner's eyes only.
    pool
        Hears them; it is not closed here.
    bounds
        How much may wait.
    pace
        Of leases.
    clock
        Says what time it is.
    """

    def __init__(  # noqa: PLR0913 - what it stands on, and its bounds
        self,
        place: Place,
        folder: Path,
        pool: Pool,
        *,
        bounds: Bounds | None = None,
        pace: Pace | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self.place = place
        self.pool = pool
        self.bounds = bounds or Bounds()
        self.clock = clock
        self.shelf = FolderShelf(folder)
        self.runner = Runner(self._journal_of, self.shelf, pool, pace)
        self._stopping = threading.Event()
        self._news = threading.Event()
        self._threads: list[threading.Thread] = []

    def submit(self, owner: str, sound: bytes, options: JobOptions, key: str | None) -> Job:
        """As :meth:`JobQueue.submit`."""
        submission = submission_of(sound, options, key)
        with self._journal_of(owner).writing() as owned:
            job = self._taken(owned, submission, sound)
        self._news.set()
        return job

    def find(self, owner: str, job_id: str) -> Job:
        """As :meth:`JobQueue.find`."""
        with self._journal_of(owner).reading() as owned:
            return records.find_job(owned, job_id)

    def depth(self) -> int:
        """As :meth:`JobQueue.depth`."""
        with self.place.transaction() as connection:
            return overview.load_of(connection).jobs

    def start(self) -> None:
        """As :meth:`JobQueue.start`."""
        self.tidy()
        work = [self._work] * self.pool.workers
        for number, target in enumerate([*work, self._keep_tidy]):
            name = f"sottovoce-jobs-{number}"
            self._threads.append(threading.Thread(target=target, name=name, daemon=True))
            self._threads[-1].start()

    def stop(self, patience_s: float) -> None:
        """As :meth:`JobQueue.stop`."""
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

    def _journal_of(self, owner: str) -> Journal:
        return Journal(self.place, owner, self.clock)

    def _taken(self, owned: Owned, submission: Submission, sound: bytes) -> Job:
        now = self.clock()
        records.forget_old(owned, now)
        if known := records.find_repeated(owned, submission):
            return known
        free_in_s = overview.mean_run_s(owned.connection) or UNMEASURED_S
        load = overview.load_of(owned.connection)
        check_room(load, len(sound), self.bounds, free_in_s / self.pool.workers)
        records.put_job(owned, submission, now)
        self.shelf.put(owned, submission.id, sound, submission.sound_key)
        return records.find_job(owned, submission.id)

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
