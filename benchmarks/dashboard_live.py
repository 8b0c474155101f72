"""Frames a second while a memo is recorded, and how soon the page shows what it hears.

    python benchmarks/dashboard_live.py [--seconds 20]

Chromium without a screen draws for a display of 60 Hz, on this machine's processor alone: a
graphics card only helps. The microphone is a file with speech. Needs Chromium.
"""

import argparse
import sys
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from browsers import DESKTOP, PHONE, enter, opened, show
from microphones import hearing
from services import Started, started

COUNT = """(seconds) => new Promise((resolve) => {
  const times = [], long = [];
  const watch = new PerformanceObserver((found) => long.push(...found.getEntries()));
  watch.observe({type: "longtask"});
  const step = (now) => {
    times.push(now);
    if (now - times[0] < 1000 * seconds) requestAnimationFrame(step);
    else resolve({times, long: long.map((one) => one.duration)});
  };
  requestAnimationFrame(step);
})"""
FIRST = """() => new Promise((resolve) => {
  const begun = performance.now();
  const seen = new MutationObserver(() => {
    const told = document.querySelector("section[aria-labelledby=record-now] svg");
    if (told) { seen.disconnect(); resolve(performance.now() - begun); }
  });
  seen.observe(document.body, {childList: true, subtree: true});
  const record = (one) => one.textContent.trim() === "Record";
  [...document.querySelectorAll("button")].find(record).click();
})"""
FRAME_MS = 1000 / 60


def measured(page: Page, service: Started, seconds: float) -> dict[str, float]:
    """Record for a while, and count."""
    enter(page, service)
    page.evaluate("localStorage.setItem('met', 'yes')")
    show(page, service, "add")
    first_ms = page.evaluate(FIRST)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before_s = busy_s(session)
    found = page.evaluate(COUNT, seconds)
    busy = (busy_s(session) - before_s) / seconds
    page.get_by_role("button", name="Discard").click()
    return {"first_ms": first_ms, "busy": busy, **figures(found)}


def busy_s(session: CDPSession) -> float:
    """How long the page's main thread has worked, in seconds."""
    told = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return float(told["TaskDuration"])


def figures(found: dict[str, Any]) -> dict[str, float]:
    """From the times of frames to what a person would notice."""
    times = found["times"]
    gaps = sorted(after - before for before, after in pairwise(times))
    return {
        "fps": 1000 * len(gaps) / (times[-1] - times[0]),
        "median_ms": median(gaps),
        "p99_ms": gaps[int(0.99 * len(gaps))],
        "late": sum(gap > 1.5 * FRAME_MS for gap in gaps) / len(gaps),
        "long_tasks": float(len(found["long"])),
    }


def told(name: str, one: dict[str, float]) -> str:
    """One line."""
    return (
        f"{name:8} {one['fps']:5.1f} frames a second, median {one['median_ms']:.1f} ms, "
        f"99 % within {one['p99_ms']:.1f} ms, {one['late']:.1%} late; main thread busy "
        f"{one['busy']:.0%}, {one['long_tasks']:.0f} tasks over 50 ms; "
        f"first glance {one['first_ms'] / 1000:.1f} s after the press"
    )


def main() -> None:
    """Print a line for each size."""
    wanted = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    wanted.add_argument("--seconds", type=float, default=20.0)
    seconds = wanted.parse_args().seconds
    more = {"permissions": ["microphone"], "reduced_motion": "no-preference"}
    with (
        TemporaryDirectory() as folder,
        started(Path(folder) / "home") as service,
        sync_playwright() as playwright,
    ):
        browser = hearing(playwright, Path(folder))
        for name, size in (("desktop", DESKTOP), ("phone", PHONE)):
            with opened(browser, size, **more) as page:
                print(told(name, measured(page, service, seconds)), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
