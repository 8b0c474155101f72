"""Taking a recording into a queue: once for each key, and only where there is room."""

from dataclasses import dataclass
from hashlib import sha256
from math import ceil
from secrets import token_hex

from sottovoce.jobs.errors import QueueFullError
from sottovoce.jobs.overview import Load
from sottovoce.jobs.queue import JobOptions
from sottovoce.jobs.records import Submission
from sottovoce.jobs.rows import body_digest
from sottovoce.journal.changing import clean_tags
from sottovoce.journal.moments import moment_at, utc_now
from sottovoce.journal.vault import new_key

UNMEASURED_S = 5.0
"""How long a job is taken to run before any has ended."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many jobs may wait or run at once, and how many bytes of sound."""

    jobs: int = 100
    size_bytes: int = 512 << 20


def submission_of(sound: bytes, options: JobOptions, key: str | None) -> Submission:
    """A job to be, with an id and a key of its own.

    Raises
    ------
    JournalError
        A tag is none, or the zone is unknown.
    """
    clean_tags(options.tags)
    moment_at(utc_now(), options.zone or "UTC")
    return Submission(
        id=token_hex(16),
        options=options,
        size_bytes=len(sound),
        sound_key=new_key(),
        body_sha256=body_digest(sound, options),
        request_key=sha256(key.encode()).hexdigest() if key is not None else None,
    )


def check_room(load: Load, size_bytes: int, bounds: Bounds, free_in_s: float) -> None:
    """Refuse a job that there is no room for; the first alone may be larger than all the room.

    >>> check_room(Load(3, 300), 50, Bounds(jobs=3), free_in_s=1.2)
    Traceback (most recent call last):
    sottovoce.jobs.errors.QueueFullError: too many recordings are waiting; try again in 2 seconds
    """
    too_large = load.jobs > 0 and load.size_bytes + size_bytes > bounds.size_bytes
    if load.jobs >= bounds.jobs or too_large:
        raise QueueFullError(max(1, ceil(free_in_s)))
