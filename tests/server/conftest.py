"""One service in this process, and one as a person starts it, for all tests of a file's worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crowd import PASSWORD
from journals import Forgetful
from services import Service, Started, served, started
from sottovoce.journal.accounts import put_account
from sottovoce.journal.keys import Locksmith
from sottovoce.server.people.passwords import hash_password


@pytest.fixture(scope="session")
def shared_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    home = tmp_path_factory.mktemp("service") / "home"
    home.mkdir()
    keyring = Forgetful()
    locksmith = Locksmith(home, keyring=lambda: keyring)
    with served(home, locksmith, immediate_s=20.0, wait_s=90.0, text_bytes=16 * 1024) as service:
        yield service


@pytest.fixture
def service(shared_service: Service) -> Service:
    """The service with nothing in its journal."""
    shared_service.clear()
    (shared_service.house.settings.person.home / "alerts.json").unlink(missing_ok=True)
    return shared_service


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """`sottovoce serve`, on a port of its own."""
    home: Path = tmp_path_factory.mktemp("real") / "home"
    with started(home) as service:
        yield service


@pytest.fixture(scope="module")
def shared_many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    home = tmp_path_factory.mktemp("many") / "home"
    home.mkdir()
    (home / "token").write_text("nobody's")
    kept = hash_password(PASSWORD)
    with served(home, people=True) as service:
        for name in ("ada", "grace"):
            with service.journal(name).writing() as owned:
                put_account(owned, kept, service.journal(name).clock())
        yield service


@pytest.fixture
def many(shared_many: Service) -> Service:
    shared_many.house.entrance.patience.succeeded("testclient")
    return shared_many
