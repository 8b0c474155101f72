"""What a job is, and what any queue of jobs does. Open this file first.

>>> JobOptions(tags=("work",)).save
False
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from sottovoce.models.registry import DEFAULT_MODEL

JobState = Literal["queued", "running", "done", "failed"]
EntryOutcome = Literal["added", "already there", "restored"]

ENDED: tuple[JobState, ...] = ("done", "failed")


@dataclass(frozen=True, slots=True)
class JobOptions:
    """What to do with a recording.

    ``save`` keeps the analysis as an entry, with ``note`` and ``tags``; ``keep_audio`` does so with
    the recording itself, encrypted. ``recorded_at`` is an aware
    instant; when None, the one that the container names, else the one when it was sent. ``zone`` is
    an IANA name; the machine's when None. A recording longer than ``max_duration_s`` is refused.
    """

    save: bool = False
    model: str = DEFAULT_MODEL
    note: str = ""
    tags: tuple[str, ...] = ()
    recorded_at: datetime | None = None
    zone: str | None = None
    max_duration_s: float = 30 * 60.0
    keep_audio: bool = False


@dataclass(frozen=True, slots=True)
class JobFault:
    """Why a job failed: a stable kind, and one sentence."""

    type: str
    message: str


@dataclass(frozen=True, slots=True)
class Job:
    """A recording on its way to an analysis.

    ``progress`` is the share heard so far, 0..1; None before it is begun, and where the length is
    not known. ``analysis`` is the JSON object of ``analyze --json`` once ``state`` is "done";
    ``entry_id`` and ``outcome`` say which entry it became, and whether that was there already (None
    where nothing was to be saved). ``error`` is given when ``state`` is "failed".
    """

    id: str
    state: JobState
    created_at: datetime
    progress: float | None = None
    entry_id: str | None = None
    outcome: EntryOutcome | None = None
    analysis: Mapping[str, Any] | None = None
    error: JobFault | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ENDED


class JobQueue(Protocol):
    """Takes recordings, has them heard once each, and keeps what was said for a day."""

    def submit(self, owner: str, sound: bytes, options: JobOptions, key: str | None) -> Job:
        """Take a recording; it is durable when this returns.

        Parameters
        ----------
        owner
            Whose recording it is, and whose entry it becomes.
        sound
            An encoded file, as it was sent.
        options
            What to do with it.
        key
            An Idempotency-Key: within 24 hours the same key gives the same job.

        Raises
        ------
        QueueFullError
            There is no room; it says when to try again.
        IdempotencyError
            The key was used for another recording, or with other options.
        """
        ...

    def find(self, owner: str, job_id: str) -> Job:
        """A job as it is now.

        Raises
        ------
        UnknownJobError
            The owner has none of that id.
        """
        ...

    def start(self) -> None:
        """Begin to work; jobs that a crash left behind are taken up again."""
        ...

    def stop(self, patience_s: float) -> None:
        """Take up no more; what is not done within ``patience_s`` seconds goes back."""
        ...

    def depth(self) -> int:
        """How many jobs wait or run, whosever they are."""
        ...
