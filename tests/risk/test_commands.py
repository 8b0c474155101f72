"""From one command to report and card, on a made tree; and one sentence for each bad input."""

import json
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.models.card import read_card
from sottovoce.risk.commands import add_commands
from sottovoce.risk.fence.gate import FenceError, passed
from sottovoce.training.errors import CorpusError

if find_spec("keras") is None or find_spec("torch") is None:
    pytest.skip(
        "Keras or torch is not here: pip install 'sottovoce[risk]'", allow_module_level=True
    )

MakeDaic = Callable[..., Path]
MakeVoices = Callable[[int], dict[str, list[FloatArray]]]
Write = Callable[[Path, FloatArray], None]
TWO = {"300": "2", "301": "15"}
ALL_NAMES = (("concat", "transformer"), ("gated", "bilstm"), ("cross-attention", "transformer"))
QUICK = ("--folds", "2", "--seeds", "2", "--quick")
OVERRUN = (("0.0", "1.0", "Ellie", "hi"), ("1.2", "90.0", "Participant", "hello"))


def asked(*arguments: object) -> Any:
    """The wing's commands in this process."""
    app = typer.Typer()
    add_commands(app)
    return CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.fixture
def labels(tmp_path: Path, make_voices: MakeVoices, write_plain: Write) -> Path:
    """A corpus of five voices, as ``make interviews`` takes them."""
    rows = ["path,speaker,emotion"]
    for name, clips in make_voices(5).items():
        for number, clip in enumerate(clips):
            write_plain(tmp_path / "voices" / f"{name}{number}.wav", clip)
            rows.append(f"{name}{number}.wav,{name},neutral")
    (tmp_path / "voices" / "labels.csv").write_text("\n".join(rows))
    return tmp_path / "voices" / "labels.csv"


def test_from_made_interviews_to_report_and_card(labels: Path, tmp_path: Path) -> None:
    made, model, cache = tmp_path / "made", tmp_path / "mine", ("--cache", tmp_path / "kept")
    done = asked("make", "interviews", made, "--voices", labels, "--people", 8)
    assert done.exit_code == 0, done.output
    where = ("--name", "mine", "--output", model, "--report", tmp_path / "report")
    done = asked("train", "risk", made, *where, *QUICK, *cache)
    assert done.exit_code == 0, done.output
    assert "AUC, mean of the seeds' logits" in done.stdout
    assert "AUC of one seed: mean, and a deviation either way" in done.stdout
    figures = json.loads((tmp_path / "report" / "figures.json").read_text())
    assert {"figures", "ppv", "calibration"} <= set(figures)
    told = (tmp_path / "report" / "card.md").read_text()
    assert "8 people of daic-woz with 4 voices, 4 of them cases." in told
    assert "no number of this model is ever shown" in told
    assert "'mine' says no number: it was trained or judged on made interviews" in done.stderr
    card = read_card(model)
    assert card.text["risk"]["evaluation"]["labels"] == "made"
    assert card.text["risk"]["evaluation"]["speaker_disjoint"] is True
    with pytest.raises(FenceError, match="made interviews"):
        passed(card)
    other = ("--fusion", "concat", "--output", tmp_path / "judged")
    done = asked("evaluate", "risk", made, *other, "--folds", 2, "--seeds", 1, "--quick", *cache)
    assert done.exit_code == 0, done.output
    assert "concat,transformer" in (tmp_path / "judged" / "tables" / "settings.csv").read_text()


@pytest.fixture
def encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A speech model of random weights among the person's own; its name."""
    for needed in ("transformers", "onnx"):
        pytest.importorskip(needed, reason="a speech model is imported with: sottovoce[wav2vec2]")
    from tests.wav2vec2.makers import make_checkpoint

    from sottovoce.wav2vec2.conversion import Order, import_checkpoint

    monkeypatch.setenv("SOTTOVOCE_HOME", str(tmp_path / "home"))
    place = make_checkpoint(tmp_path / "checkpoint")
    import_checkpoint(Order(place, "made", "tiny"), tmp_path / "home" / "models", lambda _: None)
    return "tiny"


def test_each_fusion_and_sequence_model_by_command(
    labels: Path, tmp_path: Path, encoder: str
) -> None:
    made, cache = tmp_path / "made", ("--cache", tmp_path / "kept")
    asked("make", "interviews", made, "--voices", labels, "--people", 8)
    plan = ("--encoder", encoder, "--folds", 2, "--seeds", 1, "--quick", *cache)
    for fusion, sequence in ALL_NAMES:
        named = ("--fusion", fusion, "--sequence", sequence, "--output", tmp_path / fusion)
        done = asked("evaluate", "risk", made, *plan, *named)
        assert done.exit_code == 0, done.exception
        table = (tmp_path / fusion / "tables" / "settings.csv").read_text()
        assert f"{fusion},{sequence}" in table
    told = asked("evaluate", "risk", made, *plan, "--fusion", "sum").exception
    assert str(told) == "there is no fusion 'sum'; there are: concat, gated, cross-attention"


def lose(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / "300_P" / name).unlink()


def strangers(folder: Path) -> None:
    """A split that names nobody who is here."""
    split = folder / "train_split_Depression_AVEC2017.csv"
    split.write_text(split.read_text().replace("300,", "390,").replace("301,", "391,"))


def nothing(_: Path) -> None:
    """Leave the tree as it is."""


@pytest.mark.parametrize(
    ("scores", "turns", "harm", "sentence"),
    [
        (TWO, None, lose("300_AUDIO.wav"), "has no '300_AUDIO.wav' for its transcript"),
        (TWO, None, lose("300_TRANSCRIPT.csv"), "has no transcript beside it"),
        (TWO, OVERRUN, nothing, "runs to 90.0 s, the sound only to 4.0 s"),
        (TWO | {"302": "25"}, None, nothing, "the PHQ-8 of '302' is '25'; it runs from 0 to 24"),
        ({"300": "2", "301": "3"}, None, nothing, "is not a case; both kinds are needed"),
        (TWO, None, strangers, "holds no interviews"),
        (TWO, None, nothing, "no speech was heard in any interview"),
    ],
)
def test_bad_trees_are_one_sentence(
    make_daic: MakeDaic,
    scores: Mapping[str, str],
    turns: tuple[tuple[str, ...], ...] | None,
    harm: Callable[[Path], None],
    sentence: str,
) -> None:
    folder = make_daic(scores, turns) if turns else make_daic(scores)
    harm(folder)
    trouble = asked("train", "risk", folder, *QUICK, "--cache", folder / "kept").exception
    assert isinstance(trouble, CorpusError)
    assert sentence in str(trouble)
    assert "\n" not in str(trouble)


def test_twelve_minutes_of_silence(tmp_path: Path, write_plain: Write) -> None:
    write_plain(tmp_path / "long.wav", np.zeros(12 * 60 * SAMPLE_RATE_HZ, np.float32))
    write_plain(tmp_path / "short.wav", np.zeros(SAMPLE_RATE_HZ, np.float32))
    (tmp_path / "people.csv").write_text("path,speaker,phq8\nlong.wav,ann,3\nshort.wav,bo,13\n")
    done = asked("evaluate", "risk", tmp_path / "people.csv", *QUICK, "--cache", tmp_path / "kept")
    assert "no speech was heard in any interview" in str(done.exception)
