"""``sottovoce record`` as a person runs it, in a room of a real sound server."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import sottovoce as sv
from pulse import Pulse, missing, write_wav
from sottovoce.runtime import ASSETS

COMMAND = [str(Path(sys.executable).parent / "sottovoce"), "record"]
MEMO = ASSETS / "samples" / "hurried.ogg"


class Terminal:
    """A person at a terminal: what was shown to them, and what they press."""

    def __init__(self, handle: int) -> None:
        self._handle, self.shown = handle, ""

    def press(self, keys: str) -> None:
        os.write(self._handle, keys.encode())

    def wait_for(self, words: str, timeout_s: float = 90.0) -> None:
        """Read until the words have been shown after what was waited for before."""
        deadline_s, seen = time.monotonic() + timeout_s, ""
        while words not in seen:
            assert time.monotonic() < deadline_s, f"never shown: {words}; but {seen[-800:]}"
            if select.select([self._handle], [], [], 0.2)[0]:
                seen += os.read(self._handle, 65_536).decode(errors="ignore")
        self.shown += seen


@pytest.fixture(scope="module")
def memo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    samples = sv.decode(MEMO).samples
    pcm = np.clip(np.round(samples * 32_768), -32_768, 32_767).astype("<i2").tobytes()
    return write_wav(tmp_path_factory.mktemp("memo") / "memo.wav", pcm)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def environment(pulse: Pulse | None, home: Path) -> dict[str, str]:
    told = {"SOTTOVOCE_HOME": str(home), "COLUMNS": "100", "TERM": "xterm", "OMP_NUM_THREADS": "1"}
    return {**(pulse.environment if pulse else os.environ), **told}


def started(pulse: Pulse, home: Path, *arguments: str | Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [*COMMAND, "--device", "pulse", *map(str, arguments)],
        env=environment(pulse, home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(home: Path, *arguments: str, pulse: Pulse | None = None) -> tuple[int, str, str]:
    done = subprocess.run(
        [*COMMAND, *arguments], env=environment(pulse, home), input=b"", capture_output=True
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def terminal(pulse: Pulse, home: Path) -> Iterator[tuple[Terminal, "subprocess.Popen[bytes]"]]:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "--device", "pulse"],
        env=environment(pulse, home),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        yield Terminal(ours), process
        process.kill()
    os.close(ours)


def reels(home: Path) -> list[Path]:
    return sorted((home / "recordings").glob("*"))


def test_what_is_spoken_in_the_room_is_heard_as_the_file_is(
    pulse: Pulse, home: Path, memo: Path, tmp_path: Path
) -> None:
    process = started(pulse, home, "--seconds", "9", "--json", "--output", tmp_path / "out.wav")
    pulse.wait_for_a_recorder()
    player = pulse.play(memo)
    stdout, stderr = process.communicate(timeout=120)
    assert (player.wait(120), process.returncode) == (0, 0), stderr.decode()
    heard, file = json.loads(stdout), sv.analyze(memo)
    assert heard["status"] == "ok"
    assert heard["recording"]["duration_s"] == 9.0
    assert heard["recording"]["speech_s"] == pytest.approx(file.quality.speech_s, abs=0.3)
    assert file.emotion is not None
    assert file.stress is not None
    assert heard["emotion"] == file.emotion.label
    assert heard["confidence"] == pytest.approx(file.emotion.confidence, abs=0.1)
    assert heard["stress"]["value"] == pytest.approx(file.stress.value, abs=0.1)
    whole = sv.analyze(tmp_path / "out.wav")
    assert [s["stress"] for s in heard["segments"]] == [round(s.stress, 4) for s in whole.segments]
    assert reels(home) == []


def test_a_person_speaks_pauses_goes_on_and_saves(
    terminal: tuple[Terminal, "subprocess.Popen[bytes]"], pulse: Pulse, home: Path, memo: Path
) -> None:
    screen, process = terminal
    pulse.wait_for_a_recorder()
    player = pulse.play(memo)
    screen.wait_for("so far your voice sounded mostly")
    screen.press(" ")
    screen.wait_for("paused")
    assert player.wait(120) == 0
    screen.press(" ")
    screen.wait_for("recording")
    screen.press("\n")
    screen.wait_for("[s/w/d]")
    screen.press("s\n")
    screen.wait_for("saved 'microphone' as")
    assert process.wait(60) == 0
    assert reels(home) == []
    listed = subprocess.run(
        [COMMAND[0], "journal", "list", "--json"], env=environment(None, home), capture_output=True
    )
    assert len(listed.stdout.splitlines()) == 1
    assert "you are" not in screen.shown.lower()


def test_ctrl_c_stops_and_a_person_may_discard(
    terminal: tuple[Terminal, "subprocess.Popen[bytes]"], pulse: Pulse, home: Path
) -> None:
    screen, process = terminal
    screen.wait_for("dB")
    process.send_signal(signal.SIGINT)
    screen.wait_for("[s/w/d]")
    assert len(reels(home)) == 1
    screen.press("d\n")
    assert process.wait(60) == 0
    assert reels(home) == []


def test_what_a_kill_left_is_told_recovered_and_deleted(
    pulse: Pulse, home: Path, memo: Path, tmp_path: Path
) -> None:
    process = started(pulse, home)
    pulse.wait_for_a_recorder()
    assert pulse.play(memo).wait(120) == 0
    process.kill()
    process.communicate(timeout=120)
    [reel] = reels(home)
    assert reel.stat().st_mode & 0o777 == 0o600
    code, stdout, stderr = run(home, "--recover", "--json")
    assert (code, json.loads(stdout)["status"]) == (0, "ok")
    assert "the sound is still here: sottovoce record --recover" in stderr
    assert reels(home) == [reel]
    code, _, stderr = run(home, "--seconds", "1", "--device", "pulse", pulse=pulse)
    assert (code, "was left behind: sottovoce record --recover" in stderr) == (0, True)
    code, _, _ = run(home, "--recover", "--output", str(tmp_path / "kept.wav"))
    assert (code, reels(home)) == (0, [])
    assert sv.analyze(tmp_path / "kept.wav").status == "ok"
    assert "nothing was left behind" in run(home, "--recover")[2]


def test_a_device_pulled_out_loses_nothing(
    pulse: Pulse, home: Path, memo: Path, tmp_path: Path
) -> None:
    process = started(pulse, home, "--output", tmp_path / "kept.wav")
    pulse.wait_for_a_recorder()
    assert pulse.play(memo).wait(120) == 0
    pulse.die()
    stdout, stderr = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "Your voice sounded mostly" in stdout.decode()
    _, last = stderr.decode().splitlines()
    assert last == "sottovoce: the microphone 'pulse' went away; what it gave was heard"
    assert sv.analyze(tmp_path / "kept.wav").status == "ok"
    assert reels(home) == []


def test_a_journal_that_refuses_leaves_the_sound(pulse: Pulse, home: Path) -> None:
    (home / "journal.db").mkdir(parents=True)
    code, _, stderr = run(home, "--seconds", "1", "--save", "--device", "pulse", pulse=pulse)
    assert (code, len(reels(home))) == (1, 1)
    assert "the sound is still here" in stderr


def test_devices_are_listed(pulse: Pulse, home: Path) -> None:
    code, stdout, stderr = run(home, "--devices", pulse=pulse)
    assert (code, stderr) == (0, "")
    assert "pulse" in stdout


@pytest.mark.parametrize("device", ["lamp", "pulse"])
def test_without_a_microphone_it_says_so(home: Path, tmp_path: Path, device: str) -> None:
    if reason := missing():
        pytest.skip(f"nothing to look for microphones with: {reason}")
    nowhere = {**environment(None, home), "PULSE_SERVER": f"unix:{tmp_path}/none"}
    done = subprocess.run([*COMMAND, "--device", device], env=nowhere, capture_output=True)
    told = done.stderr.decode()
    assert (done.returncode, done.stdout, len(told.splitlines())) == (1, b"", 1)
    assert told.startswith("sottovoce: no microphone ")
    assert reels(home) == []


def test_a_microphone_of_another_name_is_not_taken(pulse: Pulse, home: Path) -> None:
    code, _, stderr = run(home, "--device", "lamp", pulse=pulse)
    assert (code, len(stderr.splitlines())) == (1, 1)
    assert stderr.startswith("sottovoce: no microphone is called 'lamp'; choose by number: ")


def test_without_the_extra_it_names_the_extra(home: Path) -> None:
    code = (
        "import sys; sys.modules['sounddevice'] = None; from sottovoce.cli import main; "
        "sys.argv = ['sottovoce', 'record']; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(None, home), capture_output=True
    )
    assert done.returncode == 1
    assert b"pip install 'sottovoce[mic]'" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [["--note", "x"], ["--seconds", "0"], ["--output", __file__], ["--seconds", "x"]]
)
def test_wrong_usage(home: Path, arguments: list[str]) -> None:
    assert run(home, *arguments)[0] == 2
