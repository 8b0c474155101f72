"""Take the pictures of every screen that docs/screens shows; needs Chromium."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from browsers import DESKTOP, FLAGS, PHONE, chromium, enter, opened, show
from services import Started, clients, conversation, started

TARGET = Path(__file__).parent.parent / "docs" / "screens"
SCREENS = ("today", "journal", "journal/calendar", "trends", "add", "settings", "help")
PARTS = {"time": "Over time", "why": "Why this score"}
"""What of a memo is pictured besides its head."""
SETTINGS = {"alerts": "Alerts", "apps": "Apps"}
"""What of the settings is pictured besides their head."""
SIZES = {"desktop": DESKTOP, "phone": PHONE}
THEMES = ("light", "dark")
TO_THE_TOP = "heading => scrollTo(0, heading.getBoundingClientRect().top + scrollY - 110)"
MOVES_MS = 700
LOCK = {"SOTTOVOCE_PASSPHRASE": "for pictures alone"}


def fill(service: Started) -> str:
    """Ten made-up weeks, and the sample memos as one on top, its sound kept; returns its id."""
    with clients(service.url, service.token) as (me, _):
        me.put("/v1/examples").raise_for_status()
        sound = {"file": ("talk.wav", conversation())}
        answer = me.post("/v1/analyses?keep_audio=true", files=sound, data={"tags": "sample"})
        return str(answer.raise_for_status().json()["entry_id"])


def take(page: Page, name: str) -> None:
    """One picture, as much as fits the window."""
    expect(page.get_by_text("One moment…")).to_have_count(0)
    page.wait_for_timeout(MOVES_MS)
    page.screenshot(path=TARGET / f"{name}.png")


def take_parts(page: Page, parts: dict[str, str], name: str) -> None:
    """A picture from each of some headings on; the name has a place for the part."""
    for part, heading in parts.items():
        page.get_by_role("heading", name=heading, exact=True).evaluate(TO_THE_TOP)
        take(page, name.format(part))


def named(screen: str) -> str:
    """What a picture is called: a memo has no name of its own.

    >>> named("journal/calendar"), named("entry/0123456789abcdef")
    ('journal-calendar', 'entry')
    """
    return "entry" if screen.startswith("entry/") else screen.replace("/", "-")


def main() -> None:
    """Every screen in both themes and both sizes."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as folder,
        started(Path(folder) / "home", **LOCK) as service,
    ):
        newest = fill(service)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
            for size in SIZES:
                for theme in THEMES:
                    with opened(browser, SIZES[size], theme) as page:
                        enter(page, service)
                        for screen in (*SCREENS, f"entry/{newest}"):
                            show(page, service, screen)
                            take(page, f"{named(screen)}-{size}-{theme}")
                        take_parts(page, PARTS, f"entry-{{}}-{size}-{theme}")
                        show(page, service, "settings")
                        take_parts(page, SETTINGS, f"settings-{{}}-{size}-{theme}")
                        page.route("**/v1/**", lambda route: route.abort())
                        page.reload()
                        take(page, f"away-{size}-{theme}")
            browser.close()


if __name__ == "__main__":
    main()
