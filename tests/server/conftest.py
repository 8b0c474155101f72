"""One service in this process, and one as a person starts it, for all tests of a file's worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from journals import Forgetful
from services import Service, Started, served, started
from sottovoce.journal.keys import Locksmith


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
