"""Bring your own checkpoint, as a person does it: import, look, analyse; refusals in a sentence."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.wav2vec2.makers import make_checkpoint

import sottovoce as sv
from sottovoce.analysis.wire import analysis_to_wire
from sottovoce.errors import ModelError
from sottovoce.models.registry import find_model
from sottovoce.models.speech_model import SpeechModel
from sottovoce.runtime import ASSETS
from sottovoce.wav2vec2.conversion import Order, import_checkpoint
from sottovoce.wav2vec2.naming import model_name

EVEN = ASSETS / "samples" / "even.ogg"
LABELS = ("ang", "hap", "Bored", "sad")
WITHOUT_TORCH = """
import sys
sys.modules["torch"] = sys.modules["transformers"] = sys.modules["onnx"] = None
from sottovoce.cli import main
main()
"""


def run(
    *arguments: str | Path, home: Path, torch: bool = True, file_kb: int = 0
) -> subprocess.CompletedProcess[str]:
    start = [str(Path(sys.executable).parent / "sottovoce")]
    command = [*(start if torch else [sys.executable, "-c", WITHOUT_TORCH]), *map(str, arguments)]
    environment = {**os.environ, "SOTTOVOCE_HOME": str(home), "HF_HUB_OFFLINE": "1"}
    if file_kb:
        limits = f'ulimit -f {file_kb}; exec "$@"'
        command = ["bash", "-c", limits, "bash", *command]
    return subprocess.run(command, capture_output=True, text=True, env=environment)


def test_import_show_and_analyze_without_torch(tmp_path: Path) -> None:
    folder = make_checkpoint(tmp_path / "my-finetune", head="output", labels=LABELS)
    (folder / "README.md").write_text("---\nlicense: mit\n---\n")
    done = run("models", "import", folder, "--quantize", "int8", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("imported 'my-finetune'")
    assert "differ by at most" in done.stderr
    assert "the same answer on" in done.stderr
    card = json.loads(run("models", "show", "my-finetune", home=tmp_path, torch=False).stdout)
    assert card["licence"] == "mit"
    assert card["figures"]["parity_with_torch"] <= 1e-4
    assert card["text"]["original_labels"]["2"] == LABELS[2]
    assert run("models", "verify", home=tmp_path, torch=False).returncode == 0
    told = run("analyze", "--json", "--model", "my-finetune", EVEN, home=tmp_path, torch=False)
    row = json.loads(told.stdout)
    assert row["status"] == "ok"
    assert row["confidence"] is None
    assert "not calibrated" in row["reasons"][-1]
    assert sum(row["emotions"].values()) == pytest.approx(1.0, abs=1e-3)
    assert (row["stress"]["low"], row["stress"]["high"]) == (0.0, 1.0)
    assert row["stress"]["method"] == "weighted-emotions/1"
    assert "Bored" in row["emotions"]
    assert "Bored" not in row["stress"]["contributions"]
    assert row["model"]["sha256"] == card["sha256"]
    words = run("analyze", "--model", "my-finetune", EVEN, home=tmp_path, torch=False).stdout
    assert "Your voice sounded" in words


def test_a_refusal_is_one_sentence_and_nothing_is_written(tmp_path: Path) -> None:
    broken = make_checkpoint(
        tmp_path / "broken", change=lambda w: {k: v for k, v in w.items() if "projector" not in k}
    )
    for source in (broken, "superb/wav2vec2-base-superb-er"):
        done = run("models", "import", source, "--name", "m", home=tmp_path / "home")
        assert done.returncode == 1
        assert done.stderr.startswith("sottovoce: ")
        assert len(done.stderr.splitlines()) == 1
    assert not list((tmp_path / "home").glob("models/*"))


def test_a_full_disk_during_a_conversion_is_one_sentence(
    tmp_path: Path, checkpoint_folder: Path
) -> None:
    """A limit on a file's size stands for the disk: the weights, 160 kB, do not fit."""
    home = tmp_path / "home"
    assert run("models", "import", checkpoint_folder, "--name", "m", home=home).returncode == 0
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    done = run("models", "import", checkpoint_folder, "--name", "m", home=home, file_kb=100)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "not enough room for the model" in done.stderr.splitlines()[-1]
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before
    assert [path.name for path in (home / "models").iterdir()] == ["m"]


def test_an_export_leaves_nothing_beside_it(tmp_path: Path, checkpoint_folder: Path) -> None:
    home = tmp_path / "home"
    assert run("models", "import", checkpoint_folder, "--name", "m", home=home).returncode == 0
    for form in ("onnx", "coreml"):
        done = run("export", "m", "--format", form, "--output", tmp_path / "out" / form, home=home)
        assert done.returncode == 0, done.stderr
        assert not done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["coreml", "onnx"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "out"]


def test_without_the_extra_the_message_names_it(tmp_path: Path) -> None:
    done = run("models", "import", tmp_path, home=tmp_path, torch=False)
    assert done.returncode == 1
    assert "sottovoce[wav2vec2]" in done.stderr


@pytest.mark.parametrize("name", ["sottovoce-acted-1", "../up", " ", ".hidden"])
def test_a_name_that_cannot_be_given(name: str) -> None:
    with pytest.raises(ModelError, match="--name"):
        model_name(name, "somewhere")


def test_dimensions_are_heard_without_emotions(tmp_path: Path) -> None:
    dimensions = ("arousal", "dominance", "valence")
    folder = make_checkpoint(tmp_path / "c", head="out_proj", labels=dimensions)
    import_checkpoint(Order(folder, "here", "dim"), tmp_path / "models", lambda words: None)
    analysis = sv.analyze(EVEN, model=SpeechModel(find_model("dim", tmp_path / "models")))
    wire = analysis_to_wire(analysis)
    assert (wire["emotion"], wire["confidence"], wire["emotions"]) == (None, None, {"unnamed": 1.0})
    assert None not in [wire["dimensions"][name] for name in dimensions]
    assert wire["stress"]["method"] == "dimensional/1"
