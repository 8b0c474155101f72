"""A service to be loaded: `sottovoce serve` in a home of its own, its memory and processor time."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from queued import family_cpu_s

STARTING_S = 120.0
ENDING_S = 60.0


@dataclass(frozen=True)
class Service:
    """Where it is, and the process that it is."""

    port: int
    token: str
    pid: int

    @property
    def cpu_s(self) -> float:
        """Processor time of all its processes so far."""
        return family_cpu_s(self.pid)

    @property
    def resident_mb(self) -> float:
        """Memory of all its processes that is in use now, in megabytes."""
        return sum(map(resident_bytes, family(self.pid))) / 1e6

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)


def family(pid: int) -> list[int]:
    """A process, those it started, and those that they did."""
    try:
        threads = Path(f"/proc/{pid}/task").glob("*/children")
        children = [int(word) for thread in threads for word in thread.read_text().split()]
    except FileNotFoundError:
        return []
    return [pid, *(other for child in children for other in family(child))]


def resident_bytes(pid: int) -> int:
    """Memory of one process that is in use now; 0 when it has ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except FileNotFoundError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def serving(home: Path, workers: int) -> Iterator[Service]:
    """Run the command, as a person would; it is asked to end at the end."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    command = [str(Path(sys.executable).parent / "sottovoce"), "serve", "--port", str(port)]
    home.mkdir(parents=True)
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            [*command, "--workers", str(workers)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, "SOTTOVOCE_HOME": str(home)},
        )
    try:
        wait_until_alive(port, process)
        yield Service(port, (home / "token").read_text().strip(), process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(ENDING_S)


def wait_until_alive(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait for the first connection that is taken."""
    until_s = time.monotonic() + STARTING_S
    while process.poll() is None and time.monotonic() < until_s:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the service did not start")
