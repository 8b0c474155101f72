"""A sound server of one's own, with a room that hears what is played in it: no hardware needed."""

import ctypes.util
import os
import shutil
import subprocess
import time
import wave
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from sottovoce.domain import SAMPLE_RATE_HZ

ROOM, MICROPHONE = "room", "microphone"
TOOLS = ("pulseaudio", "pactl", "paplay")
MODULES = (
    "module-native-protocol-unix",
    f"module-null-sink sink_name={ROOM} rate=16000 channels=1",
)
REMAP = "module-remap-source"
STARTING_S = 20.0


@dataclass(frozen=True)
class Pulse:
    """A running server; ``environment`` is that of its clients."""

    environment: Mapping[str, str]
    process: subprocess.Popen[bytes]

    def play(self, memo: Path) -> subprocess.Popen[bytes]:
        """Play a wav file into the room, in the background."""
        return subprocess.Popen(["paplay", f"--device={ROOM}", str(memo)], env=self.environment)

    def recorders(self) -> int:
        """How many clients listen in the room."""
        command = ["pactl", "list", "short", "source-outputs"]
        return len(subprocess.check_output(command, env=self.environment).splitlines())

    def wait_for_a_recorder(self, timeout_s: float = 60.0) -> None:
        """Wait until someone listens."""
        deadline_s = time.monotonic() + timeout_s
        while not self.recorders():
            assert time.monotonic() < deadline_s, "nobody came to listen"
            time.sleep(0.05)

    def plug_in(self) -> None:
        """A microphone in the room, as a device of its own: browsers do not list what is played."""
        options = (f"source_name={MICROPHONE}", f"master={ROOM}.monitor")
        self._control("load-module", REMAP, *options)

    def pull_out(self) -> None:
        """The microphone is gone; the server lives on."""
        self._control("unload-module", REMAP)

    def _control(self, *words: str) -> None:
        subprocess.run(["pactl", *words], env=self.environment, check=True, capture_output=True)

    def die(self) -> None:
        """End at once, as when a device is pulled out."""
        self.process.kill()
        self.process.wait()


def missing() -> str | None:
    """Why no such room can be had here, or None."""
    absent = [tool for tool in TOOLS if shutil.which(tool) is None]
    if absent:
        return f"{', '.join(absent)} not installed (scripts/ci_audio.sh)"
    if find_spec("sounddevice") is None or ctypes.util.find_library("portaudio") is None:
        return "PortAudio or sounddevice is not installed (scripts/ci_audio.sh)"
    if not any(Path("/usr/lib").glob("*/alsa-lib/libasound_module_pcm_pulse.so")):
        return "ALSA knows no way to PulseAudio (scripts/ci_audio.sh)"
    return None


@contextmanager
def running_pulse(folder: Path) -> Iterator[Pulse]:
    """A server whose sockets, settings and cookies are all in ``folder``."""
    runtime = folder / "pulse"
    runtime.mkdir(mode=0o700)
    named = {"HOME": folder, "XDG_RUNTIME_DIR": folder, "PULSE_RUNTIME_PATH": runtime}
    environment = {**os.environ, **{name: str(path) for name, path in named.items()}}
    environment.pop("PULSE_SERVER", None)
    command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1"]
    command += [word for module in MODULES for word in ("-L", module)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env=environment, **quiet)  # type: ignore[call-overload]
    try:
        wait_for_server(environment)
        yield Pulse(environment, process)
    finally:
        process.kill()
        process.wait()


def wait_for_server(environment: Mapping[str, str]) -> None:
    """Wait until the server answers."""
    deadline_s = time.monotonic() + STARTING_S
    while subprocess.run(["pactl", "info"], env=environment, capture_output=True).returncode:
        assert time.monotonic() < deadline_s, "pulseaudio did not start"
        time.sleep(0.1)


def write_wav(path: Path, pcm: bytes) -> Path:
    """PCM16 at 16 kHz as a wav file."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        file.writeframes(pcm)
    return path
