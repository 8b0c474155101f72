"""Queues for tests, and processes that run their jobs: as a program, one that waits for a signal.

Run as ``python tests/jobhands.py URL HOME`` it runs the jobs of a journal at a quick pace until
SIGTERM, as a server or a worker would.
"""

import os
import signal
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np

from sottovoce.audio.decode import decode
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.jobs.local import LocalQueue
from sottovoce.jobs.opening import queue_of
from sottovoce.jobs.pool import Pool
from sottovoce.jobs.queue import Job, JobQueue
from sottovoce.jobs.running import Pace, Runner
from sottovoce.jobs.shared import SharedQueue
from sottovoce.jobs.tending import Watch, work
from sottovoce.journal.engine import Place, open_place
from sottovoce.journal.migrate import bring_up
from sottovoce.runtime import ASSETS

QUICK = Pace(lease=timedelta(seconds=2), beat_s=0.2)
QUICK_WATCH = Watch(heartbeat_s=0.5, stalled_s=2.0, cron="* * * * * *")
READY = "ready"
PATIENCE_S = 120.0


def memo(name: str = "even") -> bytes:
    """A sample memo of a few seconds."""
    return (ASSETS / "samples" / f"{name}.ogg").read_bytes()


@cache
def memo_samples() -> FloatArray:
    """The samples of the sample memo."""
    return decode(memo()).samples


def long_memo(repeats: int) -> bytes:
    """The same memo over and over, as one wav."""
    samples = np.tile(memo_samples(), repeats)
    with wave.open(file := BytesIO(), "wb") as out:
        out.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        out.writeframes((samples * 32767).astype("<i2").tobytes())
    return file.getvalue()


@contextmanager
def queue_at(url: str, home: Path, pool: Pool, **more: object) -> Iterator[JobQueue]:
    """The queue of a journal, made where it is not there."""
    place = open_place(url)
    bring_up(place)
    queue = queue_of(place, home, pool, **more)
    if isinstance(queue, SharedQueue):
        queue.start()
    yield queue
    place.engine.dispose()


@contextmanager
def hands(url: str, home: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process that runs the jobs of a journal; killed at the end if it still lives."""
    command = [sys.executable, __file__, url, str(home)]
    env = {**os.environ, "OMP_NUM_THREADS": "1", "SOTTOVOCE_HOME": str(home)}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == READY
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def descendants(pid: int) -> list[int]:
    """The processes that a process started, and those that they did."""
    try:
        threads = Path(f"/proc/{pid}/task").glob("*/children")
        children = [int(word) for thread in threads for word in thread.read_text().split()]
    except FileNotFoundError:
        return []
    return [other for child in children for other in (child, *descendants(child))]


def alive(pid: int) -> bool:
    """Whether a process still runs."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def until(found: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    """Wait until something is so; a test fails where it never is."""
    deadline_s = time.monotonic() + patience_s
    while not found():
        assert time.monotonic() < deadline_s, "it never came to be"
        time.sleep(0.05)


def ended(queue: JobQueue, owner: str, *jobs: Job) -> list[Job]:
    """The jobs once all of them have ended."""
    until(lambda: all(queue.find(owner, job.id).ended for job in jobs))
    return [queue.find(owner, job.id) for job in jobs]


def column(place: Place, owner: str, name: str) -> list[object]:
    """A column of the owner's rows of jobs, in the order they came."""
    from sqlalchemy import text

    from sottovoce.journal.owned import Owned

    with place.transaction() as connection:
        Owned.enter(connection, owner)
        words = f"SELECT {name} FROM jobs WHERE owner = :owner ORDER BY created_at"
        return [row[0] for row in connection.execute(text(words), {"owner": owner})]


def say_ready() -> None:
    """Tell whoever started this process that it looks for jobs."""
    sys.stdout.write(f"{READY}\n")
    sys.stdout.flush()


def main() -> None:
    """Run jobs until SIGTERM."""
    url, home = sys.argv[1], Path(sys.argv[2])
    stop = threading.Event()
    with Pool(workers=1) as pool:
        place = open_place(url)
        bring_up(place)
        if place.file is None:
            shared = SharedQueue(place)
            runner = Runner(shared.journal_of, shared.shelf, pool, QUICK)
            say_ready()
            work(url, shared, runner, patience_s=0.5, watch=QUICK_WATCH)
            return
        signal.signal(signal.SIGTERM, lambda *_signal: stop.set())
        queue = LocalQueue(place, home / "queue", pool, pace=QUICK)
        queue.start()
        say_ready()
        stop.wait()
        queue.stop(0.5)


if __name__ == "__main__":
    main()
