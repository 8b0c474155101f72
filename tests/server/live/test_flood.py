"""A page that sends 50 times as fast as a voice speaks, and cannot wait."""

import os
import socket
import time
from itertools import count
from pathlib import Path
from queue import Full, Queue
from threading import Event, Thread

from websockets.sync.client import ClientConnection

from sockets import SECOND_BYTES, hear, listening, say, spoken, until, wait_for
from sottovoce.server.live.rules import LiveRules

FASTER = 50
FRAME_BYTES = 64 * 1024
FRAME_S = FRAME_BYTES / SECOND_BYTES
HELD_FRAMES = 2
MB = 1 << 20


class Page:
    """Records without end; what the line does not take in time is lost, and counted."""

    def __init__(self, line: ClientConnection) -> None:
        self._line, self._held = line, Queue[bytes](HELD_FRAMES)
        self._enough = Event()
        self.taken, self.lost = 0, 0
        self._threads = [Thread(target=self._record), Thread(target=self._send)]
        for thread in self._threads:
            thread.start()

    @property
    def lost_s(self) -> float:
        return self.lost * FRAME_S

    def stop(self) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def _record(self) -> None:
        sound, begun_s = spoken() * 4, time.monotonic()
        for number in count():
            if self._enough.wait(max(0.0, begun_s + number * FRAME_S / FASTER - time.monotonic())):
                break
            at = number * FRAME_BYTES % (len(sound) - FRAME_BYTES)
            try:
                self._held.put_nowait(sound[at : at + FRAME_BYTES])
                self.taken += 1
            except Full:
                self.lost += 1
        self._held.put(b"")

    def _send(self) -> None:
        while sound := self._held.get():
            self._line.send(sound)


def resident_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def test_it_is_slowed_others_are_heard_and_what_is_lost_is_told(tmp_path: Path) -> None:
    """Then the ear is held up, as by a busy machine: the line fills, and memory does not."""
    with (
        listening(tmp_path / "home", LiveRules(threads=1)) as here,
        here.open() as flood,
        here.open() as calm,
    ):
        hear(calm)
        flood.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, FRAME_BYTES)
        before = resident_bytes()
        page, go_on = Page(flood), Event()
        try:
            for n in range(4):
                calm.send(spoken()[n * 16_000 : (n + 1) * 16_000])
                assert hear(calm)["time_s"] == (n + 1) / 2
            here.house.room._ears.submit(go_on.wait)
            wait_for(lambda: page.lost_s > 20)
            assert resident_bytes() - before < 50 * MB
        finally:
            go_on.set()
            page.stop()
        say(flood, "lost", seconds=page.lost_s)
        say(flood, "stop")
        events = until(flood, "summary")
    late = [event["message"] for event in events if event.get("about") == "late"]
    assert late == [f"{page.lost_s:.1f} s of sound came too late and is missing"]
    told_s = events[-1]["analysis"]["recording"]["duration_s"]
    assert told_s == round(page.taken * FRAME_S, 3)
    assert [event["seq"] for event in events] == list(range(len(events)))
