"""An hour of kept sound in the dashboard: how soon it can be used, how true its hand is."""

import io
import wave
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from journal_entries import analysis
from playwright.sync_api import Page

from sottovoce.journal.changing import Memo
from sottovoce.journal.keys import Locksmith
from sottovoce.journal.moments import moment_at
from sottovoce.journal.sounds import sound_in
from sottovoce.journal.store import open_journal

PASSPHRASE = "only for this measurement"
RATE_HZ, HOUR_S, STRETCH_S = 16_000, 3600, 30
KEEP_HOLD = """window.Audio = new Proxy(window.Audio, { construct(kind, given) {
  return (window.heard = Reflect.construct(kind, given)); } });"""
"""The page's player, held where a measurement finds it."""

DRAWN = "document.querySelector('main .row > button.main:enabled') && performance.now()"
APART = """new Promise((done) => {
  const apart = [], head = document.querySelector('.head'), end = performance.now() + 2000;
  const look = (now) => {
    if (!heard.paused && heard.currentTime > 3500)
      apart.push(Math.abs(parseFloat(head.style.left) / 100 * heard.duration - heard.currentTime));
    now < end ? requestAnimationFrame(look) : done(apart);
  };
  requestAnimationFrame(look);
})"""
"""While the end plays: at every frame, how far the hand is from the sound, in seconds."""


def keep_an_hour(home: Path) -> str:
    """An entry whose sound, an hour of a swelling tone, was kept; returns its id."""
    encoded = tone()
    locksmith = Locksmith(home, passphrase=lambda _new: PASSPHRASE)
    with open_journal(f"sqlite:///{home / 'journal.db'}", "me", locksmith=locksmith) as journal:
        told = an_hour(sha256(encoded).hexdigest())
        now = moment_at(datetime.now(UTC), "Europe/Berlin")
        memo = Memo(told, now)
        return journal.add(
            replace(memo, sound=sound_in(encoded, told["recording"]["sha256"]))
        ).entry.id


def tone() -> bytes:
    """A wav file, 115 MB."""
    at_s = np.arange(RATE_HZ) / RATE_HZ
    loud = np.sin(2 * np.pi * 220 * at_s) * 8000 * np.sin(np.pi * at_s) ** 2
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        written.writeframes(loud.astype("<i2").tobytes() * HOUR_S)
    return file.getvalue()


def an_hour(digest: str) -> dict[str, Any]:
    """The analysis of an hour with a stretch every thirty seconds."""
    made = analysis(digest)
    window = made["segments"][0]
    stretches = [
        {**window, "start_s": float(at), "end_s": at + STRETCH_S - 1.0}
        for at in range(0, HOUR_S, STRETCH_S)
    ]
    recording = {**made["recording"], "sha256": digest, "duration_s": float(HOUR_S)}
    return {**made, "recording": recording, "segments": stretches}


def play_the_end(page: Page) -> float:
    """How far the hand was off the sound at most while the last stretch played, in milliseconds."""
    page.locator(".lanes").focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    apart_s: list[float] = page.evaluate(APART)
    return 1e3 * max(apart_s, default=float("inf"))
