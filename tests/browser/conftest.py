"""One Chromium for a file, one service for a worker; each test begins with an empty journal.

Playwright leaves its event loop running in the thread until it is stopped: it ends with the file.
"""

from collections.abc import Iterator

import httpx2
import pytest
from playwright.sync_api import Browser, sync_playwright

from browsers import FLAGS, chromium
from services import Started, clients, started

PASSPHRASE = "what locks the sound that is kept"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real one, headless."""
    found = chromium()
    if found is None:
        pytest.skip("no Chromium to open the dashboard in; apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def shared_dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    home = tmp_path_factory.mktemp("dashboard") / "home"
    with started(home, SOTTOVOCE_PASSPHRASE=PASSPHRASE) as service:
        yield service


@pytest.fixture
def me(shared_dashboard: Started) -> Iterator[httpx2.Client]:
    """The API, for what a test needs to be there."""
    with clients(shared_dashboard.url, shared_dashboard.token) as (client, _):
        client.post("/v1/erase", json={"everything": True}).raise_for_status()
        yield client


@pytest.fixture
def dashboard(shared_dashboard: Started, me: httpx2.Client) -> Started:
    """The service, with nothing in its journal."""
    return shared_dashboard


@pytest.fixture
def ten_weeks(dashboard: Started, me: httpx2.Client) -> Started:
    """The service, with the example weeks in its journal."""
    me.put("/v1/examples", params={"zone": "Europe/Berlin"}).raise_for_status()
    return dashboard
