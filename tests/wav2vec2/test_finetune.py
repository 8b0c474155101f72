"""Fine-tuning learns, goes on where it stopped, and makes a checkpoint like any other."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch

from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.training.manifest import Clip
from sottovoce.wav2vec2.checkpoint import read_checkpoint
from sottovoce.wav2vec2.errors import CheckpointError
from sottovoce.wav2vec2.finetune import STATE_FILE, Tuning, fine_tune


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
    fine_tune(checkpoint_folder, clips, tmp_path / "out", tuning, said.append)
    losses = [float(line.rsplit(" ", 1)[1]) for line in said]
    assert losses[-1] < 0.6 * losses[0]
    before, after = read_checkpoint(checkpoint_folder), read_checkpoint(tmp_path / "out")
    assert after.labels == ("happy", "sad")
    moved = {
        name for name, values in before.weights.items()
        if name.startswith("encoder.") and not np.array_equal(values, after.weights[name])
    }  # fmt: skip
    assert bool(moved) == bool(layers)
    assert all(name.startswith("encoder.layers.1.") for name in moved)


def test_a_run_that_was_interrupted_ends_as_one_that_was_not(
    tmp_path: Path, checkpoint_folder: Path, clips: list[Clip]
) -> None:
    fine_tune(checkpoint_folder, clips, tmp_path / "whole", Tuning(epochs=3), quiet)
    fine_tune(checkpoint_folder, clips, tmp_path / "parts", Tuning(epochs=2), quiet)
    fine_tune(checkpoint_folder, clips, tmp_path / "parts", Tuning(epochs=3), quiet)
    whole, parts = (
        torch.load(tmp_path / name / STATE_FILE, weights_only=True)["weights"]
        for name in ("whole", "parts")
    )
    assert all(torch.allclose(whole[name], parts[name], atol=1e-6) for name in whole)


def test_another_set_of_labels_is_not_mixed_in(
    tmp_path: Path, checkpoint_folder: Path, clips: list[Clip]
) -> None:
    fine_tune(checkpoint_folder, clips, tmp_path / "out", Tuning(epochs=1), quiet)
    fewer = [clip for clip in clips if clip.emotion == "sad"]
    with pytest.raises(CheckpointError, match="other labels"):
        fine_tune(checkpoint_folder, fewer, tmp_path / "out", Tuning(epochs=2), quiet)


def test_a_folder_without_a_model_is_refused(tmp_path: Path, clips: list[Clip]) -> None:
    with pytest.raises(CheckpointError, match="cannot be opened"):
        fine_tune(tmp_path, clips, tmp_path / "out", Tuning(), quiet)
