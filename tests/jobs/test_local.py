"""One machine: jobs in the journal's file, run by real processes."""

import logging
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobhands import (
    QUICK,
    alive,
    column,
    descendants,
    ended,
    hands,
    long_memo,
    memo,
    queue_at,
    until,
)
from sottovoce.jobs.local import LocalQueue
from sottovoce.jobs.pool import Pool
from sottovoce.jobs.queue import JobOptions

SAVED = JobOptions(save=True, note="canary in a note", tags=("canary",))
NAMES = ("even", "bright", "hurried", "slow")


@pytest.fixture
def address(home: Path) -> str:
    return f"sqlite:///{home / 'journal.db'}"


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """One process for all queues here; it is replaced where a test kills it."""
    with Pool(workers=1) as found:
        yield found


@pytest.fixture
def working(address: str, home: Path, pool: Pool) -> Iterator[LocalQueue]:
    """A queue with a worker, stopped at the end."""
    with queue_at(address, home, pool, pace=QUICK) as queue:
        assert isinstance(queue, LocalQueue)
        yield queue
        queue.stop(0.0)


@pytest.fixture
def idle_queue(address: str, home: Path, idle: Pool) -> Iterator[LocalQueue]:
    """A queue where nobody works."""
    with queue_at(address, home, idle) as queue:
        assert isinstance(queue, LocalQueue)
        yield queue


def waiting_files(home: Path) -> list[Path]:
    return list((home / "queue").iterdir())


def test_jobs_are_heard_kept_and_leave_no_sound(working: LocalQueue, home: Path) -> None:
    jobs = [working.submit("ada", memo(name), SAVED, None) for name in NAMES]
    again = working.submit("ada", memo(), SAVED, None)
    assert len(waiting_files(home)) == 5
    working.start()
    done = ended(working, "ada", *jobs, again)
    assert [job.state for job in done] == ["done"] * 5
    assert [job.outcome for job in done] == ["added"] * 4 + ["already there"]
    assert [job.progress for job in done] == [1.0] * 5
    assert working.journal_of("ada").count() == 4
    until(lambda: waiting_files(home) == [])


def test_what_is_no_recording_fails_with_its_reason(working: LocalQueue, home: Path) -> None:
    working.start()
    jobs = [working.submit("ada", sound, SAVED, None) for sound in (b"", b"words", memo()[:2000])]
    faults = [job.error for job in ended(working, "ada", *jobs)[:2]]
    assert [fault.type if fault else None for fault in faults] == ["empty", "unsupported_format"]
    until(lambda: waiting_files(home) == [])


def test_a_worker_killed_once_is_tried_again(working: LocalQueue, pool: Pool) -> None:
    working.start()
    job = working.submit("ada", long_memo(20), SAVED, None)
    until(lambda: (working.find("ada", job.id).progress or 0) > 0)
    os.kill(pool.pids[0], signal.SIGKILL)
    [done] = ended(working, "ada", job)
    assert (done.state, done.outcome) == ("done", "added")
    assert column(working.place, "ada", "attempts") == [2]


def test_a_poison_job_stops_after_three_tries(working: LocalQueue, pool: Pool, home: Path) -> None:
    working.start()
    job = working.submit("ada", long_memo(20), SAVED, None)
    killed: set[int] = set()

    def kill_and_look() -> bool:
        found = working.find("ada", job.id)
        if found.progress and pool.pids and pool.pids[0] not in killed:
            killed.add(pool.pids[0])
            os.kill(pool.pids[0], signal.SIGKILL)
        return found.ended

    until(kill_and_look)
    [failed] = ended(working, "ada", job)
    assert len(killed) == 3
    assert failed.error is not None
    assert failed.error.type == "poison"
    assert "3 times" in failed.error.message
    assert working.journal_of("ada").count() == 0
    until(lambda: waiting_files(home) == [])
    after = working.submit("ada", memo(), SAVED, None)
    assert ended(working, "ada", after)[0].state == "done"


