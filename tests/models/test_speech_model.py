"""A model of speech, opened from its card: its answers in our words, its files checked."""

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from sottovoce.domain import UNNAMED
from sottovoce.errors import ModelError
from sottovoce.models.card import Card, read_card
from sottovoce.models.speech_model import SpeechModel
from sottovoce.training.shipping import ship

LABELS = ["happy", "sad", "happy", "Bored"]


def stand_in(outputs: int) -> bytes:
    """Logits 0, 1, 2 ... times the mean of the samples; the means are the mean itself."""
    weights = helper.make_tensor("w", TensorProto.FLOAT, [1, outputs], range(outputs))
    axis = helper.make_tensor("axis", TensorProto.INT64, [1], [-1])
    nodes = [
        helper.make_node("ReduceMean", ["samples", "axis"], ["mean"]),
        helper.make_node("MatMul", ["mean", "w"], ["logits"]),
        helper.make_node("Unsqueeze", ["mean", "axis"], ["means"]),
    ]
    values = {"samples": ["b", "n"], "logits": ["b", outputs], "means": ["b", 1, 1]}
    made = {n: helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in values.items()}
    graph = helper.make_graph(
        nodes, "g", [made["samples"]], [made["logits"], made["means"]], [weights, axis]
    )
    opset = [helper.make_opsetid("", 18)]
    model: onnx.ModelProto = helper.make_model(graph, opset_imports=opset, ir_version=10)
    return model.SerializeToString()


@pytest.fixture
def card(tmp_path: Path) -> Card:
    text = {
        "name": "m", "kind": "speech", "summary": "s", "licence": "l", "labels": LABELS,
        "calibrated": False, "doubt": {"quantile": 1.0, "floor": 1.0, "correlation": 1.0},
    }  # fmt: skip
    return read_card(ship(tmp_path / "m", stand_in(4), text))


def test_shares_are_the_softmax_and_those_of_one_label_are_added(card: Card) -> None:
    model = SpeechModel(card)
    emotion = model.emotion(model.logits(np.ones(16_000, np.float32)))
    raised = np.exp([0.0, 1.0, 2.0, 3.0])
    raised /= raised.sum()
    assert emotion.probabilities["happy"] == pytest.approx(raised[0] + raised[2])
    assert emotion.probabilities["Bored"] == pytest.approx(raised[3])
    assert sum(emotion.probabilities.values()) == pytest.approx(1.0)
    assert not emotion.calibrated


def test_dimensions_are_read_by_their_names(card: Card, tmp_path: Path) -> None:
    folder = ship(tmp_path / "d", stand_in(3), {"name": "d"})
    told = replace(card, folder=folder, labels=("valence", "arousal", "dominance"))
    told = replace(told, sha256=hashlib.sha256(stand_in(3)).hexdigest())
    model = SpeechModel(told)
    emotion = model.emotion(model.logits(np.full(16_000, 0.25, np.float32)))
    assert (emotion.valence, emotion.arousal, emotion.dominance) == (-1.0, -0.5, 0.0)
    assert emotion.probabilities == {UNNAMED: 1.0}


def test_a_very_short_window_is_filled_up_with_silence(card: Card) -> None:
    (_, logit, *_) = SpeechModel(card).logits(np.ones(400, np.float32))
    assert logit == pytest.approx(400 / 1600)


def test_a_changed_part_is_refused(card: Card) -> None:
    part = card.folder / "part"
    part.write_bytes(b"x")
    with pytest.raises(ModelError, match="SHA-256"):
        SpeechModel(replace(card, parts={"part": "0" * 64}))
    with pytest.raises(ModelError, match="missing"):
        SpeechModel(replace(card, parts={"other": "0" * 64}))
