"""A model folder is whole or not there, whatever happens while it is written."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sottovoce.errors import ModelError
from sottovoce.models.registry import DEFAULT_MODEL, find_model, list_models
from sottovoce.runtime import file_sha256
from sottovoce.wav2vec2.shelf import UNFINISHED, clear_abandoned, shelved

REPLACE = """
import json, os, signal, sys
from hashlib import sha256
from pathlib import Path
from sottovoce.wav2vec2.shelf import shelved
models, words, last = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "tempfile.mkdtemp", "shutil.rmtree"}
done = 0
def die(event, arguments):
    global done
    if event in CHANGES or (event == "open" and arguments[1] == "w"):
        done += 1
        if done > last:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(die)
with shelved(models, "mine") as folder:
    (folder / "model.onnx").write_text(words)
    digest = sha256(words.encode()).hexdigest()
    card = dict(name="mine", summary=words, file="model.onnx", sha256=digest, licence="mit",
                labels=[], doubt={})
    (folder / "card.json").write_text(json.dumps(card))
"""
IMPORT = """
import sys
from pathlib import Path
from sottovoce.wav2vec2.conversion import Order, import_checkpoint
source, models = map(Path, sys.argv[1:])
while True:
    import_checkpoint(Order(source, "here", "mine"), models, lambda words: print(words, flush=True))
"""


def test_the_folder_is_in_place_when_it_is_whole(tmp_path: Path) -> None:
    for words in ("one", "other"):
        with shelved(tmp_path / "models", "m") as folder:
            (folder / "card.json").write_text(words)
            assert not (tmp_path / "models" / "m" / "card.json").exists() or words == "other"
        assert (tmp_path / "models" / "m" / "card.json").read_text() == words
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["m"]


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with shelved(tmp_path / "models", "m") as folder:
            (folder / "card.json").write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert list((tmp_path / "models").iterdir()) == []


def test_a_full_disk_is_a_sentence(tmp_path: Path) -> None:
    """The limit on a file's size stands for a disk that is full: writing fails halfway."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def fill() -> None:
        with shelved(tmp_path / "models", "m") as folder:
            resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
            (folder / "model.weights").write_bytes(b"w" * 20_000)

    try:
        with pytest.raises(ModelError, match="not enough room"):
            fill()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert list((tmp_path / "models").iterdir()) == []


def test_what_a_dead_process_left_is_cleared_and_what_a_living_one_writes_is_not(
    tmp_path: Path,
) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for owner in (ended.pid, os.getpid()):
        (tmp_path / f"{owner}-x").mkdir()
    clear_abandoned(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [f"{os.getpid()}-x"]


def test_an_import_killed_at_any_moment_leaves_the_models_folder_valid(
    tmp_path: Path, checkpoint_folder: Path
) -> None:
    models = tmp_path / "home" / "models"
    command = [sys.executable, "-c", IMPORT, checkpoint_folder, models]
    for wait_s in (0.0, 0.02, 0.1, 0.3, 0.35):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        process.stdout.readline()  # it has read the checkpoint and goes on
        time.sleep(wait_s)
        process.kill()
        process.wait()
        process.stdout.close()
        for card in list_models(models):
            assert all(file_sha256(path) == sha for path, sha in card.files.items())
        assert {path.name for path in models.glob("*")} <= {"mine", ".mine.before", UNFINISHED}


def replaced(models: Path, words: str, steps: int) -> bool:
    """Whether the replacement came to its end before its change number ``steps`` + 1."""
    command = [sys.executable, "-c", REPLACE, str(models), words, str(steps)]
    code = subprocess.run(command, check=False).returncode
    assert code in (0, -signal.SIGKILL)
    return code == 0


def test_a_replacement_killed_before_any_of_its_changes_leaves_the_old_or_the_new_model(
    tmp_path: Path,
) -> None:
    models, found = tmp_path / "models", []
    assert replaced(models, "old", 1000)
    for steps in range(1000):
        ended = replaced(models, "new", steps)
        card = find_model("mine", models)
        assert [one.name for one in list_models(models)] == [DEFAULT_MODEL, "mine"]
        assert card.weights.read_text() == card.summary
        assert file_sha256(card.weights) == card.sha256
        found.append(card.summary)
        assert replaced(models, "old", 1000)
        assert [path.name for path in models.iterdir()] == ["mine"]
        if ended:
            break
    assert found == sorted(found, reverse=True)
    assert {"old", "new"} == set(found)
    assert len(found) > 8


def test_two_replacements_at_once_leave_one_whole_model(tmp_path: Path) -> None:
    models = tmp_path / "models"
    commands = [[sys.executable, "-c", REPLACE, str(models), words, "1000"] for words in "abcd"]
    begun = [subprocess.Popen(command) for command in commands]
    assert [process.wait() for process in begun] == [0] * len(begun)
    card = find_model("mine", models)
    assert card.weights.read_text() == card.summary
    assert [path.name for path in models.iterdir()] == ["mine"]
