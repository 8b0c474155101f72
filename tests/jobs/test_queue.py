"""The same promises on SQLite and on PostgreSQL, with nobody at work."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from jobhands import column
from journals import Clock, analysis
from sottovoce.jobs.errors import (
    IdempotencyError,
    PoisonError,
    QueueFullError,
    SoundGoneError,
    UnknownJobError,
)
from sottovoce.jobs.holding import Holding
from sottovoce.jobs.queue import Job, JobOptions
from sottovoce.jobs.stored import StoredQueue
from sottovoce.journal.errors import DamagedError, JournalError

LEASE = timedelta(seconds=30)
SAVED = JobOptions(save=True, note="after the talk", tags=("work",), zone="Europe/Berlin")


def held(queue: StoredQueue, job: Job, owner: str = "ada") -> Holding:
    return Holding(queue.journal_of(owner), queue.shelf, job.id, LEASE)


def forget_delivery(queue: StoredQueue, job: Job) -> None:
    """What Procrastinate's worker does when the task has ended; nothing on SQLite."""
    if queue.place.file is None:
        with queue.place.transaction() as connection:
            gone = text("DELETE FROM procrastinate_jobs WHERE args->>'job_id' = :id")
            connection.execute(gone, {"id": job.id})


def test_a_job_waits_as_it_was_sent(queue: StoredQueue, clock: Clock) -> None:
    job = queue.submit("ada", b"sound", JobOptions(), None)
    assert job == queue.find("ada", job.id)
    assert job == Job(job.id, "queued", clock.now)
    assert queue.depth() == 1


def test_a_claim_gives_back_sound_and_options(queue: StoredQueue, clock: Clock) -> None:
    options = JobOptions(
        True, "m", "note", ("a", "b"), datetime(2026, 3, 1, tzinfo=UTC), "UTC", 9.5
    )
    sound = bytes(range(256)) * 8
    job = queue.submit("ada", sound, options, None)
    mine = held(queue, job)
    claim = mine.claim()
    assert claim is not None
    assert (claim.options, claim.attempts, claim.created_at) == (options, 1, clock.now)
    assert mine.sound(claim) == sound
    assert queue.find("ada", job.id).state == "running"


def test_a_job_is_held_by_one_until_its_lease_ends(queue: StoredQueue, clock: Clock) -> None:
    job = queue.submit("ada", b"sound", JobOptions(), None)
    first, second = held(queue, job), held(queue, job)
    assert first.claim() is not None
    assert second.claim() is None
    clock.now += LEASE
    assert first.beat(0.5)
    assert queue.find("ada", job.id).progress == 0.5
    clock.now += LEASE + timedelta(microseconds=1)
    claim = second.claim()
    assert claim is not None
    assert claim.attempts == 2
    assert not first.beat(0.7)


def test_what_a_holder_that_lost_its_lease_says_is_not_kept(
    queue: StoredQueue, clock: Clock
) -> None:
    job = queue.submit("ada", b"sound", SAVED, None)
    first, second = held(queue, job), held(queue, job)
    slow = first.claim()
    clock.now += LEASE * 2
    quick = second.claim()
    assert slow is not None
    assert quick is not None
    first.keep(slow, analysis(1))
    assert queue.journal_of("ada").count() == 0
    first.fail(PoisonError("x"))
    first.give_back(counted=True)
    assert queue.find("ada", job.id).state == "running"
    second.keep(quick, analysis(2))
    first.keep(slow, analysis(1))
    assert queue.find("ada", job.id).analysis == analysis(2)
    assert queue.journal_of("ada").count() == 1


def test_a_saved_job_is_its_entry(queue: StoredQueue, clock: Clock) -> None:
    job = queue.submit("ada", b"sound", SAVED, None)
    mine = held(queue, job)
    claim = mine.claim()
    assert claim is not None
    clock.now += timedelta(minutes=5)
    mine.keep(claim, analysis(1))
    done = queue.find("ada", job.id)
    [entry] = queue.journal_of("ada").entries(whole=True)
    assert (done.state, done.entry_id, done.outcome) == ("done", entry.id, "added")
    assert done.analysis == entry.analysis == analysis(1)
    assert (entry.note, entry.tags) == ("after the talk", ("work",))
    assert entry.recorded_at.utc == job.created_at
    assert entry.recorded_at.zone == "Europe/Berlin"


