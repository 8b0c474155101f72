import json
import shutil
import subprocess
import sys
import wave
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import sottovoce
from journals import run
from riskmodels import GOOD
from sottovoce.analysis.batch import Plan
from sottovoce.analysis.wire import analysis_to_wire
from sottovoce.errors import ModelError
from sottovoce.journal.errors import ArchiveError
from sottovoce.journal.wire import entry_from_line
from sottovoce.models.card import read_card
from sottovoce.risk.analysing import open_analyst
from sottovoce.risk.features.hearing import Heard
from sottovoce.risk.fence.gate import FenceError, passed
from sottovoce.risk.fence.model import Answer, RiskModel
from sottovoce.risk.fence.words import NOTICE, alert, sentences
from sottovoce.runtime import ASSETS
from sottovoce.server.schemas.analysis import Analysis as WireAnalysis

MakeModel = Callable[..., Path]
SAMPLE = ASSETS / "samples" / "slow.ogg"
BAD = [
    (None, "holds no evaluation"),
    ("excellent", "holds no evaluation"),
    (GOOD | {"speaker_disjoint": False}, "people it had not heard"),
    (GOOD | {"speaker_disjoint": "yes"}, "people it had not heard"),
    (GOOD | {"labels": "made"}, "made interviews"),
    (GOOD | {"labels": "unstated"}, "a questionnaire's or a clinician's"),
    (GOOD | {"labels": "anything"}, "a questionnaire's or a clinician's"),
    (GOOD | {"auc": {"value": 0.6, "low": 0.45, "high": 0.7}}, "no better than chance"),
    (GOOD | {"auc": {"value": 0.6, "low": float("nan"), "high": 0.7}}, "no better than chance"),
    (GOOD | {"cases": 5}, "fewer than 20 people"),
    ({key: value for key, value in GOOD.items() if key != "sensitivity"}, "is not whole"),
    (GOOD | {"auc": 0.9}, "is not whole"),
]


@pytest.mark.parametrize(("evaluation", "sentence"), BAD)
def test_no_python_door_opens_without_an_evaluation(
    make_model: MakeModel, evaluation: Any, sentence: str
) -> None:
    card = read_card(make_model(evaluation))
    for door in (passed, RiskModel, lambda card: open_analyst(card.name)):
        with pytest.raises(FenceError, match=sentence):
            door(card)


