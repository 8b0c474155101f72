"""One service on a port, for all tests of a file's worker."""

from collections.abc import Iterator

import pytest

from services import ME, OTHER
from sockets import Listening, listening
from sottovoce.journal.changing import erase_all


@pytest.fixture(scope="session")
def shared_listening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listening]:
    with listening(tmp_path_factory.mktemp("live") / "home", immediate_s=60.0) as service:
        yield service


@pytest.fixture
def here(shared_listening: Listening) -> Listening:
    """The service with nothing in its journal."""
    for owner in (ME, OTHER):
        with shared_listening.house.journal_of(owner).writing() as owned:
            erase_all(owned)
    return shared_listening
