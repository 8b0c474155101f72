"""Many people: jobs on a real PostgreSQL, brought by Procrastinate to real worker processes."""

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from jobhands import column, ended, hands, long_memo, memo, queue_at, until
from journals import as_superuser, ask
from sottovoce.jobs.delivery import make_tables
from sottovoce.jobs.pool import Pool
from sottovoce.jobs.queue import JobOptions
from sottovoce.jobs.shared import SharedQueue

SAVED = JobOptions(save=True, note="canary in a note", tags=("canary",))
AT_WORK = "sottovoce: 1 at work; Ctrl-C to stop"
NAMES = ("even", "bright", "hurried", "slow")


@pytest.fixture
def queue(fresh_postgres_url: str, home: Path, idle: Pool) -> Iterator[SharedQueue]:
    with queue_at(fresh_postgres_url, home, idle) as found:
        assert isinstance(found, SharedQueue)
        yield found


def sounds_left(queue: SharedQueue) -> int:
    """Pieces of sound of Ada's jobs."""
    from sottovoce.journal.owned import Owned

    with queue.place.transaction() as connection:
        Owned.enter(connection, "ada")
        return int(connection.execute(text("SELECT count(*) FROM job_sounds")).scalar_one())


def test_jobs_of_two_owners_are_heard_and_kept_apart(
    queue: SharedQueue, fresh_postgres_url: str, home: Path
) -> None:
    hers = [queue.submit("ada", memo(name), SAVED, None) for name in NAMES]
    other = queue.submit("grace", memo(), SAVED, None)
    again = queue.submit("ada", memo(), JobOptions(save=True), None)
    assert queue.depth() == 6
    assert sounds_left(queue) > 0
    with hands(fresh_postgres_url, home):
        done = ended(queue, "ada", *hers, again)
        [of_grace] = ended(queue, "grace", other)
        until(lambda: queue.depth() == 0)
    assert [job.outcome for job in done] == ["added"] * 4 + ["already there"]
    assert of_grace.outcome == "added"
    assert (queue.journal_of("ada").count(), queue.journal_of("grace").count()) == (4, 1)
    assert sounds_left(queue) == 0


def test_two_workers_run_each_job_once(
    queue: SharedQueue, fresh_postgres_url: str, home: Path
) -> None:
    jobs = [queue.submit("ada", memo(name), JobOptions(), None) for name in NAMES * 2]
    with hands(fresh_postgres_url, home), hands(fresh_postgres_url, home):
        done = ended(queue, "ada", *jobs)
    assert [job.state for job in done] == ["done"] * 8
    assert column(queue.place, "ada", "attempts") == [1] * 8


def test_the_job_of_a_killed_worker_is_brought_to_another(
    queue: SharedQueue, fresh_postgres_url: str, home: Path
) -> None:
    job = queue.submit("ada", long_memo(6), SAVED, None)
    with hands(fresh_postgres_url, home) as first:
        until(lambda: (queue.find("ada", job.id).progress or 0) > 0)
        first.kill()
    assert queue.find("ada", job.id).state == "running"
    with hands(fresh_postgres_url, home):
        [done] = ended(queue, "ada", job)
        until(lambda: queue.depth() == 0)
    assert (done.state, done.outcome) == ("done", "added")
    assert column(queue.place, "ada", "attempts") == [2]
    assert queue.journal_of("ada").count() == 1


def test_a_stopped_worker_sends_its_job_on_uncounted(
    queue: SharedQueue, fresh_postgres_url: str, home: Path
) -> None:
    job = queue.submit("ada", long_memo(40), SAVED, None)
    with hands(fresh_postgres_url, home) as worker:
        until(lambda: (queue.find("ada", job.id).progress or 0) > 0)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
    assert queue.find("ada", job.id).state == "queued"
    assert column(queue.place, "ada", "attempts") == [0]
    assert queue.depth() == 1


def test_a_job_of_an_owner_who_left_is_nothing(
    queue: SharedQueue, fresh_postgres_url: str, home: Path
) -> None:
    from sottovoce.journal.erase import erase_everything

    queue.submit("ada", memo(), SAVED, None)
    erase_everything(queue.journal_of("ada"))
    with hands(fresh_postgres_url, home):
        until(lambda: queue.depth() == 0)
    assert queue.journal_of("ada").count() == 0


def test_what_is_undone_with_the_transaction_is_not_delivered(queue: SharedQueue) -> None:
    class TornError(Exception):
        pass

    def tear(*_arguments: object) -> None:
        raise TornError

    queue.shelf = type("Shelf", (), {"put": tear})()  # fails after the row, before the delivery
    with pytest.raises(TornError):
        queue.submit("ada", memo(), SAVED, None)
    assert queue.depth() == 0
    assert column(queue.place, "ada", "id") == []


def test_the_tables_of_deliveries_are_made_once(queue: SharedQueue) -> None:
    make_tables(queue.place)
    queue.start()
    assert queue.depth() == 0


@contextmanager
def worker_command(url: str, home: Path) -> "Iterator[subprocess.Popen[str]]":
    """``sottovoce worker`` as a person starts it."""
    command = [Path(sys.executable).parent / "sottovoce", "worker", "--workers", "1"]
    env = {**os.environ, "SOTTOVOCE_JOURNAL": url, "SOTTOVOCE_HOME": str(home)}
    process = subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_the_command_works_and_says_nothing_private(
    queue: SharedQueue, fresh_postgres_url: str, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    job = queue.submit("canary-owner", memo(), SAVED, "canary-key")
    bad = queue.submit("canary-owner", b"canary sound", SAVED, None)
    with worker_command(fresh_postgres_url, home) as worker:
        done, failed = ended(queue, "canary-owner", job, bad)
        worker.send_signal(signal.SIGTERM)
        out, err = worker.communicate(timeout=60)
    assert (done.state, failed.state, worker.returncode) == ("done", "failed", 0)
    assert (out, err) == ("", f"{AT_WORK}\n")
    assert "canary" not in caplog.text
    assert "canary" not in str(failed.error)


def test_a_worker_whose_server_goes_away_says_so(
    queue: SharedQueue, fresh_postgres_url: str, home: Path, postgres_url: str
) -> None:
    with worker_command(fresh_postgres_url, home) as worker:
        done = ended(queue, "ada", queue.submit("ada", memo(), SAVED, None))
        queue.place.engine.dispose()
        database = make_url(fresh_postgres_url).database
        as_superuser(postgres_url, f"DROP DATABASE {database} WITH (FORCE)")
        out, err = worker.communicate(timeout=90)
    assert (done[0].state, worker.returncode, out) == ("done", 1, "")
    assert err.startswith(f"{AT_WORK}\nsottovoce: the journal 'postgresql://")
    assert err.endswith("does not answer; start the worker again when it does\n")
    assert "Traceback" not in err


def test_a_worker_needs_a_server(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOTTOVOCE_JOURNAL", raising=False)
    answer = ask("worker", home=home)
    assert answer.status == 1
    assert "SOTTOVOCE_JOURNAL" in answer.stderr
