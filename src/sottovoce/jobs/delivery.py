"""Procrastinate carries word of a job from the server to the workers; it carries nothing else.

Its tables hold the owner, the id and the size of each job, until the job has ended and for a day
after (to forget it then). The job itself is a row of ours, behind row-level security.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, text

from sottovoce.errors import MissingExtraError
from sottovoce.jobs.overview import Load
from sottovoce.journal.engine import Place
from sottovoce.journal.owned import Owned

QUEUE = "sottovoce"
HEAR = "sottovoce.hear"
FORGET = "sottovoce.forget"
SCHEMA_LOCK = 0x50771  # any number, the same in every program
ALIVE_S = 30

LOAD = """
    SELECT count(*), coalesce(sum((args->>'size_bytes')::bigint), 0) FROM procrastinate_jobs
    WHERE task_name = :hear AND status IN ('todo', 'doing')
"""
WORKERS = """
    SELECT count(*) FROM procrastinate_workers
    WHERE last_heartbeat > now() - make_interval(secs => :alive_s)
"""


def procrastinate() -> Any:
    """The package, or one sentence on how to get it.

    Raises
    ------
    MissingExtraError
        It is not installed.
    """
    try:
        import procrastinate as package
    except ImportError as missing:
        raise MissingExtraError(
            "jobs on PostgreSQL need the extra sottovoce[postgres]"
        ) from missing
    return package


def make_tables(place: Place) -> None:
    """Make Procrastinate's tables unless they are there."""
    schema = procrastinate().schema.SchemaManager.get_schema()
    with place.transaction() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": SCHEMA_LOCK})
        if connection.execute(text("SELECT to_regclass('procrastinate_jobs')")).scalar() is None:
            driver_of(connection).execute(schema)


def driver_of(connection: Connection) -> Any:
    """The connection of psycopg beneath one of SQLAlchemy."""
    return connection.connection.driver_connection


class Carrier:
    """Sends word of jobs within transactions of ours: it is sent when they are durable."""

    def __init__(self) -> None:
        package = procrastinate()
        self._app = package.App(connector=package.SyncPsycopgConnector())

    def send(self, owned: Owned, job_id: str, size_bytes: int) -> None:
        """Have a worker run a job."""
        self._defer(owned, HEAR, None, job_id=job_id, size_bytes=size_bytes)

    def send_later(self, owned: Owned, wait: timedelta) -> None:
        """Have a worker forget, after a while, what the owner's jobs have left."""
        self._defer(owned, FORGET, wait)

    def _defer(self, owned: Owned, task: str, wait: timedelta | None, **more: Any) -> None:
        self._app.configure_task(
            task,
            queue=QUEUE,
            schedule_in={"seconds": int(wait.total_seconds())} if wait else None,
            connection=driver_of(owned.connection),
        ).defer(owner=owned.owner, **more)


def load_of(connection: Connection) -> Load:
    """How many jobs of all owners wait or run, and the bytes of their sound."""
    jobs, size_bytes = connection.execute(text(LOAD), {"hear": HEAR}).one()
    return Load(int(jobs), int(size_bytes))


def workers_alive(connection: Connection) -> int:
    """How many workers gave a sign of life lately."""
    return int(connection.execute(text(WORKERS), {"alive_s": ALIVE_S}).scalar_one())
