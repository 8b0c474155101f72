"""The queue of many people: jobs on PostgreSQL, run by ``sottovoce worker`` wherever that is."""

from typing import Any

from sottovoce.jobs import delivery, overview
from sottovoce.jobs.delivery import Carrier
from sottovoce.jobs.overview import Load
from sottovoce.jobs.records import Submission
from sottovoce.jobs.shelf import TableShelf
from sottovoce.jobs.stored import StoredQueue
from sottovoce.jobs.taking import UNMEASURED_S
from sottovoce.journal.engine import Place
from sottovoce.journal.owned import Owned


class SharedQueue(StoredQueue):
    """A :class:`sottovoce.jobs.queue.JobQueue` on PostgreSQL.

    Parameters
    ----------
    place
        The journal's database, at the newest schema.
    more
        As of :class:`StoredQueue`.

    Raises
    ------
    MissingExtraError
        Procrastinate is not installed.
    """

    def __init__(self, place: Place, **more: Any) -> None:
        super().__init__(place, TableShelf(), **more)
        self._carrier = Carrier()

    def start(self) -> None:
        """Make the tables of the deliveries; the work is done by workers."""
        delivery.make_tables(self.place)

    def stop(self, patience_s: float) -> None:
        """Nothing to do: nothing runs here."""

    def depth(self) -> int:
        """As :meth:`sottovoce.jobs.queue.JobQueue.depth`."""
        with self.place.transaction() as connection:
            return delivery.load_of(connection).jobs

    def load(self, owned: Owned) -> Load:
        """As :meth:`StoredQueue.load`."""
        return delivery.load_of(owned.connection)

    def free_in_s(self, owned: Owned) -> float:
        """As :meth:`StoredQueue.free_in_s`; measured on jobs of the same owner, the wall hides
        the others.
        """
        workers = max(1, delivery.workers_alive(owned.connection))
        return (overview.mean_run_s(owned.connection) or UNMEASURED_S) / workers

    def send(self, owned: Owned, submission: Submission) -> None:
        """As :meth:`StoredQueue.send`."""
        self._carrier.send(owned, submission.id, submission.size_bytes)