def test_an_entry_that_is_erased_is_erased_from_its_job(queue: StoredQueue) -> None:
    from sottovoce.journal.erase import erase_for_good

    job = queue.submit("ada", b"sound", SAVED, None)
    mine = held(queue, job)
    claim = mine.claim()
    assert claim is not None
    mine.keep(claim, analysis(1))
    erase_for_good(queue.journal_of("ada"), [str(queue.find("ada", job.id).entry_id)])
    assert queue.find("ada", job.id).analysis is None


def test_the_same_audio_twice_is_one_entry_and_told(queue: StoredQueue) -> None:
    outcomes = []
    for sound in (b"one", b"two"):
        job = queue.submit("ada", sound, SAVED, None)
        mine = held(queue, job)
        claim = mine.claim()
        assert claim is not None
        mine.keep(claim, analysis(1))
        outcomes.append(queue.find("ada", job.id).outcome)
    assert outcomes == ["added", "already there"]
    assert queue.journal_of("ada").count() == 1


def test_an_analysis_that_is_not_saved_is_in_the_job_only(queue: StoredQueue) -> None:
    job = queue.submit("ada", b"sound", JobOptions(), None)
    mine = held(queue, job)
    claim = mine.claim()
    assert claim is not None
    mine.keep(claim, analysis(1))
    assert queue.find("ada", job.id).analysis == analysis(1)
    assert queue.find("ada", job.id).entry_id is None
    assert queue.journal_of("ada").count() == 0


def test_a_failed_job_says_why_in_one_sentence(queue: StoredQueue) -> None:
    job = queue.submit("ada", b"sound", JobOptions(), None)
    mine = held(queue, job)
    assert mine.claim() is not None
    mine.fail(PoisonError("it was given up"))
    failed = queue.find("ada", job.id)
    assert failed.error is not None
    assert (failed.state, failed.error.type) == ("failed", "poison")
    assert failed.error.message == "it was given up"
    assert held(queue, job).claim() is None


def test_a_try_given_back_counts_only_if_it_was_the_recordings_fault(queue: StoredQueue) -> None:
    job = queue.submit("ada", b"sound", JobOptions(), None)
    counts = []
    for counted in (False, True, True):
        mine = held(queue, job)
        claim = mine.claim()
        assert claim is not None
        counts.append(claim.attempts)
        mine.give_back(counted=counted)
        assert queue.find("ada", job.id).state == "queued"
    assert counts == [1, 1, 2]


def test_the_same_key_and_body_is_the_same_job(queue: StoredQueue) -> None:
    first = queue.submit("ada", b"sound", SAVED, "k1")
    assert queue.submit("ada", b"sound", SAVED, "k1") == first
    assert queue.submit("ada", b"sound", SAVED, "k2").id != first.id
    assert queue.submit("grace", b"sound", SAVED, "k1").id != first.id
    assert queue.depth() == 3
    assert queue.submit("ada", b"sound", SAVED, "k1") == first  # full, but known


def test_the_same_key_for_something_else_is_refused(queue: StoredQueue) -> None:
    queue.submit("ada", b"sound", SAVED, "k1")
    for sound, options in ((b"other", SAVED), (b"sound", JobOptions())):
        with pytest.raises(IdempotencyError, match="Idempotency-Key"):
            queue.submit("ada", sound, options, "k1")
    assert queue.depth() == 1


def test_a_key_holds_for_a_day_even_when_the_job_has_ended(
    queue: StoredQueue, clock: Clock
) -> None:
    job = queue.submit("ada", b"sound", JobOptions(), "k1")
    mine = held(queue, job)
    claim = mine.claim()
    assert claim is not None
    clock.now += timedelta(hours=1)
    mine.keep(claim, analysis(1))
    clock.now += timedelta(hours=23)
    assert queue.submit("ada", b"sound", JobOptions(), "k1").state == "done"
    clock.now += timedelta(minutes=1)
    assert queue.submit("ada", b"other", JobOptions(), "k1").state == "queued"
    assert queue.find("ada", job.id).state == "done"
    clock.now += timedelta(hours=1)
    queue.submit("ada", b"third", JobOptions(), None)
    with pytest.raises(UnknownJobError):
        queue.find("ada", job.id)


