"""What leaves this machine says what the imported model says, and how to load it."""

import json
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest

from sottovoce.domain import FloatArray
from sottovoce.models.registry import DEFAULT_MODEL, find_model
from sottovoce.models.speech_model import SpeechModel, softmax
from sottovoce.wav2vec2.conversion import Order, Outcome, import_checkpoint
from sottovoce.wav2vec2.errors import ExportError
from sottovoce.wav2vec2.export import export_onnx


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory, checkpoint_folder: Path) -> Path:
    folder = tmp_path_factory.mktemp("export") / "models"
    order = Order(checkpoint_folder, str(checkpoint_folder), "exact", licence="mit")
    import_checkpoint(order, folder, lambda words: None)
    return folder


def test_one_file_with_everything_in_it(
    tmp_path: Path, models: Path, windows: list[FloatArray]
) -> None:
    card = find_model("exact", models)
    assert export_onnx(card, tmp_path / "out", False, windows, print) is None
    onnx.checker.check_model(str(tmp_path / "out" / "model.onnx"))
    session = onnxruntime.InferenceSession(
        tmp_path / "out" / "model.onnx", providers=["CPUExecutionProvider"]
    )
    told = session.get_modelmeta().custom_metadata_map
    assert json.loads(told["labels"]) == list(card.labels)
    assert json.loads(told["preprocessing"])["sampling_rate_hz"] == 16_000
    assert told["licence"] == "mit"
    found = session.run(["logits"], {"samples": windows[0][None]})[0][0]
    assert (found == SpeechModel(card).logits(windows[0])).all()


def test_eight_bits_are_smaller_and_their_agreement_is_told(
    tmp_path: Path, models: Path, windows: list[FloatArray]
) -> None:
    card = find_model("exact", models)
    export_onnx(card, tmp_path / "exact", False, windows, print)
    reached = export_onnx(card, tmp_path / "small", True, windows, print)
    assert reached is not None
    assert 0 < reached.difference < 0.05
    sizes = [(tmp_path / name / "model.onnx").stat().st_size for name in ("small", "exact")]
    assert sizes[0] < sizes[1]


def test_an_eight_bit_model_is_exported_as_it_is(
    tmp_path: Path, imported: tuple[Path, Outcome], windows: list[FloatArray]
) -> None:
    models, outcome = imported
    card = find_model("mine", models)
    reached = export_onnx(card, tmp_path / "out", True, windows, print)
    assert (reached is None) == (outcome.trial is not outcome.exact)


def test_the_example_runs(tmp_path: Path, models: Path, windows: list[FloatArray]) -> None:
    card = find_model("exact", models)
    export_onnx(card, tmp_path / "out", False, windows, print)
    samples = (np.clip(windows[1], -1, 1) * 32767).astype("<i2")
    with wave.open(str(tmp_path / "memo.wav"), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    command = [sys.executable, tmp_path / "out" / "example.py", tmp_path / "memo.wav"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    printed = [float(line.split()[1]) for line in done.stdout.splitlines()]
    wanted = softmax(SpeechModel(card).logits(samples.astype(np.float32) / 32768))
    assert printed == pytest.approx(wanted.tolist(), abs=6e-4)


def test_what_cannot_be_exported(tmp_path: Path, models: Path, windows: list[FloatArray]) -> None:
    with pytest.raises(ExportError, match="not an imported model"):
        export_onnx(find_model(DEFAULT_MODEL, models), tmp_path / "out", False, windows, print)
    with pytest.raises(ExportError, match="already something"):
        export_onnx(find_model("exact", models), tmp_path, False, windows, print)
    assert list(tmp_path.iterdir()) == []
