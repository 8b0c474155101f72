"""A microphone that hears a file, in a browser that a test starts; and what stands between."""

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, Playwright

from browsers import FLAGS, REPOSITORY, chromium
from services import SAMPLES, Started
from sockets import wav_of
from sottovoce.audio.decode import decode
from sottovoce.domain import FloatArray

CLIPS = 12


def speech() -> bytes:
    """Real speech as a wav file: clips of a corpus where one is, else the sample memos."""
    data = Path(os.environ.get("SOTTOVOCE_DATA", REPOSITORY.parent / "shared" / "data"))
    clips = sorted((data / "ravdess").rglob("*.flac"))[::60][:CLIPS]
    spoken = [said(decode(one).samples) for one in clips or sorted(SAMPLES.glob("*.ogg"))]
    return wav_of((np.concatenate(spoken) * 32_767).astype("<i2").tobytes())


def said(samples: FloatArray) -> FloatArray:
    """Without the silence before and after."""
    loud = np.flatnonzero(np.abs(samples) > 0.1 * np.abs(samples).max())
    return samples[loud[0] : loud[-1]]


def hearing(playwright: Playwright, folder: Path, *flags: str) -> Browser:
    """A browser whose microphone hears speech, over and over."""
    file = folder / "speech.wav"
    file.write_bytes(speech())
    fake = ("--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={file}")
    return playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, *fake, *flags])


def deaf(playwright: Playwright, *flags: str) -> Browser:
    """A browser on a machine without any sound."""
    silent = {**os.environ, "PULSE_SERVER": "unix:/nowhere", "ALSA_CONFIG_PATH": "/dev/null"}
    return playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, *flags], env=silent)


def sleep_for(browser: Browser, seconds: float) -> None:
    """Stop every process of a browser for a while, as a machine that sleeps does."""
    told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    numbers = [int(one["id"]) for one in told["processInfo"]]
    for number in numbers:
        os.kill(number, signal.SIGSTOP)
    time.sleep(seconds)
    for number in reversed(numbers):
        os.kill(number, signal.SIGCONT)


def kept_seconds(page: Page) -> float:
    """How much sound of recordings the browser keeps, in seconds."""
    found = page.evaluate(
        """() => new Promise((resolve) => {
          const opening = indexedDB.open("sottovoce", 1);
          opening.onsuccess = () => {
            const store = opening.result.transaction("recordings").objectStore("recordings");
            store.getAll().onsuccess = (event) => {
              opening.result.close();
              resolve(event.target.result.reduce((sum, one) => sum + one.seconds, 0));
            };
          };
        })"""
    )
    return float(found)


def spoken(page: Page, seconds: int) -> None:
    """Wait until the clock of a recording shows that much, or more."""
    page.wait_for_function(
        """(wanted) => {
          const told = document.querySelector("[role=timer]")?.textContent.split(":");
          return told && 60 * Number(told[0]) + Number(told[1]) >= wanted;
        }""",
        arg=seconds,
    )


class Cable:
    """Passes lines on to a service, until it is cut; remembers the first line of each."""

    def __init__(self, service: Started) -> None:
        self._target = ("127.0.0.1", service.port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._lines: list[socket.socket] = []
        self.whole, self.asked = True, list[bytes]()
        self.port: int = self._listening.getsockname()[1]

    def cut(self) -> None:
        """Break every line, and take none."""
        self.whole = False
        for line in self._lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        self._lines.clear()

    def mend(self) -> None:
        """Take lines again."""
        self.whole = True

    def run(self) -> None:
        """Pass on until closed."""
        with suppress(OSError):
            while True:
                self._take(self._listening.accept()[0])

    def _take(self, line: socket.socket) -> None:
        if not self.whole:
            line.close()
            return
        other = socket.create_connection(self._target)
        self._lines += [line, other]
        for one, two in ((line, other), (other, line)):
            threading.Thread(target=self._pass, args=(one, two), daemon=True).start()

    def _pass(self, one: socket.socket, two: socket.socket) -> None:
        with suppress(OSError):
            while sound := one.recv(65_536):
                if sound.startswith(b"GET "):
                    self.asked.append(sound.partition(b"\r\n")[0])
                two.sendall(sound)
        for line in (one, two):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Cut, for good."""
        self.cut()
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()


@contextmanager
def cable(service: Started) -> Iterator[Cable]:
    """A cable to a service."""
    made = Cable(service)
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.close()