def test_a_full_queue_says_when_to_come_again(queue: StoredQueue, clock: Clock) -> None:
    jobs = [queue.submit("ada", b"sound", JobOptions(), None) for _ in range(3)]
    with pytest.raises(QueueFullError, match="try again in") as full:
        queue.submit("grace", b"sound", JobOptions(), None)
    assert full.value.retry_after_s >= 1
    mine = held(queue, jobs[0])
    claim = mine.claim()
    assert claim is not None
    clock.now += timedelta(seconds=20)
    mine.keep(claim, analysis(1))
    forget_delivery(queue, jobs[0])
    queue.submit("ada", b"sound", JobOptions(), None)
    with pytest.raises(QueueFullError) as measured:
        queue.submit("ada", b"sound", JobOptions(), None)
    workers = 2 if queue.place.file else 1
    assert measured.value.retry_after_s == 20 / workers


def test_bytes_fill_the_queue_too_but_one_job_always_fits(queue: StoredQueue) -> None:
    queue.submit("ada", bytes(9000), JobOptions(), None)
    with pytest.raises(QueueFullError):
        queue.submit("ada", b"x", JobOptions(), None)


def test_what_could_never_be_kept_is_refused_at_once(queue: StoredQueue) -> None:
    for options in (JobOptions(tags=("a,b",)), JobOptions(zone="Nowhere/Town")):
        with pytest.raises(JournalError):
            queue.submit("ada", b"sound", options, None)
    assert queue.depth() == 0


def test_owners_never_meet(queue: StoredQueue) -> None:
    job = queue.submit("ada", b"sound", JobOptions(), "k1")
    for missing in (job.id, "nothing"):
        with pytest.raises(UnknownJobError, match="no such job"):
            queue.find("mallory", missing)
    hers = held(queue, job, "mallory")
    assert hers.claim() is None
    assert not hers.beat(0.5)
    hers.fail(PoisonError("x"))
    assert queue.find("ada", job.id) == job


def test_nothing_but_the_result_is_left_at_the_end(queue: StoredQueue, home: Path) -> None:
    job = queue.submit("ada", b"sound", SAVED, None)
    mine = held(queue, job)
    claim = mine.claim()
    assert claim is not None
    mine.keep(claim, analysis(1))
    assert column(queue.place, "ada", "options") == ["{}"]
    assert column(queue.place, "ada", "sound_key") == [None]
    assert list(home.glob("queue/*")) == []
    with pytest.raises(SoundGoneError):
        mine.sound(claim)


def test_waiting_sound_is_sealed_and_for_its_owners_eyes_only(
    queue: StoredQueue, home: Path
) -> None:
    queue.submit("ada", b"canary" * 99, JobOptions(note="canary"), "canary")
    for file in home.glob("queue/*"):
        assert b"canary" not in file.read_bytes()
        assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_sound_that_was_changed_is_told(queue: StoredQueue, home: Path) -> None:
    from sottovoce.journal.owned import Owned

    job = queue.submit("ada", b"sound", JobOptions(), None)
    for file in home.glob("queue/*"):
        file.write_bytes(bytes(40))
    with queue.place.transaction() as connection:
        Owned.enter(connection, "ada")
        connection.execute(text("UPDATE job_sounds SET sealed = :x"), {"x": bytes(40)})
    mine = held(queue, job)
    claim = mine.claim()
    assert claim is not None
    with pytest.raises(DamagedError):
        mine.sound(claim)


def test_erasing_everything_erases_jobs_and_what_opens_their_sound(queue: StoredQueue) -> None:
    from sottovoce.journal.erase import erase_everything

    job = queue.submit("ada", b"sound", SAVED, None)
    mine = held(queue, job)
    claim = mine.claim()
    assert claim is not None
    receipt = erase_everything(queue.journal_of("ada"))
    assert (receipt.erased["jobs"], receipt.remaining) == (1, 0)
    mine.keep(claim, analysis(1))
    assert queue.journal_of("ada").count() == 0
