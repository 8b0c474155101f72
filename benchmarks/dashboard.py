"""The dashboard against a journal of ten years, in headless Chromium: how soon one can use it.

Run as ``python benchmarks/dashboard.py [ENTRIES] [--lighthouse]``: 10,000 entries unless said
otherwise. Every figure is the median of several pages, each in a browser that knows nothing yet but
its cookie, and counts from the start of the navigation by the page's own clock. With
``--lighthouse``, Lighthouse judges each screen too; npm fetches it into ``.cache``.
"""

import os
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from dashboard_lighthouse import judge
from dashboard_waveform import DRAWN, KEEP_HOLD, PASSPHRASE, keep_an_hour, play_the_end
from journal_entries import entries
from machine import machine

from browsers import FLAGS, chromium
from services import Started, started
from sottovoce.journal.changing import put_entries
from sottovoce.journal.owned import in_batches
from sottovoce.journal.store import open_journal

ENTRIES = 10_000
PAGES = 7
MOST_MS = {
    "first paint": 1000.0,
    "Today is whole": 1500.0,
    "Trends takes a key": 1500.0,
    "an hour, drawn first": 2000.0,
    "an hour's waveform": 2000.0,
    "its hand off the sound": 50.0,
}
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
WHOLE = "document.querySelector('main section.card .big') && performance.now()"
TOLD = "document.querySelector('main [aria-live=polite]')?.textContent.trim() && performance.now()"
LOOKING = """new Promise((done) => {
  const look = () => { const found = %s; found ? done(found) : requestAnimationFrame(look); };
  look();
})"""
"""At every frame; the page's policy lets a condition in by the debugger only."""


@dataclass(frozen=True)
class Figure:
    """What is measured: its name, the screen, and how, once the page is on its way."""

    name: str
    screen: str
    look: Callable[[Page], float]
    pages: int = PAGES


def main() -> None:
    """Print what takes how long, beside what is asked of it."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    count = numbers[0] if numbers else ENTRIES
    print(machine())
    print(f"others on the machine: load {os.getloadavg()[0]:.1f}")
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        fill(home, count)
        hour = keep_an_hour(home)
        words = {"SOTTOVOCE_PASSPHRASE": PASSPHRASE}
        with started(home, **words) as service, chromes() as browser:
            print(f"{count} entries over ten years; Chromium {browser.version}")
            known = let_in(browser, service)
            measure(browser, known, service, figures(hour))
            if "--lighthouse" in sys.argv:
                judge(service, hour)
    print(f"others on the machine: load {os.getloadavg()[0]:.1f}")


def fill(home: Path, count: int) -> None:
    """A journal whose newest memo is of today."""
    home.mkdir()
    with open_journal(f"sqlite:///{home / 'journal.db'}", "me") as journal:
        for batch in in_batches(entries(count, "me", datetime.now(UTC)), 2_000):
            with journal.writing() as owned:
                put_entries(owned, batch)


@contextmanager
def chromes() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield browser
        browser.close()


def measure(browser: Browser, known: Any, service: Started, wanted: Sequence[Figure]) -> None:
    """Each figure, page after page."""
    for figure in wanted:
        found_ms = [once(browser, known, service, figure) for _ in range(figure.pages)]
        middle, most = statistics.median(found_ms), MOST_MS[figure.name]
        print(
            f"  {figure.name:<24} median {middle:6.0f} ms, slowest {max(found_ms):6.0f} ms, "
            f"asked for {most:6.0f} ms: {'yes' if middle <= most else 'NO'}"
        )


def let_in(browser: Browser, service: Started) -> Any:
    """The cookie of a browser that was let in."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{service.url}/#code={service.token}")
    page.get_by_role("navigation").wait_for()
    known = context.storage_state()
    context.close()
    return known


def once(browser: Browser, known: Any, service: Started, figure: Figure) -> float:
    """One figure on a fresh page, in milliseconds."""
    context: BrowserContext = browser.new_context(storage_state=known)
    page = context.new_page()
    page.add_init_script(KEEP_HOLD)
    page.goto(f"{service.url}/#/{figure.screen}", wait_until="commit")
    found_ms = figure.look(page)
    context.close()
    return found_ms


def when(page: Page, condition: str) -> float:
    """The page's own time when a condition came true, in milliseconds."""
    return float(page.evaluate(LOOKING % condition))


def takes_a_key(page: Page) -> float:
    """When the chart has answered its first key."""
    chart = page.get_by_role("slider").first
    chart.locator("canvas").wait_for()
    chart.focus()
    page.keyboard.press("End")
    return when(page, TOLD)


def hand(page: Page) -> float:
    """How far the hand was from the sound in the last minute of an hour, in milliseconds."""
    when(page, DRAWN)
    return play_the_end(page)


def figures(hour: str) -> tuple[Figure, ...]:
    """All that is measured; ``hour`` is the entry with an hour of sound."""
    return (
        Figure("first paint", "today", lambda page: when(page, PAINTED)),
        Figure("Today is whole", "today", lambda page: when(page, WHOLE)),
        Figure("Trends takes a key", "trends", takes_a_key),
        Figure("an hour, drawn first", f"entry/{hour}", lambda page: when(page, DRAWN), 1),
        Figure("an hour's waveform", f"entry/{hour}", lambda page: when(page, DRAWN)),
        Figure("its hand off the sound", f"entry/{hour}", hand),
    )


if __name__ == "__main__":
    main()
