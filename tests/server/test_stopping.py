"""`sottovoce serve` told to end while it hears memos: nothing that was taken is lost."""

import asyncio
import json
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2

from jobhands import alive, column, descendants, long_memo, until
from journals import run
from services import clients, free_port, started
from sottovoce.journal.store import open_journal
from sottovoce.server.gates.watch import Watch
from sottovoce.server.house import PATIENCE_S
from sottovoce.server.metrics import Metrics
from sottovoce.server.running import STOPPING_S

MOST_S = STOPPING_S + 2 * PATIENCE_S + 60.0
"""What it may take to end, and a minute for a busy machine."""


def send(me: httpx2.Client, sound: bytes) -> httpx2.Response:
    return me.post("/v1/analyses", params={"save": True}, files={"file": ("m", sound)})


def test_memos_that_somebody_waits_for_are_answered_before_it_ends(tmp_path: Path) -> None:
    sounds = [long_memo(7), long_memo(6)]
    with (
        started(tmp_path / "home") as service,
        clients(service.url, service.token) as (me, _),
        ThreadPoolExecutor(2) as others,
    ):
        answers = [others.submit(send, me, sound) for sound in sounds]
        until(lambda: "sottovoce_memos_waiting 1.0" in me.get("/metrics").text)
        family = descendants(service.process.pid)
        service.process.send_signal(signal.SIGTERM)
        statuses = [answer.result().status_code for answer in answers]
        assert service.process.wait(MOST_S) == -signal.SIGTERM
    assert 201 in statuses
    assert set(statuses) <= {201, 503}  # what a busy machine cannot end in time is refused
    assert len(family) >= 2
    until(lambda: not any(map(alive, family)))
    with open_journal(f"sqlite:///{tmp_path / 'home' / 'journal.db'}", "me") as journal:
        assert journal.count() == statuses.count(201)


def test_a_long_memo_waits_for_the_next_start_even_if_told_twice(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with started(home) as service, clients(service.url, service.token) as (me, _):
        job = send(me, long_memo(100)).raise_for_status().json()
        until(lambda: me.get(f"/v1/jobs/{job['id']}").json()["progress"])
        family = descendants(service.process.pid)
        for hearing in family:
            os.kill(hearing, signal.SIGSTOP)  # on a quick machine it would be done in time
        service.process.send_signal(signal.SIGTERM)
        time.sleep(1.0)
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(MOST_S) == -signal.SIGTERM
    for stopped in filter(alive, family):
        os.kill(stopped, signal.SIGCONT)
    until(lambda: not any(map(alive, family)))
    with open_journal(f"sqlite:///{home / 'journal.db'}", "me") as journal:
        assert column(journal.place, "me", "state") == ["queued"]
        assert column(journal.place, "me", "attempts") == [0]
    assert [file.stem for file in (home / "queue").iterdir()] == [job["id"]]


def test_what_takes_longer_than_the_patience_is_told_to_come_again() -> None:
    sent: list[dict[str, Any]] = []

    async def endless(*_asked: object) -> None:
        await asyncio.sleep(600)

    async def keep(message: Any) -> None:
        sent.append(message)

    async def cancelled() -> None:
        watch = Watch(endless, Metrics())
        asking = watch({"type": "http", "method": "GET", "headers": []}, None, keep)  # type: ignore
        task = asyncio.create_task(asking)
        await asyncio.sleep(0)
        task.cancel()
        await task

    asyncio.run(cancelled())
    assert sent[0]["status"] == 503
    assert b"retry-after" in dict(sent[0]["headers"])
    assert json.loads(sent[1]["body"])["type"] == "urn:sottovoce:problem:not_ready"


def test_a_service_that_cannot_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(b"this is no journal" * 100)
    told = run("serve", "--port", str(free_port()), "--workers", "1", home=tmp_path)
    assert told.returncode == 1
    last = told.stderr.splitlines()[-1]
    assert last.startswith("sottovoce: ")
    assert "journal.db" in last
