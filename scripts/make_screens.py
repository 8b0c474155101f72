"""Take the pictures of every screen that docs/screens shows; needs Chromium."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from browsers import DESKTOP, FLAGS, PHONE, chromium, enter, opened, show
from services import SAMPLES, Started, clients, started

TARGET = Path(__file__).parent.parent / "docs" / "screens"
SCREENS = ("today", "journal", "trends", "add", "settings", "help")
SIZES = {"desktop": DESKTOP, "phone": PHONE}
THEMES = ("light", "dark")


def fill(service: Started) -> str:
    """Ten made-up weeks, and one sample memo on top; returns its id."""
    with clients(service.url, service.token) as (me, _):
        me.put("/v1/examples").raise_for_status()
        sound = {"file": ("hurried.ogg", (SAMPLES / "hurried.ogg").read_bytes())}
        answer = me.post("/v1/analyses?save=true", files=sound, data={"tags": "sample"})
        return str(answer.raise_for_status().json()["entry_id"])


def take(page: Page, name: str) -> None:
    """One picture, as much as fits the window."""
    expect(page.get_by_text("One moment…")).to_have_count(0)
    page.screenshot(path=TARGET / f"{name}.png")


def main() -> None:
    """Every screen in both themes and both sizes."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, started(Path(folder) / "home") as service:
        newest = fill(service)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
            for size in SIZES:
                for theme in THEMES:
                    with opened(browser, SIZES[size], theme) as page:
                        enter(page, service)
                        for screen in (*SCREENS, f"entry/{newest}"):
                            show(page, service, screen)
                            take(page, f"{screen.partition('/')[0]}-{size}-{theme}")
            browser.close()


if __name__ == "__main__":
    main()
