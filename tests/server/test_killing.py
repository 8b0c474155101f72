"""`sottovoce serve` killed in the middle of jobs, or left by who sent them: one entry each."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import text

from jobhands import column, descendants, long_memo, memo, until
from services import Started, clients, started
from sottovoce.journal.engine import Place
from sottovoce.journal.store import open_journal

KEY = {"Idempotency-Key": "sent-before-the-kill"}


def send(me: httpx2.Client, sound: bytes, **more: Any) -> httpx2.Response:
    return me.post("/v1/analyses", params={"save": True}, files={"file": ("m", sound)}, **more)


def kill(service: Started) -> None:
    """As the system does when memory is short: at once, and whatever it was doing."""
    family = descendants(service.process.pid)
    service.process.kill()
    service.process.wait(60)
    for orphan in family:
        with suppress(ProcessLookupError):
            os.kill(orphan, signal.SIGKILL)


def half_a_minute_later(place: Place) -> None:
    """The lease of whoever held a job runs out: nobody renews it."""
    with place.transaction(begin="BEGIN IMMEDIATE") as connection:
        connection.execute(text("UPDATE jobs SET lease_until = 0 WHERE state = 'running'"))


def ended(me: httpx2.Client, address: str) -> dict[str, Any]:
    """A job at its end."""
    until(lambda: me.get(address).json()["state"] in ("done", "failed"))
    found: dict[str, Any] = me.get(address).json()
    return found


def test_killed_in_the_middle_of_jobs_it_ends_each_once(tmp_path: Path) -> None:
    """One runs, and one waits behind it whose sender never got an answer."""
    home, long, short = tmp_path / "home", long_memo(60), memo("slow")
    with ThreadPoolExecutor(1) as other:
        with (
            started(home) as service,
            clients(service.url, service.token) as (me, _),
            open_journal(f"sqlite:///{home / 'journal.db'}", "me") as journal,
        ):
            accepted = send(me, long)
            assert accepted.status_code == 202
            address = accepted.headers["location"]
            until(lambda: me.get(address).json()["progress"])
            for hearing in descendants(service.process.pid):
                os.kill(hearing, signal.SIGSTOP)  # on a quick machine it would be done in time
            unanswered = other.submit(send, me, short, headers=KEY)
            until(lambda: len(column(journal.place, "me", "id")) == 2)
            kill(service)
            assert isinstance(unanswered.exception(60), httpx2.TransportError)
            assert column(journal.place, "me", "state") == ["running", "queued"]
            assert journal.count() == 0
            half_a_minute_later(journal.place)

        with (
            started(home) as service,
            clients(service.url, service.token) as (me, _),
            open_journal(f"sqlite:///{home / 'journal.db'}", "me") as journal,
        ):
            job = ended(me, address)
            assert (job["state"], job["outcome"], job["error"]) == ("done", "added", None)
            assert job["analysis"]["recording"]["duration_s"] > 60
            until(lambda: column(journal.place, "me", "state") == ["done", "done"])
            replayed = [send(me, short, headers=KEY) for _ in range(2)]
            assert [answer.status_code for answer in replayed] == [201, 201]
            assert replayed[0].json() == replayed[1].json()
            refused = send(me, long, headers=KEY)
            assert refused.json()["type"] == "urn:sottovoce:problem:key_reused"
            assert column(journal.place, "me", "attempts") == [2, 1]
            entries = {entry["id"] for entry in me.get("/v1/entries").json()["entries"]}
            assert entries == {job["entry_id"], replayed[0].json()["entry_id"]}
            until(lambda: not list((home / "queue").iterdir()))


def test_who_sent_a_memo_and_left_finds_it_heard_once(real: Started) -> None:
    """The line is cut while the memo is heard; sent again, it is the answer of the first time."""
    sound, key = memo("bright"), {"Idempotency-Key": "left-before-the-answer"}
    with (
        clients(real.url, real.token) as (me, _),
        open_journal(f"sqlite:///{real.home / 'journal.db'}", "me") as journal,
        real.connect() as line,
    ):
        before, jobs = journal.count(), len(column(journal.place, "me", "id"))
        line.sendall(raw(me.build_request(*SAVE, files={"file": ("m", sound)}, headers=key)))
        until(lambda: len(column(journal.place, "me", "id")) > jobs)
        line.close()
        until(lambda: journal.count() > before)
        again = send(me, sound, headers=key)
        assert (again.status_code, again.json()["outcome"]) == (201, "added")
        assert journal.count() == before + 1


SAVE = ("POST", "/v1/analyses?save=true")


def raw(request: httpx2.Request) -> bytes:
    """A request as it is on the line."""
    head = b"".join(b"%s: %s\r\n" % pair for pair in request.headers.raw)
    return b"POST %s HTTP/1.1\r\n%s\r\n%s" % (request.url.raw_path, head, request.read())
