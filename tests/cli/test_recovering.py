"""What a crash left behind, without any microphone."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

import sottovoce as sv
from sottovoce.audio.reel import new_reel
from sottovoce.runtime import ASSETS

BEGAN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def pcm() -> bytes:
    samples = sv.decode(ASSETS / "samples" / "even.ogg").samples
    return np.clip(np.round(samples * 32_768), -32_768, 32_767).astype("<i2").tobytes()


@pytest.fixture
def home(tmp_path: Path, pcm: bytes) -> Path:
    """A home in which one recording was left behind."""
    home = tmp_path / "home"
    with new_reel(home / "recordings", BEGAN) as reel:
        reel.append(pcm)
    return home


def run(home: Path, *arguments: str | Path) -> tuple[int, str, str]:
    command = [str(Path(sys.executable).parent / "sottovoce"), *map(str, arguments)]
    environment = {**os.environ, "SOTTOVOCE_HOME": str(home), "SOTTOVOCE_PASSPHRASE": "test"}
    done = subprocess.run(command, env=environment, input=b"", capture_output=True)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def reels(home: Path) -> list[Path]:
    return list((home / "recordings").iterdir())


def test_it_is_saved_with_the_moment_it_began(home: Path) -> None:
    code, stdout, stderr = run(home, "record", "--recover", "--save", "--note", "n", "--json")
    assert (code, reels(home)) == (0, []), stderr
    assert json.loads(stdout)["recording"]["recorded_at"] == BEGAN.isoformat()
    entry = json.loads(run(home, "journal", "list", "--json")[1])
    assert entry["recorded_at"].startswith("2026-01-02T03:04:05")
    assert entry["note"] == "n"


def test_it_is_heard_as_its_wav_is(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "memo.wav"
    heard = json.loads(run(home, "record", "--recover", "--output", target, "--json")[1])
    whole = json.loads(run(home, "analyze", "--json", target)[1])
    for told in (heard, whole):
        del told["path"], told["elapsed_s"], told["recording"]
    assert heard == whole


def test_it_can_be_discarded(home: Path) -> None:
    assert run(home, "record", "--recover", "--discard")[0] == 0
    assert reels(home) == []


def test_erasing_everything_takes_it_too(home: Path) -> None:
    (home / "alerts.json").write_text("{}")
    code, stdout, _ = run(home, "journal", "erase", "--everything", "--yes")
    assert (code, json.loads(stdout)["recordings"], reels(home)) == (0, 1, [])
    assert not (home / "alerts.json").exists()


def test_a_file_of_another_name_is_let_alone(home: Path) -> None:
    (home / "recordings" / "recording-mine.pcm").write_bytes(b"mine")
    (home / "recordings" / "notes.txt").write_bytes(b"mine")
    assert run(home, "record", "--recover", "--discard")[0] == 0
    assert len(reels(home)) == 2
