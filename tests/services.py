"""A service as tests meet it: in this process through ASGI, or as a person starts it."""

import io
import os
import socket
import subprocess
import sys
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
from starlette.testclient import TestClient

from sottovoce.audio.decode import decode
from sottovoce.config import Settings
from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.journal.changing import erase_all
from sottovoce.journal.keys import Locksmith
from sottovoce.journal.store import Journal
from sottovoce.runtime import ASSETS
from sottovoce.server.app import create_app
from sottovoce.server.house import House
from sottovoce.server.settings import ServerSettings

SAMPLES = ASSETS / "samples"
ORIGIN = "http://127.0.0.1:8377"
ME, OTHER = "me", "somebody-else"


def conversation(pause_s: float = 0.8) -> bytes:
    """All sample memos one after another, as one wav: several stretches of speech."""
    quiet = np.zeros(round(pause_s * SAMPLE_RATE_HZ), np.float32)
    spoken = [decode(one).samples for one in sorted(SAMPLES.glob("*.ogg"))]
    whole = np.concatenate([part for one in spoken for part in (one, quiet)])
    target = io.BytesIO()
    with wave.open(target, "wb") as made:
        made.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        made.writeframes((whole * 32767).astype("<i2").tobytes())
    return target.getvalue()


@dataclass
class Service:
    """A running service, its token, and a client that shows the token."""

    client: TestClient
    house: House
    token: str
    anonymous: TestClient = field(init=False)

    def __post_init__(self) -> None:
        self.anonymous = TestClient(self.client.app, base_url=ORIGIN)
        self.client.headers["Authorization"] = f"Bearer {self.token}"

    def journal(self, owner: str = ME) -> Journal:
        return self.house.journal_of(owner)

    def clear(self) -> None:
        for owner in (ME, OTHER):
            with self.journal(owner).writing() as owned:
                erase_all(owned)

    def post_memo(self, path: str = "/v1/analyses", name: str = "even", **more: Any) -> Any:
        sound = (SAMPLES / f"{name}.ogg").read_bytes()
        return self.client.post(path, files={"file": ("memo.ogg", sound)}, **more)


@contextmanager
def served(home: Path, locksmith: Locksmith | None = None, **more: Any) -> Iterator[Service]:
    """A service in this process, its workers started."""
    settings = ServerSettings(Settings(home), workers=1, **more)
    app = create_app(settings, locksmith)
    with TestClient(app, base_url=ORIGIN) as client:
        yield Service(client, app.state.house, (home / "token").read_text().strip())


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Started:
    """``sottovoce serve`` as a person starts it."""

    process: subprocess.Popen[str]
    port: int
    home: Path
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        return (self.home / "token").read_text().strip()

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def exchange(self, sent: bytes) -> bytes:
        """Send bytes, and read all that comes until the other side closes."""
        with self.connect() as line:
            line.sendall(sent)
            return read_all(line)


def read_all(line: socket.socket) -> bytes:
    """Everything until the other side closes, or resets."""
    found = b""
    try:
        while piece := line.recv(65536):
            found += piece
    except ConnectionResetError:
        pass
    return found


@contextmanager
def started(home: Path, *options: str, port: int = 0, **environment: str) -> Iterator[Started]:
    """Run the command until the block is left; then it is asked to end, and does."""
    port, log = port or free_port(), home.parent / f"serve-{home.name}.log"
    command = [str(Path(sys.executable).parent / "sottovoce"), "serve", "--port", str(port)]
    variables = {**os.environ, "SOTTOVOCE_HOME": str(home), "OMP_NUM_THREADS": "1", **environment}
    with log.open("w") as written:
        process = subprocess.Popen(
            [*command, "--workers", "1", *options],
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
            text=True,
            env=variables,
        )
    service = Started(process, port, home, log)
    try:
        wait_until_alive(service)
        yield service
    finally:
        process.terminate()
        process.wait(60)


def wait_until_alive(service: Started) -> None:
    """Wait for the first connection that is taken."""
    until_s = time.monotonic() + 120
    while time.monotonic() < until_s:
        assert service.process.poll() is None, service.log.read_text()
        try:
            service.connect().close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the service did not start")


@contextmanager
def clients(url: str, token: str) -> Iterator[tuple[httpx2.Client, httpx2.Client]]:
    """Two clients over real lines: one that shows the token, one that does not."""
    shown = {"Authorization": f"Bearer {token}"}
    with (
        httpx2.Client(base_url=url, headers=shown, timeout=60) as me,
        httpx2.Client(base_url=url, timeout=60) as nobody,
    ):
        yield me, nobody
