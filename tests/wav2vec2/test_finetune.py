"""Fine-tuning learns, goes on where it stopped, and makes a checkpoint like any other."""

import json
import resource
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch

from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.models.registry import find_model
from sottovoce.runtime import file_sha256
from sottovoce.training.manifest import Clip, Manifest, write_manifest
from sottovoce.wav2vec2.checkpoint import read_checkpoint
from sottovoce.wav2vec2.conversion import Order, import_checkpoint
from sottovoce.wav2vec2.errors import CheckpointError
from sottovoce.wav2vec2.finetune import Tuning, fine_tune
from sottovoce.wav2vec2.held_out import split_by_speaker
from sottovoce.wav2vec2.judged import JUDGED_FILE, read_judged
from sottovoce.wav2vec2.tuning_state import STATE_FILE

DYING = """
import os, signal, sys
from pathlib import Path
from sottovoce.training.corpora import read_corpus
from sottovoce.wav2vec2 import finetune
from sottovoce.wav2vec2.held_out import split_by_speaker
backbone, table, output, dies_at = *map(Path, sys.argv[1:4]), int(sys.argv[4])
heard = 0
hear = finetune.windows_of
def counted(decoder, clip):
    global heard
    heard += 1
    if heard == dies_at:
        os.kill(os.getpid(), signal.SIGKILL)
    return hear(decoder, clip)
finetune.windows_of = counted
split = split_by_speaker(read_corpus(table).clips)
finetune.fine_tune(backbone, split, output, finetune.Tuning(epochs=3), print)
"""