def test_a_killed_server_leaves_a_job_that_is_run_again_once(
    address: str, home: Path, idle_queue: LocalQueue
) -> None:
    job = idle_queue.submit("ada", long_memo(6), SAVED, "k")
    with hands(address, home) as first:
        until(lambda: (idle_queue.find("ada", job.id).progress or 0) > 0)
        family = descendants(first.pid)
        assert family
        first.kill()
        until(lambda: not any(map(alive, family)))
    assert idle_queue.find("ada", job.id).state == "running"
    with hands(address, home):
        [done] = ended(idle_queue, "ada", job)
    assert (done.state, done.outcome) == ("done", "added")
    assert idle_queue.journal_of("ada").count() == 1
    assert column(idle_queue.place, "ada", "attempts") == [2]
    assert idle_queue.submit("ada", long_memo(6), SAVED, "k").id == job.id
    until(lambda: waiting_files(home) == [])


def test_a_server_that_dies_three_times_over_one_job_gives_it_up(
    address: str, home: Path, idle_queue: LocalQueue
) -> None:
    job = idle_queue.submit("ada", long_memo(20), SAVED, None)
    for attempt in (1, 2, 3):
        with hands(address, home) as server:
            until(lambda attempt=attempt: column(idle_queue.place, "ada", "attempts") == [attempt])
            server.kill()
    with hands(address, home):
        [failed] = ended(idle_queue, "ada", job)
    assert failed.error is not None
    assert failed.error.type == "poison"


def test_a_server_that_slept_through_its_lease_changes_nothing(
    address: str, home: Path, idle_queue: LocalQueue
) -> None:
    job = idle_queue.submit("ada", long_memo(20), SAVED, None)
    with hands(address, home) as sleeper, hands(address, home):
        until(lambda: idle_queue.find("ada", job.id).state == "running")
        holder = column(idle_queue.place, "ada", "holder")
        sleeper.send_signal(signal.SIGSTOP)
        [done] = ended(idle_queue, "ada", job)
        sleeper.send_signal(signal.SIGCONT)
        later = idle_queue.submit("ada", memo(), SAVED, None)
        ended(idle_queue, "ada", later)
        assert holder != [None]
        assert idle_queue.find("ada", job.id) == done
    assert idle_queue.journal_of("ada").count() == 2


def test_two_servers_on_one_journal_run_each_job_once(
    address: str, home: Path, idle_queue: LocalQueue
) -> None:
    jobs = [idle_queue.submit("ada", memo(name), JobOptions(), None) for name in NAMES * 2]
    with hands(address, home), hands(address, home):
        done = ended(idle_queue, "ada", *jobs)
    assert [job.state for job in done] == ["done"] * 8
    assert column(idle_queue.place, "ada", "attempts") == [1] * 8


def test_a_stopped_server_gives_its_job_back_uncounted(
    address: str, home: Path, idle_queue: LocalQueue
) -> None:
    job = idle_queue.submit("ada", long_memo(40), SAVED, None)
    with hands(address, home) as server:
        until(lambda: (idle_queue.find("ada", job.id).progress or 0) > 0)
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) == 0
    assert idle_queue.find("ada", job.id).state == "queued"
    assert column(idle_queue.place, "ada", "attempts") == [0]
    assert len(waiting_files(home)) == 1


def test_stopping_lets_a_short_job_end(working: LocalQueue) -> None:
    working.start()
    job = working.submit("ada", memo(), SAVED, None)
    until(lambda: working.find("ada", job.id).state == "running")
    working.stop(60.0)
    assert working.find("ada", job.id).state == "done"


def test_sounds_that_nobody_waits_for_are_swept_at_the_start(
    working: LocalQueue, home: Path
) -> None:
    job = working.submit("ada", long_memo(20), SAVED, None)
    (home / "queue" / "orphan.sealed").write_bytes(b"x")
    (home / "queue" / ".half.sealed.1.part").write_bytes(b"x")
    working.start()
    assert [file.name for file in waiting_files(home)] == [f"{job.id}.sealed"]


def test_nothing_private_reaches_the_log_or_the_errors(
    working: LocalQueue, address: str, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    working.start()
    jobs = [working.submit("owner-canary", sound, SAVED, "canary-key") for sound in (memo(),)]
    jobs.append(working.submit("owner-canary", b"canary sound", SAVED, None))
    done = ended(working, "owner-canary", *jobs)
    assert "canary" not in caplog.text
    assert "canary" not in str([job.error for job in done])
    for file in (home / "queue").iterdir():
        assert b"canary" not in file.read_bytes()
    with hands(address, home) as server:
        other = working.submit("owner-canary", b"canary once more", SAVED, None)
        ended(working, "owner-canary", other)
        server.terminate()
        out, err = server.communicate(timeout=30)
    assert (out, err) == ("", "")
