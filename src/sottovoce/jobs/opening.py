"""Which queue goes with which journal."""

from pathlib import Path
from typing import Any

from sottovoce.jobs.local import LocalQueue
from sottovoce.jobs.pool import Pool
from sottovoce.jobs.queue import JobQueue
from sottovoce.journal.engine import Place

FOLDER = "queue"


def queue_of(place: Place, home: Path, pool: Pool, **more: Any) -> JobQueue:
    """The queue of a journal: in its file, or on its server.

    Parameters
    ----------
    place
        The journal's database, at the newest schema.
    home
        The person's folder; the sounds of a journal that is a file wait in ``queue`` there.
    pool
        Hears the jobs of a journal that is a file; those on a server are heard by its workers.
    more
        ``bounds``, ``clock`` and ``locksmith``, as of :class:`sottovoce.jobs.stored.StoredQueue`.
    """
    if place.file is not None:
        return LocalQueue(place, home / FOLDER, pool, **more)
    from sottovoce.jobs.shared import SharedQueue

    return SharedQueue(place, **more)
