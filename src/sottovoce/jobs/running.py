"""One job from its claim to its end: heard by the pool, kept once."""

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, wait
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sottovoce.errors import SottovoceError
from sottovoce.jobs.errand import Hearing
from sottovoce.jobs.errors import PoisonError, StoppedError, WorkerDiedError
from sottovoce.jobs.holding import PASSING, Holding
from sottovoce.jobs.pool import Pool
from sottovoce.jobs.records import Claim
from sottovoce.jobs.shelf import Shelf
from sottovoce.journal.store import Journal

TRIES = 3
GIVEN_UP = (
    f"this recording was begun {TRIES} times and ended the process each time; it was given up: "
    "export it again as wav or flac"
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a job is held without a sign of life, and how often one is given, in seconds."""

    lease: timedelta = timedelta(seconds=30)
    beat_s: float = 2.0


class Runner:
    """Runs jobs of any owner, each while it holds the job's lease.

    Parameters
    ----------
    journal_of
        Gives the journal of an owner.
    shelf
        Where the sounds wait.
    pool
        Hears them.
    pace
        Of leases and their renewal.
    """

    def __init__(
        self,
        journal_of: Callable[[str], Journal],
        shelf: Shelf,
        pool: Pool,
        pace: Pace | None = None,
    ) -> None:
        self.journal_of = journal_of
        self.shelf = shelf
        self.pool = pool
        self.pace = pace or Pace()
        self.stopped = False
        self._hearings: set[Hearing] = set()

    def run(self, owner: str, job_id: str) -> bool:
        """Claim a job and see it to its end, unless somebody else has it or has ended it.

        Returns
        -------
        bool
            False where the database is in trouble: the job is left, and taken up again when its
            lease has run out.
        """
        holding = Holding(self.journal_of(owner), self.shelf, job_id, self.pace.lease)
        try:
            claim = holding.claim()
            if claim is not None:
                self._see_through(holding, claim)
        except PASSING as trouble:
            log.warning("a job is left for later: %s", trouble.type)
            return False
        return True

    def stop(self) -> None:
        """Let go of what is being heard: it waits again, and this try does not count."""
        self.stopped = True
        for hearing in tuple(self._hearings):
            hearing.give_up()

    def _see_through(self, holding: Holding, claim: Claim) -> None:
        try:
            if claim.attempts > TRIES:
                raise PoisonError(GIVEN_UP)
            analysis = self._heard(holding, claim)
            if analysis is not None:
                holding.keep(claim, analysis)
        except (StoppedError, CancelledError):
            holding.give_back(counted=False)
        except WorkerDiedError:
            self._after_a_death(holding, claim)
        except PASSING:
            raise
        except SottovoceError as fault:
            holding.fail(fault)

    def _after_a_death(self, holding: Holding, claim: Claim) -> None:
        if claim.attempts >= TRIES and not self.stopped:
            holding.fail(PoisonError(GIVEN_UP))
        else:
            holding.give_back(counted=not self.stopped)

    def _heard(self, holding: Holding, claim: Claim) -> dict[str, Any] | None:
        """What was said; None where the job was taken from us or erased meanwhile."""
        hearing = self.pool.hear(holding.sound(claim), claim.options)
        self._hearings.add(hearing)
        try:
            if self.stopped:
                hearing.give_up()
            while not wait([hearing], self.pace.beat_s).done:
                if not holding.beat(hearing.progress):
                    hearing.give_up()
                    return None
            return hearing.result()
        finally:
            self._hearings.discard(hearing)
