"""Something for a worker process to do, and the answer to come."""

from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from sottovoce.jobs.hearing import Request
from sottovoce.jobs.worker import Worker


class Urgency(IntEnum):
    """Which errand goes first; ``LEAVE`` ends a thread when nothing else is left."""

    AT_ONCE = 0
    LATER = 1
    LEAVE = 2


class Hearing(Future[dict[str, Any]]):
    """The answer to come: the JSON object of ``analyze --json``, or one of our errors."""

    worker: Worker | None = None

    @property
    def progress(self) -> float | None:
        """Which share of the recording was heard, 0..1; None unless it is being heard."""
        worker = self.worker
        return worker.share_heard if worker else None

    def give_up(self) -> None:
        """Want it no longer: it is not begun, or the process that hears it is killed."""
        if not self.cancel() and (worker := self.worker) is not None:
            worker.kill()


@dataclass(frozen=True, slots=True, order=True)
class Errand:
    """A request with its sound, in the order of ``urgency`` and then of coming."""

    urgency: Urgency
    number: int
    request: Request = field(compare=False)
    sound: bytes = field(compare=False, repr=False)
    hearing: Hearing = field(compare=False)
