"""A queue on SQLite and on a real PostgreSQL, with nobody at work."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from databases import fresh_postgres_url, postgres_template, postgres_url, url  # noqa: F401
from jobhands import queue_at
from journals import Clock
from sottovoce.jobs.pool import Pool
from sottovoce.jobs.stored import StoredQueue
from sottovoce.jobs.taking import Bounds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def idle() -> Iterator[Pool]:
    """A pool of which nothing is asked, so that no process is started."""
    with Pool(workers=2) as pool:
        yield pool


@pytest.fixture
def queue(url: str, home: Path, idle: Pool, clock: Clock) -> Iterator[StoredQueue]:  # noqa: F811
    """Room for three jobs, of 4 kB together."""
    bounds = Bounds(jobs=3, size_bytes=4096)
    with queue_at(url, home, idle, bounds=bounds, clock=clock) as found:
        assert isinstance(found, StoredQueue)
        yield found
