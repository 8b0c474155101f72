"""What can go wrong with a job: one sentence each."""

from sottovoce.errors import SottovoceError


class JobError(SottovoceError):
    """A job could not be taken, found or ended."""

    type = "job"


class UnknownJobError(JobError):
    """The owner has no job of that id; ended jobs are forgotten after a day."""

    type = "unknown_job"


class IdempotencyError(JobError):
    """The Idempotency-Key was used within a day for another recording, or with other options."""

    type = "idempotency"


class PoisonError(JobError):
    """The recording ended each process that tried to hear it."""

    type = "poison"


class WorkerDiedError(JobError):
    """The process that heard the recording ended before it could answer."""

    type = "worker_died"


class SoundGoneError(JobError):
    """The sound that waited for its job is no longer there."""

    type = "sound_gone"


class StoppedError(JobError):
    """The program is stopping and takes no more."""

    type = "stopping"


class QueueFullError(JobError):
    """There is no room for another job; ``retry_after_s`` says when to ask again, in seconds.

    >>> error = QueueFullError(7)
    >>> error.retry_after_s, str(error)
    (7, 'too many recordings are waiting; try again in 7 seconds')
    """

    type = "queue_full"

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"too many recordings are waiting; try again in {retry_after_s} seconds")
        self.retry_after_s = retry_after_s
