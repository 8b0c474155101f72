"""Made memos, a clock that a test sets, a keyring that forgets; what tests of the journal share."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from sottovoce.entries import Moment
from sottovoce.journal.changing import Memo
from sottovoce.journal.moments import moment_at
from sottovoce.journal.store import Journal

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


def run(
    *arguments: object, home: Path, said: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """The command as a person runs it, who says something to it by a pipe."""
    command = [str(Path(sys.executable).parent / "sottovoce"), *map(str, arguments)]
    settings = {**os.environ, "SOTTOVOCE_HOME": str(home), "COLUMNS": "120", **environment}
    return subprocess.run(command, input=said, capture_output=True, text=True, env=settings)


@dataclass(frozen=True)
class Answer:
    """What a command said: its exit status and its two streams."""

    status: int
    stdout: str
    stderr: str


def ask(*arguments: str, home: Path, typed: str = "") -> Answer:
    """The command in this process, for what ends before anything is heard; ``typed`` is piped."""
    from typer.testing import CliRunner

    from sottovoce.cli.app import add_wings, app
    from sottovoce.errors import SottovoceError

    add_wings()
    settings = {"SOTTOVOCE_HOME": str(home), "COLUMNS": "120"}
    found = CliRunner().invoke(app, arguments, input=typed, env=settings)
    if isinstance(found.exception, SottovoceError):
        return Answer(1, found.stdout, f"sottovoce: {found.exception}")
    return Answer(found.exit_code, found.stdout, found.stderr)
