"""`sottovoce serve` told to end while it hears memos: nothing that was taken is lost."""

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2

from jobhands import column, long_memo, until
from services import clients, started
from sottovoce.journal.store import open_journal
from sottovoce.server.house import PATIENCE_S
from sottovoce.server.running import STOPPING_S

MOST_S = STOPPING_S + 2 * PATIENCE_S + 60.0
"""What it may take to end, and a minute for a busy machine."""


def send(me: httpx2.Client, sound: bytes) -> httpx2.Response:
    return me.post("/v1/analyses", params={"save": True}, files={"file": ("m", sound)})


def test_memos_that_somebody_waits_for_are_answered_before_it_ends(tmp_path: Path) -> None:
    sounds = [long_memo(4), long_memo(3)]
    with (
        started(tmp_path / "home") as service,
        clients(service.url, service.token) as (me, _),
        ThreadPoolExecutor(2) as others,
    ):
        answers = [others.submit(send, me, sound) for sound in sounds]
        until(lambda: "sottovoce_memos_waiting 1.0" in me.get("/metrics").text)
        service.process.send_signal(signal.SIGTERM)
        assert [answer.result().status_code for answer in answers] == [201, 201]
        assert service.process.wait(MOST_S) == -signal.SIGTERM
    with open_journal(f"sqlite:///{tmp_path / 'home' / 'journal.db'}", "me") as journal:
        assert journal.count() == 2


def test_a_long_memo_waits_for_the_next_start_even_if_told_twice(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with started(home) as service, clients(service.url, service.token) as (me, _):
        job = send(me, long_memo(100)).raise_for_status().json()
        until(lambda: me.get(f"/v1/jobs/{job['id']}").json()["progress"])
        service.process.send_signal(signal.SIGTERM)
        time.sleep(1.0)
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(MOST_S) == -signal.SIGTERM
    with open_journal(f"sqlite:///{home / 'journal.db'}", "me") as journal:
        assert column(journal.place, "me", "state") == ["queued"]
        assert column(journal.place, "me", "attempts") == [0]
    assert [file.stem for file in (home / "queue").iterdir()] == [job["id"]]
