"""A job in somebody's hands: each step is one transaction, and fails where the hands are others."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from sottovoce.errors import SottovoceError
from sottovoce.jobs import records
from sottovoce.jobs.drawing import drawn
from sottovoce.jobs.queue import JobOptions
from sottovoce.jobs.records import Claim
from sottovoce.jobs.shelf import Shelf
from sottovoce.journal.changing import Memo, add_memo
from sottovoce.journal.errors import DiskFullError, LockedError, NoServerError, ReadOnlyError
from sottovoce.journal.moments import machine_zone, moment_at, recorded_moment
from sottovoce.journal.sounds import Sound, sound_in
from sottovoce.journal.store import Journal

PASSING = (LockedError, DiskFullError, ReadOnlyError, NoServerError)
"""Troubles of the database that may be gone at the next try."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One job of one owner, and the name under which it is held."""

    journal: Journal
    shelf: Shelf
    job_id: str
    lease: timedelta
    holder: str = field(default_factory=lambda: token_hex(8))

    def claim(self) -> Claim | None:
        """Take the job; None where it has ended or is held."""
        with self.journal.writing() as owned:
            now = self.journal.clock()
            return records.claim_job(owned, self.job_id, self.holder, now, self.lease)

    def sound(self, claim: Claim) -> bytes:
        """The sound of the job.

        Raises
        ------
        SoundGoneError, DamagedError
            It is not there, or not what it was.
        """
        with self.journal.reading() as owned:
            return self.shelf.read(owned, self.job_id, claim.sound_key)

    def beat(self, progress: float | None) -> bool:
        """Renew the lease; returns whether the job is still ours."""
        with suppress(*PASSING), self.journal.writing() as owned:
            until = self.journal.clock() + self.lease
            return records.renew_lease(owned, self.job_id, self.holder, until, progress)
        return True

    def give_back(self, *, counted: bool) -> None:
        """Let the job wait again; ``counted`` where this try may be the recording's fault."""
        with self.journal.writing() as owned:
            records.give_back(owned, self.job_id, self.holder, counted=counted)

    def fail(self, fault: SottovoceError) -> None:
        """The job failed for good."""
        with self.journal.writing() as owned:
            now = self.journal.clock()
            records.end_with_fault(owned, self.job_id, self.holder, fault, now)
        self._drop()

    def keep(self, claim: Claim, analysis: dict[str, Any]) -> None:
        """The job is done: the analysis, the entry where one is wanted, and the end, or nothing.

        The waveform of sound that was kept is drawn then, so that nobody waits for it later.
        """
        memo = memo_of(claim.options, analysis, claim.created_at, self._to_keep(claim, analysis))
        entry_id = self._end(claim, memo)
        self._drop()
        if entry_id and memo.sound:
            with suppress(SottovoceError):  # it is drawn when it is asked for
                drawn(self.journal, entry_id)

    def _end(self, claim: Claim, memo: Memo) -> str | None:
        """End the job with its analysis or its entry; the entry's id."""
        master = self.journal.master_key() if memo.sound else b""
        with self.journal.writing() as owned:
            now = self.journal.clock()
            mine = self.job_id, self.holder
            if not claim.options.save:
                records.end_with_analysis(owned, *mine, memo.analysis, now)
            elif records.renew_lease(owned, *mine, now + self.lease, 1.0):
                added = add_memo(owned, memo, now, master)
                records.end_with_entry(owned, *mine, added, now)
                return added.entry.id
        return None

    def _to_keep(self, claim: Claim, analysis: dict[str, Any]) -> Sound | None:
        """The sound of the job, where it is to be kept with its entry."""
        if not claim.options.keep_audio:
            return None
        return sound_in(self.sound(claim), analysis["recording"]["sha256"])

    def _drop(self) -> None:
        with self.journal.writing() as owned:
            self.shelf.drop(owned, self.job_id)


def memo_of(
    options: JobOptions, analysis: dict[str, Any], sent_at: datetime, sound: Sound | None = None
) -> Memo:
    """What is to be kept of a recording that was sent at an instant, its audio with it or not."""
    zone = options.zone or machine_zone()
    named = analysis["recording"]["recorded_at"]
    told = datetime.fromisoformat(named) if named else None
    moment = (
        moment_at(options.recorded_at, zone)
        if options.recorded_at
        else recorded_moment(told, None, sent_at, zone)
    )
    return Memo(analysis, moment, options.note, options.tags, sound=sound)