@pytest.fixture
def clips(tmp_path: Path) -> list[Clip]:
    """Four low hums, called sad, and four high ones, called happy."""
    rng = np.random.default_rng(5)
    time_s = np.arange(SAMPLE_RATE_HZ // 2) / SAMPLE_RATE_HZ
    made = []
    for n in range(8):
        emotion, pitch_hz = (("sad", 120.0), ("happy", 900.0))[n % 2]
        sound = 0.3 * np.sin(2 * np.pi * pitch_hz * time_s) + 0.02 * rng.normal(size=len(time_s))
        path = tmp_path / f"{n}.wav"
        soundfile.write(path, sound, SAMPLE_RATE_HZ)
        made.append(Clip(path, f"x_{n}", emotion))
    return made


def quiet(words: str) -> None:
    """Nobody listens."""


@pytest.mark.parametrize("layers", [0, 1])
def test_it_learns_and_its_result_is_read_like_any_other(
    tmp_path: Path, checkpoint_folder: Path, clips: list[Clip], layers: int
) -> None:
    said: list[str] = []
    tuning = Tuning(layers=layers, epochs=6, batch=2, rate=5e-3)
    split = split_by_speaker(clips)
    judged = fine_tune(checkpoint_folder, split, tmp_path / "out", tuning, said.append)
    losses = [epoch["loss"] for epoch in judged.epochs]
    assert losses[-1] < 0.6 * losses[0]
    assert said[0].startswith(f"epoch 1 of 6: loss {losses[0]:.3f}, held-out UA ")
    assert judged.figures["ua"] == judged.epochs[-1]["held_out_ua"] == 1.0
    assert judged.held_out == ("x_6", "x_7")
    before, after = read_checkpoint(checkpoint_folder), read_checkpoint(tmp_path / "out")
    assert after.labels == ("happy", "sad")
    moved = {
        name for name, values in before.weights.items()
        if name.startswith("encoder.") and not np.array_equal(values, after.weights[name])
    }  # fmt: skip
    assert bool(moved) == bool(layers)
    assert all(name.startswith("encoder.layers.1.") for name in moved)


@pytest.mark.parametrize("layers", [0, 1])
def test_a_run_that_was_interrupted_ends_as_one_that_was_not(
    tmp_path: Path, checkpoint_folder: Path, clips: list[Clip], layers: int
) -> None:
    split = split_by_speaker(clips)
    for name, epochs in (("whole", 3), ("parts", 2), ("parts", 3)):
        tuning = Tuning(layers=layers, epochs=epochs)
        fine_tune(checkpoint_folder, split, tmp_path / name, tuning, quiet)
    whole, parts = (read_checkpoint(tmp_path / name).weights for name in ("whole", "parts"))
    assert all(np.array_equal(whole[name], parts[name]) for name in whole)


def test_a_run_killed_in_the_middle_of_an_epoch_ends_as_one_that_was_not(
    tmp_path: Path, checkpoint_folder: Path, clips: list[Clip]
) -> None:
    table = tmp_path / "labels.csv"
    write_manifest(Manifest(tuple(clips)), table)
    for name, dies_at in (("whole", 0), ("parts", 15), ("parts", 0)):
        command = [sys.executable, "-c", DYING, checkpoint_folder, table, tmp_path / name]
        code = subprocess.run([*command, str(dies_at)], check=False).returncode
        assert code == (-signal.SIGKILL if dies_at else 0)
    whole, parts = (read_checkpoint(tmp_path / name) for name in ("whole", "parts"))
    assert whole.sha256 == parts.sha256
    judged = read_judged(tmp_path / "parts", parts.sha256)
    assert judged == read_judged(tmp_path / "whole", whole.sha256)
    assert judged is not None
    assert len(judged.epochs) == 3


def test_what_was_measured_makes_the_import_calibrated(
    tmp_path: Path, checkpoint_folder: Path, clips: list[Clip]
) -> None:
    split = split_by_speaker(clips, ["4", "5", "x_6", "x_7"])
    judged = fine_tune(checkpoint_folder, split, tmp_path / "out", Tuning(epochs=2), quiet)
    order = Order(tmp_path / "out", "here", "tuned")
    import_checkpoint(order, tmp_path / "models", quiet)
    card = find_model("tuned", tmp_path / "models")
    assert card.calibrated
    assert card.figures["ece"] == judged.figures["ece"]
    assert card.doubt == judged.doubt
    assert card.text["held_out_speakers"] == ["x_4", "x_5", "x_6", "x_7"]
    assert "not calibrated" not in card.summary


def test_figures_of_other_weights_are_not_believed(
    tmp_path: Path, checkpoint_folder: Path, clips: list[Clip]
) -> None:
    split = split_by_speaker(clips)
    folder = tmp_path / "out"
    judged = fine_tune(checkpoint_folder, split, folder, Tuning(epochs=1), quiet)
    assert read_judged(folder, judged.sha256) == judged
    assert read_judged(folder, "0" * 64) is None
    for text in ("{", "[]", "{}", json.dumps({**asdict(judged), "figures": {}})):
        (folder / JUDGED_FILE).write_text(text)
        with pytest.raises(CheckpointError, match="remove it"):
            read_judged(folder, judged.sha256)


def test_another_set_of_labels_or_judges_is_not_mixed_in(
    tmp_path: Path, checkpoint_folder: Path, clips: list[Clip]
) -> None:
    split = split_by_speaker(clips)
    fine_tune(checkpoint_folder, split, tmp_path / "out", Tuning(epochs=1), quiet)
    fewer = [clip for clip in clips if clip.emotion == "sad"]
    for other in (split_by_speaker(fewer), split_by_speaker(clips, ["0", "1"])):
        with pytest.raises(CheckpointError, match="begun from another"):
            fine_tune(checkpoint_folder, other, tmp_path / "out", Tuning(epochs=2), quiet)


def test_a_folder_without_a_model_or_a_device_that_is_not_there_is_refused(
    tmp_path: Path, clips: list[Clip], checkpoint_folder: Path
) -> None:
    split = split_by_speaker(clips)
    with pytest.raises(CheckpointError, match="cannot be opened"):
        fine_tune(tmp_path, split, tmp_path / "out", Tuning(), quiet)
    if torch.cuda.is_available():
        pytest.skip("there is a CUDA device here: it is not refused")
    with pytest.raises(CheckpointError, match="no CUDA device here"):
        fine_tune(checkpoint_folder, split, tmp_path / "out", Tuning(device="cuda"), quiet)


def test_a_full_disk_is_a_sentence_and_the_last_state_stays(
    tmp_path: Path, checkpoint_folder: Path, clips: list[Clip]
) -> None:
    split = split_by_speaker(clips)
    fine_tune(checkpoint_folder, split, tmp_path / "out", Tuning(epochs=1), quiet)
    kept = file_sha256(tmp_path / "out" / STATE_FILE)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        with pytest.raises(CheckpointError, match="is there room"):
            fine_tune(checkpoint_folder, split, tmp_path / "out", Tuning(epochs=2), quiet)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert file_sha256(tmp_path / "out" / STATE_FILE) == kept
    assert not list((tmp_path / "out").glob(".*"))


@pytest.mark.corpus
def test_real_clips_of_eight_emotions_by_command(
    tmp_path: Path, checkpoint_folder: Path, corpus_folder: Path
) -> None:
    wanted = [f"03-01-0{emotion}-01-01-01-{actor}.flac"
              for emotion in range(1, 9) for actor in ("01", "02", "23", "24")]  # fmt: skip
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name in wanted:
        (corpus / name).symlink_to(corpus_folder / "ravdess" / "flac" / name)
    command = [Path(sys.executable).parent / "sottovoce", "train", "--backbone", checkpoint_folder,
               corpus, "--epochs", "2", "--output", tmp_path / "out",
               "--held-out", "23", "--held-out", "24"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "16 clips to learn angry, calm, disgust, fearful" in done.stderr
    assert "epoch 2 of 2: loss" in done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()[:-1]] == [
        "ua", "wa", "macro_f1", "clips", "ece", "temperature"
    ]  # fmt: skip
    five = [*command[:-6], "--output", tmp_path / "five", "--epochs", "1"]
    for word in ("02", "07", "08"):  # calm, disgust, surprised in its file names
        five += ["--label", f"{word}=ignored"]
    done = subprocess.run(five, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert read_checkpoint(tmp_path / "five").labels == (
        "angry", "fearful", "happy", "neutral", "sad"
    )  # fmt: skip
