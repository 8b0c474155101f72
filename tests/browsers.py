"""A real Chromium, and the dashboard in it, as a person meets them."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from services import Started

REPOSITORY = Path(__file__).parent.parent
AXE = REPOSITORY / "web" / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--no-sandbox", "--disable-dev-shm-usage")
SERIOUS = frozenset({"serious", "critical"})
SCREENS = ("today", "journal", "journal/deleted", "trends", "add", "settings", "help")
DESKTOP, PHONE, NARROW, WALL = (1280, 900), (375, 812), (320, 640), (3840, 2160)
PATIENCE_MS = 30_000
USUAL: dict[str, Any] = {
    "locale": "en-GB",
    "timezone_id": "Europe/Berlin",
    "reduced_motion": "reduce",
    "service_workers": "block",
}
"""Without a service worker, so that what a test makes of an answer reaches the page."""

TOLD_BY_THE_PAGE = (
    "the server responded with a status of",
    "net::ERR_FAILED",
    "net::ERR_CONNECTION_REFUSED",
    "WebSocket connection to",
    "The Cross-Origin-Opener-Policy header has been ignored",  # over a line that is open
)

expect.set_options(timeout=PATIENCE_MS)


def chromium() -> str | None:
    """Where Chromium is; None where it is not."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def opened(
    browser: Browser, size: tuple[int, int] = DESKTOP, theme: str = "light", **more: Any
) -> Iterator[Page]:
    """A page of a browser that nobody used; what it complains of fails the test."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=theme,  # type: ignore[arg-type]
        **{**USUAL, **more},
    )
    context.set_default_timeout(PATIENCE_MS)
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda said: complaints.extend(complaint(said)))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        yield page
        assert complaints == []
    finally:
        context.close()


def complaint(said: ConsoleMessage) -> list[str]:
    """An error in the console; that a request was refused is told by the page itself."""
    told = any(words in said.text for words in TOLD_BY_THE_PAGE)
    return [said.text] if said.type == "error" and not told else []


def enter(page: Page, service: Started) -> None:
    """Open the dashboard with the secret in the link's last part."""
    page.goto(f"{service.url}/#code={service.token}")
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()


def show(page: Page, service: Started, screen: str) -> None:
    """Go to a screen, and wait until it holds what was asked for."""
    page.goto(f"{service.url}/#/{screen}")
    settled(page)


def settled(page: Page) -> None:
    """Wait until there is a heading and nothing says that it is still coming."""
    page.locator("h1").first.wait_for()
    expect(page.get_by_text("One moment…")).to_have_count(0)


def findings(page: Page) -> list[str]:
    """What axe finds that is serious; it comes in by the debugger, past no rule of the page."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
    told = session.send(
        "Runtime.evaluate",
        {
            "expression": "axe.run(document, {resultTypes: ['violations']}).then(JSON.stringify)",
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    session.detach()
    return [
        f"{one['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for one in json.loads(told["result"]["value"])["violations"]
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]
