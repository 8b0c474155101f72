"""The live socket as tests meet it: uvicorn on loopback, and the ``websockets`` client."""

import io
import json
import threading
import time
import wave
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
from websockets.sync.client import ClientConnection, connect

from services import SAMPLES, free_port
from sottovoce.audio.decode import decode
from sottovoce.config import Settings
from sottovoce.journal.keys import Locksmith
from sottovoce.server.app import create_app
from sottovoce.server.house import House
from sottovoce.server.live.rules import LiveRules
from sottovoce.server.running import Server, config_for
from sottovoce.server.settings import ServerSettings

Event = dict[str, Any]
SECOND_BYTES = 32_000
WAIT_S = 60.0


@dataclass
class Port:
    """Where a service listens, and the token it knows."""

    port: int
    token: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self, token: str | None = None) -> httpx2.Client:
        shown = {"Authorization": f"Bearer {token or self.token}"}
        return httpx2.Client(base_url=self.url, headers=shown, timeout=WAIT_S)

    def open(self, query: str = "", token: str | None = None, **more: Any) -> ClientConnection:
        """A socket that shows the token, or none where it is empty."""
        shown = self.token if token is None else token
        headers = {"Authorization": f"Bearer {shown}"} if shown else {}
        headers |= more.pop("headers", {})
        return connect(
            f"ws://127.0.0.1:{self.port}/v1/live{query}",
            additional_headers=headers,
            compression=None,
            ping_interval=None,
            max_size=None,
            proxy=None,
            **more,
        )


@dataclass
class Listening(Port):
    """A service in this process, on a port."""

    house: House
    server: Server


@contextmanager
def listening(
    home: Path, rules: LiveRules | None = None, locksmith: Locksmith | None = None, **more: Any
) -> Iterator[Listening]:
    """Serve until the block is left."""
    home.mkdir(exist_ok=True)
    port = free_port()
    settings = ServerSettings(
        Settings(home), port=port, workers=1, live=rules or LiveRules(), **more
    )
    app = create_app(settings, locksmith)
    server = Server(config_for(app, settings), lambda: None)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait_for(lambda: server.started)
        token = home / "token"
        shown = token.read_text().strip() if token.exists() else ""
        yield Listening(port, shown, app.state.house, server)
    finally:
        server.should_exit = True
        thread.join(WAIT_S)


def wait_for(true: Any) -> None:
    """Wait until something is so."""
    until_s = time.monotonic() + WAIT_S
    while not true():
        assert time.monotonic() < until_s
        time.sleep(0.02)


@cache
def spoken(name: str = "even") -> bytes:
    """A sample memo as PCM16."""
    samples = decode(SAMPLES / f"{name}.ogg").samples
    return np.clip(np.round(samples * 32_768), -32_768, 32_767).astype("<i2").tobytes()


def wav_of(pcm: bytes) -> bytes:
    with wave.open(sound := io.BytesIO(), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(pcm)
    return sound.getvalue()


def say(line: ClientConnection, kind: str, **more: Any) -> None:
    line.send(json.dumps({"type": kind, **more}))


def hear(line: ClientConnection) -> Event:
    """The next event."""
    found: Event = json.loads(line.recv(WAIT_S))
    return found


def until(line: ClientConnection, kind: str) -> list[Event]:
    """All events up to the next of a kind."""
    events = [hear(line)]
    while events[-1]["type"] != kind:
        events.append(hear(line))
    return events


def speak(line: ClientConnection, pcm: bytes, lengths: Sequence[int] = (3_200,)) -> None:
    """Send sound in frames of these lengths, over and over."""
    at = 0
    for length in cycle(lengths):
        if at >= len(pcm):
            return
        line.send(pcm[at : at + length])
        at += length


def kind_of(event: Event) -> str:
    """The kind of an error event."""
    assert event["type"] == "error"
    return str(event["problem"]["type"]).rpartition(":")[2]
