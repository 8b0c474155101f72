"""`sottovoce serve` sends an alert after a saved memo, by itself and once."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest

from made import made
from mails import Box, mail_server
from services import SAMPLES, Started, clients, free_port, started
from sottovoce.server.teller import Teller

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

ALWAYS = {"quiet_from": "00:00", "quiet_until": "00:00", "day_start_h": 0}
SECRET = "a-very-secret-word"
TENSER = "Your voice sounded tenser than usual three days running."
ZONE = "Europe/Berlin"
MANY = 12
"""Tense memos a day, so that a real one beside them changes little."""


def tense_days(me: httpx2.Client, service: Started) -> None:
    """Sixty ordinary days, and three tense ones that end today."""
    now = datetime.now(UTC)
    days = [(now - timedelta(days=63 - number), 0.2 + number % 7 / 40) for number in range(61)]
    tense = [now - timedelta(days=day, seconds=one) for day in range(3) for one in range(MANY)]
    made(me, service, [(at, stress, None) for at, stress in [*days, *((at, 0.95) for at in tense)]])


def save_a_memo(me: httpx2.Client, name: str) -> None:
    sound = {"file": ("memo.ogg", (SAMPLES / f"{name}.ogg").read_bytes())}
    me.post("/v1/analyses?save=true", files=sound, data={"zone": ZONE}).raise_for_status()


def wait_for_mails(box: Box, number: int) -> list[str]:
    """The subjects of mails, once there are that many."""
    until_s = time.monotonic() + 60
    while len(box.mails) < number:
        assert time.monotonic() < until_s, "no mail came"
        time.sleep(0.05)
    return [str(mail["Subject"]) for _, mail in box.mails]


def test_after_a_saved_memo_it_is_sent_and_after_a_restart_not_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with mail_server() as (box, address):
        refused = f"mailto://me:{SECRET}@127.0.0.1:{free_port()}/?from=a@b.org&to=c@d.org"
        with started(home, TZ=ZONE) as service, clients(service.url, service.token) as (me, _):
            for one in (f"{refused}&mode=insecure", address):
                me.post("/v1/channels", json={"address": one}).raise_for_status()
            tense_days(me, service)
            me.patch("/v1/alerts", json=ALWAYS).raise_for_status()
            me.put("/v1/alerts/outside_band", json={"enabled": True}).raise_for_status()
            save_a_memo(me, "even")
            assert wait_for_mails(box, 1) == [TENSER]
            assert me.get("/v1/alerts").json()["due"]["title"] == TENSER
            assert arrived(me) == [False, True]
        logged = service.log.read_text()
        assert {"service": "mailto"}.items() <= json.loads(line_of(logged)).items()
        assert not any(word in logged for word in (SECRET, "127.0.0.1:", "c@d.org", "outside_band"))
        with started(home, TZ=ZONE) as service, clients(service.url, service.token) as (me, _):
            save_a_memo(me, "hurried")
            me.post("/v1/test-alert")
            subjects = wait_for_mails(box, 2)
        assert subjects == [TENSER, "A message from Sottovoce, to see whether it arrives."]


def arrived(me: httpx2.Client) -> list[bool | None]:
    """What became of the last message to each channel, once that is known."""
    while True:
        channels = me.get("/v1/channels").json()["channels"]
        found = [one["last"]["arrived"] for one in channels]
        if None not in found:
            return found
        time.sleep(0.05)


def line_of(logged: str) -> str:
    return next(line for line in logged.splitlines() if "did not take" in line)


def test_what_goes_wrong_is_told_once_and_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    looked = 0

    def look() -> None:
        nonlocal looked
        looked += 1
        raise ValueError("a note of Ada's")

    teller = Teller(look)
    teller.start()
    for wanted in (2, 3):
        teller.news()
        until_s = time.monotonic() + 30
        while looked < wanted and time.monotonic() < until_s:
            time.sleep(0.01)
    teller.stop(5.0)
    assert looked >= 3
    told = [record for record in caplog.records if record.name == "sottovoce.server.teller"]
    assert [record.facts for record in told] == [{"kind": "ValueError"}]  # type: ignore[attr-defined]
