"""Whatever lies in the models folder, no screen shows a number about low mood from it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browsers import enter, opened, settled, show
from riskmodels import write_model
from services import SAMPLES, Started, clients, started

SCREENS = ("today", "journal", "trends", "add", "settings", "help")
SAID_OF_PEOPLE = re.compile(r"like cases|reported (no )?low mood|ppv|low mood \(", re.IGNORECASE)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """A service whose person has a model without an evaluation, and one that passes the fence."""
    home = tmp_path_factory.mktemp("fence") / "home"
    write_model(home / "models" / "unjudged", None)
    write_model(home / "models" / "judged")
    with started(home) as found:
        yield found


def everything(page: Page) -> str:
    """All that the screen holds, folded parts too."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    settled(page)
    return page.content()


def test_no_screen_shows_a_number_about_low_mood(browser: Browser, service: Started) -> None:
    sound = {"file": ("slow.ogg", (SAMPLES / "slow.ogg").read_bytes())}
    with clients(service.url, service.token) as (me, _):
        entry = me.post("/v1/analyses?save=true", files=sound).json()["entry_id"]
    with opened(browser) as page:
        enter(page, service)
        for screen in (*SCREENS, f"entry/{entry}"):
            show(page, service, screen)
            assert not SAID_OF_PEOPLE.search(everything(page)), screen
        raw = page.locator("pre").inner_text()
        assert '"method": "experimental-low-mood/1"' in raw
        assert '"risk"' not in raw


def test_a_model_is_listed_without_a_figure(browser: Browser, service: Started) -> None:
    with opened(browser) as page:
        enter(page, service)
        show(page, service, "settings")
        for name in ("unjudged", "judged"):
            heading = page.get_by_role("heading", name=name, exact=True)
            card = page.locator("div").filter(has=heading)
            expect(card.last).to_contain_text("made for a test")
            card.last.get_by_text("Its card").click()
            assert "0.74" not in card.last.inner_text()
