"""Every command and example of the page "Bring your own wav2vec 2.0" does what it says."""

import json
import re
import shlex
import shutil
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile
from tests.wav2vec2.makers import make_checkpoint

from sottovoce.cli import main
from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.models.registry import list_models
from sottovoce.runtime import ASSETS

PAGE = Path(__file__).parents[2] / "docs" / "wav2vec2.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
EMOTIONS = ("sad", "happy")

pytestmark = pytest.mark.filterwarnings(
    "ignore:Implicitly cleaning up:ResourceWarning",  # the converter's own scratch folders
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home with the checkpoints, memos and corpus that the page speaks of."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SOTTOVOCE_HOME", str(tmp_path / "sottovoce"))
    make_checkpoint(tmp_path / "my-finetune")
    make_checkpoint(tmp_path / "wav2vec2-base")
    (tmp_path / "some-memos").mkdir()
    for name in ("some-memos/memo.ogg", "memo.m4a"):
        shutil.copy(ASSETS / "samples" / "even.ogg", tmp_path / name)
    with wave.open(str(tmp_path / "memo.wav"), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        file.writeframes(np.zeros(SAMPLE_RATE_HZ, "<i2").tobytes())
    make_corpus(tmp_path / "corpora" / "ravdess")
    return tmp_path


def make_corpus(folder: Path) -> None:
    """Eight hums of four speakers, high ones happy, with a table."""
    folder.mkdir(parents=True)
    rows = ["path,speaker,emotion"]
    time_s = np.arange(SAMPLE_RATE_HZ // 2) / SAMPLE_RATE_HZ
    for n in range(8):
        sound = 0.3 * np.sin(2 * np.pi * (120.0, 900.0)[n % 2] * time_s)
        soundfile.write(folder / f"{n}.wav", sound, SAMPLE_RATE_HZ)
        rows.append(f"{n}.wav,{n // 2},{EMOTIONS[n % 2]}")
    (folder / "labels.csv").write_text("\n".join(rows))


def run_line(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program, *words = (
        str(Path(word).expanduser()) if word.startswith("~") else word
        for word in shlex.split(line, comments=True)
    )
    if program == "python":
        subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
    elif program == "sottovoce":
        monkeypatch.setattr(sys, "argv", [program, *words])
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code, line
    else:
        assert program == "pip", line


def test_the_page_from_top_to_bottom(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert len(blocks) == 6
    for language, text in blocks:
        if language == "python":
            exec(compile(text, PAGE.name, "exec"), {})
            continue
        for line in text.splitlines():
            run_line(line, monkeypatch)
    told = capsys.readouterr()
    assert "Your voice sounded" in told.out
    assert "held-out UA" in told.err
    cards = {card.name: card for card in list_models(home / "sottovoce" / "models")}
    assert {"mine", "quick", "tuned"} <= cards.keys()
    assert cards["tuned"].calibrated
    assert not cards["mine"].calibrated
    judged = json.loads((home / "tuned" / "sottovoce.json").read_text())
    assert len(judged["epochs"]) == 10
    for file in ("mine-onnx/model.onnx", "mine-coreml/model.mlpackage/Manifest.json"):
        assert (home / file).is_file()
