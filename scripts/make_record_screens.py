"""Take the pictures of a recording that docs/screens shows; needs Chromium."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from browsers import DESKTOP, PHONE, enter, opened, show
from microphones import hearing, spoken
from services import Started, started

TARGET = Path(__file__).parent.parent / "docs" / "screens"
SIZES = {"desktop": DESKTOP, "phone": PHONE}
THEMES = ("light", "dark")


def take(page: Page, service: Started, kind: str) -> None:
    """The first run, a recording, its review."""

    def picture(name: str) -> None:
        page.screenshot(path=TARGET / f"record-{name}-{kind}.png")

    enter(page, service)
    show(page, service, "add")
    page.get_by_role("button", name="Try the microphone").click()
    expect(page.get_by_text("It hears you well.")).to_be_visible()
    picture("first")
    page.get_by_role("button", name="Record", exact=True).click()
    spoken(page, 9)
    expect(page.get_by_text("Mostly ")).to_be_visible()
    picture("live")
    page.get_by_role("button", name="Stop and look").click()
    expect(page.get_by_text("Your voice sounded mostly")).to_be_visible()
    picture("review")
    page.get_by_role("button", name="Discard").click()


def main() -> None:
    """Each state in both themes and both sizes."""
    more = {"permissions": ["microphone"], "reduced_motion": "no-preference"}
    with (
        TemporaryDirectory() as folder,
        started(Path(folder) / "home") as service,
        sync_playwright() as playwright,
    ):
        browser = hearing(playwright, Path(folder))
        for size in SIZES:
            for theme in THEMES:
                with opened(browser, SIZES[size], theme, **more) as page:
                    take(page, service, f"{size}-{theme}")
        browser.close()


if __name__ == "__main__":
    main()