@pytest.mark.parametrize(("evaluation", "sentence"), BAD)
def test_no_number_leaves_the_command_line(
    make_model: MakeModel, evaluation: Any, sentence: str
) -> None:
    make_model(evaluation)
    done = analyzed("--risk", "heavy", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert "low_mood stays a marker" in done.stderr


def test_a_model_of_risk_is_no_model_of_emotions(make_model: MakeModel) -> None:
    make_model()
    with pytest.raises(ModelError, match="a model of kind 'risk'"):
        sottovoce.load_model("heavy")
    done = analyzed("--model", "heavy", "--json")
    assert done.returncode == 1
    assert "a model of kind 'risk'" in done.stderr
    assert "probability" not in done.stdout


def test_an_answer_is_kept_in_no_journal(make_model: MakeModel, home: Path, tmp_path: Path) -> None:
    """Nor is one taken in that an export was made to carry."""
    make_model()
    assert analyzed("--risk", "heavy", "--json", "--save").returncode == 0
    shown = run("journal", "list", "--json", home=home).stdout
    assert "risk" not in json.loads(shown)["analysis"]
    assert "like cases" not in shown
    entry = json.loads(shown)
    entry["analysis"]["risk"] = {"verdict": "like cases", "probability": 0.9}
    with pytest.raises(ArchiveError, match="low mood"):
        entry_from_line(json.dumps(entry).encode(), "me")


def test_twelve_minutes_of_silence_get_no_number(make_model: MakeModel, tmp_path: Path) -> None:
    make_model()
    with wave.open(str(tmp_path / "long.wav"), "wb") as out:
        out.setparams((1, 1, 8_000, 0, "NONE", ""))
        out.writeframes(b"\x80" * (8_000 * 12 * 60))
    analyst, memo = open_analyst("heavy"), tmp_path / "long.wav"
    list(analyst.outcomes([memo], Plan()))
    assert analyst.beside(str(memo))["risk"]["probability"] is None
    assert analyst.words(str(memo)) == ("There was too little speech to say more: undecided.",)


def test_a_model_of_emotions_is_no_model_of_risk(home: Path) -> None:
    with pytest.raises(FenceError, match="no model of low mood"):
        open_analyst("sottovoce-acted-1")


def test_an_analysis_has_no_room_for_a_number_and_neither_has_the_service() -> None:
    analysis = sottovoce.analyze(SAMPLE)
    assert analysis.low_mood is not None
    assert analysis.low_mood.method == "experimental-low-mood/1"
    assert "risk" not in analysis_to_wire(analysis)
    assert "risk" not in json.dumps(WireAnalysis.model_json_schema())


def test_other_weights_under_a_good_card_are_refused(make_model: MakeModel) -> None:
    folder = make_model()
    (folder / "model.onnx").write_bytes((folder / "model.onnx").read_bytes() + b"x")
    with pytest.raises(ModelError, match="SHA-256"):
        open_analyst("heavy")


def test_other_features_are_refused(make_model: MakeModel) -> None:
    make_model(feature_version="0")
    with pytest.raises(ModelError, match="train it again"):
        open_analyst("heavy")


def analyzed(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(shutil.which("sottovoce", path=Path(sys.executable).parent)), "analyze"]
    return subprocess.run(
        [*command, str(SAMPLE), *arguments], capture_output=True, text=True, check=False
    )


def test_a_judged_model_answers_with_its_doubt(make_model: MakeModel) -> None:
    make_model()
    done = analyzed("--risk", "heavy", "--json")
    assert done.returncode == 0
    assert NOTICE in done.stderr
    said = json.loads(done.stdout)["risk"]
    assert said["verdict"] in ("like cases", "not like cases", "undecided")
    if said["probability"] is not None:
        assert 0 <= said["low"] <= said["probability"] <= said["high"] <= 1
    assert said["ppv_at_8_percent"] == pytest.approx(0.1959, abs=1e-4)
    assert all("you are" not in sentence for sentence in said["words"])


def test_risk_is_not_heard_side_by_side(make_model: MakeModel) -> None:
    make_model()
    assert analyzed("--risk", "heavy", "--jobs", "2").returncode == 2


def heard(pause_ratio: float, segments: int = 5) -> Heard:
    markers = np.full(13, np.nan, np.float32)
    markers[9] = pause_ratio
    return Heard(
        segments=np.zeros((segments, 98), np.float32),
        embeddings=np.zeros((segments, 0), np.float32),
        markers=markers,
        starts_s=np.arange(float(segments)),
        snr_db=np.array([20.0]),
    )


def test_undecided_is_an_answer(make_model: MakeModel) -> None:
    model = RiskModel(read_card(make_model()))
    verdicts = [model.judge(heard(ratio)).verdict for ratio in (0.0, 0.182, 0.6)]
    assert verdicts == ["not like cases", "undecided", "like cases"]


def test_too_little_speech_gets_no_number(make_model: MakeModel) -> None:
    model = RiskModel(read_card(make_model()))
    answer = model.judge(heard(0.6, segments=2))
    assert answer == Answer("undecided", None, None, None)
    assert sentences(answer, model.evaluation) == (
        "There was too little speech to say more: undecided.",
    )


def test_the_answer_in_words(make_model: MakeModel) -> None:
    model = RiskModel(read_card(make_model()))
    said = " ".join(sentences(model.judge(heard(0.6)), model.evaluation))
    assert said.startswith("Your voice sounded")
    assert "20 of 100 voices that sound so belong to one of them" in said


def test_no_alert_before_five_memos_in_a_row() -> None:
    high, low = Answer("like cases", 0.8, 0.7, 0.9), Answer("not like cases", 0.2, 0.1, 0.3)
    unsure = replace(high, verdict="undecided")
    assert alert([high] * 4) is None
    assert alert([high, high, low, high, high, high]) is None
    told = alert([high, unsure, high, high, high, high])
    assert told is not None
    assert "heavier" in told


def test_nothing_heavy_is_needed_to_answer(make_model: MakeModel) -> None:
    make_model()
    script = (
        "import sys\n"
        "for name in ('keras', 'torch', 'sklearn', 'jinja2', 'onnx', 'scipy'):\n"
        "    sys.modules[name] = None\n"
        "from sottovoce.risk.analysing import open_analyst\n"
        "from sottovoce.analysis.batch import Plan\n"
        "from pathlib import Path\n"
        "analyst = open_analyst('heavy')\n"
        f"list(analyst.outcomes([Path({str(SAMPLE)!r})], Plan()))\n"
        f"assert analyst.beside({str(SAMPLE)!r})['risk']['model'] == 'heavy'\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
