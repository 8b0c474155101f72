"""A memo that was sent becomes an analysis now, or a job."""

import asyncio
import time
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from sottovoce.errors import TooLongError
from sottovoce.jobs.holding import memo_of
from sottovoce.jobs.queue import Job, JobOptions
from sottovoce.journal.changing import Added
from sottovoce.journal.moments import utc_now
from sottovoce.journal.sounds import Sound, sound_in
from sottovoce.server.entrance.person import Person
from sottovoce.server.house import House
from sottovoce.server.problems import Problem
from sottovoce.server.schemas.memos import MemoFields
from sottovoce.server.troubles import kind_of, problem_of_fields
from sottovoce.server.uploads import Upload

GLANCE_S = 0.05


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is to be kept of a memo: ``save`` its analysis, ``audio`` that and its sound."""

    save: bool
    audio: bool


def options_of(upload: Upload, keeping: Keeping, longest_s: float) -> JobOptions:
    """What to do with a memo, from the fields that came with it.

    Raises
    ------
    Problem
        ``invalid``: a field is unknown or wrong.
    """
    try:
        fields = MemoFields.model_validate(dict(upload.fields))
    except ValidationError as wrong:
        raise problem_of_fields(wrong) from wrong
    return JobOptions(
        save=keeping.save or keeping.audio,
        keep_audio=keeping.audio,
        note=fields.note,
        tags=tuple(fields.tags),
        recorded_at=fields.recorded_at,
        zone=fields.zone,
        max_duration_s=longest_s,
    )


async def heard_or_queued(
    house: House, whose: Person, sound: bytes, options: JobOptions, key: str | None
) -> dict[str, Any] | Job:
    """The answer that says how a memo sounded, or the job that will.

    With an Idempotency-Key it is always a job, for what a key stands for is kept with it; so is a
    large one, for jobs are bounded by their bytes.

    Raises
    ------
    KeyMissingError, WrongKeyError
        Its audio is to be kept, and there is no key to lock it with.
    """
    if options.keep_audio:
        await run_in_threadpool(house.journal_of(whose.owner).master_key)
    if key is None and len(sound) <= house.settings.immediate_bytes:
        try:
            return await heard_now(house, whose, sound, options)
        except TooLongError:
            return await run_in_threadpool(house.jobs.submit, whose.owner, sound, options, None)
    job = await run_in_threadpool(house.jobs.submit, whose.owner, sound, options, key)
    ended = await waited_for(house, whose, job)
    return analysed(ended) if ended.ended else ended


async def heard_now(
    house: House, whose: Person, sound: bytes, options: JobOptions
) -> dict[str, Any]:
    """The answer to a short memo; it is an entry, where one is wanted, before it is told."""
    longest_s = house.settings.immediate_s
    analysis = await house.ears.hear(sound, replace(options, max_duration_s=longest_s))
    if not options.save:
        return {"entry_id": None, "outcome": None, "analysis": analysis}
    audio = sound_in(sound, analysis["recording"]["sha256"]) if options.keep_audio else None
    added = await run_in_threadpool(keep, house, whose, options, analysis, audio)
    return {"entry_id": added.entry.id, "outcome": added.outcome, "analysis": analysis}


def keep(
    house: House, whose: Person, options: JobOptions, analysis: dict[str, Any], audio: Sound | None
) -> Added:
    """Make the entry, and let alerts be looked for."""
    added = house.journal_of(whose.owner).add(memo_of(options, analysis, utc_now(), audio))
    house.news()
    return added


async def waited_for(house: House, whose: Person, job: Job) -> Job:
    """The job at its end, or as it is when the wait is over."""
    until_s = time.monotonic() + house.settings.wait_s
    while not job.ended and time.monotonic() < until_s:
        await asyncio.sleep(GLANCE_S)
        job = await run_in_threadpool(house.jobs.find, whose.owner, job.id)
    if job.entry_id:
        house.news()
    return job


def analysed(job: Job) -> dict[str, Any]:
    """The answer that a job ended with.

    Raises
    ------
    Problem
        It failed; or its entry was erased since.
    """
    if job.error is not None:
        raise Problem(kind_of(job.error.type))
    if job.analysis is None:
        raise Problem("no_entry")
    return {"entry_id": job.entry_id, "outcome": job.outcome, "analysis": dict(job.analysis)}
