"""What every queue does that keeps its jobs in the journal's database."""

from abc import ABC, abstractmethod

from sottovoce.jobs import records
from sottovoce.jobs.overview import Load
from sottovoce.jobs.queue import Job, JobOptions
from sottovoce.jobs.records import Submission
from sottovoce.jobs.shelf import Shelf
from sottovoce.jobs.taking import Bounds, check_room, submission_of
from sottovoce.journal.engine import Place
from sottovoce.journal.keys import Locksmith
from sottovoce.journal.moments import utc_now
from sottovoce.journal.owned import Owned
from sottovoce.journal.store import Clock, Journal


class StoredQueue(ABC):
    """Takes and finds jobs; its children say who is told of them, and how many there are.

    Parameters
    ----------
    place
        The journal's database, at the newest schema.
    shelf
        Where the sounds wait.
    bounds
        How much may wait.
    clock
        Says what time it is.
    locksmith
        Finds the key of audio that is to be kept.
    """

    def __init__(
        self,
        place: Place,
        shelf: Shelf,
        *,
        bounds: Bounds | None = None,
        clock: Clock = utc_now,
        locksmith: Locksmith | None = None,
    ) -> None:
        self.place = place
        self.shelf = shelf
        self.bounds = bounds or Bounds()
        self.clock = clock
        self.locksmith = locksmith

    def submit(self, owner: str, sound: bytes, options: JobOptions, key: str | None) -> Job:
        """As :meth:`sottovoce.jobs.queue.JobQueue.submit`."""
        submission = submission_of(sound, options, key)
        with self.journal_of(owner).writing() as owned:
            return self._taken(owned, submission, sound)

    def find(self, owner: str, job_id: str) -> Job:
        """As :meth:`sottovoce.jobs.queue.JobQueue.find`."""
        with self.journal_of(owner).reading() as owned:
            return records.find_job(owned, job_id)

    def journal_of(self, owner: str) -> Journal:
        """The journal of an owner, in the same database."""
        return Journal(self.place, owner, self.clock, self.locksmith)

    @abstractmethod
    def load(self, owned: Owned) -> Load:
        """How much waits or runs, whosever it is."""

    @abstractmethod
    def free_in_s(self, owned: Owned) -> float:
        """When a job will end, in seconds, by how long the latest took."""

    @abstractmethod
    def send(self, owned: Owned, submission: Submission) -> None:
        """Tell those who run jobs of a new one, in the transaction that makes it."""

    def _taken(self, owned: Owned, submission: Submission, sound: bytes) -> Job:
        now = self.clock()
        records.forget_old(owned, now)
        if known := records.find_repeated(owned, submission):
            return known
        check_room(self.load(owned), len(sound), self.bounds, self.free_in_s(owned))
        if not records.put_job(owned, submission, now):  # the same key came in this moment
            return records.find_repeated(owned, submission) or self._taken(owned, submission, sound)
        self.shelf.put(owned, submission.id, sound, submission.sound_key)
        self.send(owned, submission)
        return records.find_job(owned, submission.id)
