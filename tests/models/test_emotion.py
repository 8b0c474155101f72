"""A model says what its weights say, and is refused when they are not those of its card."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sottovoce.domain import Baseline, ModelId
from sottovoce.errors import ModelError
from sottovoce.models.card import CARD_FILE, read_card
from sottovoce.models.dimensions import PLACES
from sottovoce.models.emotion import EmotionModel


def test_probabilities_are_the_softmax_of_the_scores(model_folder: Path) -> None:
    model = EmotionModel(read_card(model_folder), "three")
    emotion = model.judge(np.float32([1.0, 9.0, -9.0])).emotion
    assert emotion.probabilities["sad"] == pytest.approx(1 / (1 + np.exp(-2)), abs=1e-6)
    assert sum(emotion.probabilities.values()) == pytest.approx(1.0)
    assert (emotion.label, emotion.model.name) == ("sad", "small")


def test_other_functionals_than_it_was_trained_on_are_refused(model_folder: Path) -> None:
    with pytest.raises(ModelError, match="trained on functionals three"):
        EmotionModel(read_card(model_folder), "four")


def test_changed_weights_are_refused(model_folder: Path) -> None:
    weights = model_folder / "model.onnx"
    weights.write_bytes(weights.read_bytes() + b"\0")
    with pytest.raises(ModelError, match="SHA-256"):
        EmotionModel(read_card(model_folder), "three")


def test_missing_weights_are_told(model_folder: Path) -> None:
    (model_folder / "model.onnx").unlink()
    with pytest.raises(ModelError, match="missing"):
        EmotionModel(read_card(model_folder), "three")


@pytest.mark.parametrize("torn", ["", "[]", "{", '{"name": "small"}'])
def test_a_torn_card_is_told(model_folder: Path, torn: str) -> None:
    (model_folder / CARD_FILE).write_text(torn)
    with pytest.raises(ModelError, match="card"):
        read_card(model_folder)


def test_a_card_without_a_doubt_is_told(model_folder: Path) -> None:
    card = json.loads((model_folder / CARD_FILE).read_text())
    del card["doubt"]
    (model_folder / CARD_FILE).write_text(json.dumps(card))
    with pytest.raises(ModelError, match="doubt"):
        read_card(model_folder)


def own_normal(model: EmotionModel, memos: int, first: float) -> Baseline:
    values = np.float32([first, 0.0, 0.0])
    deviation, embedding = np.ones(3, np.float32), np.zeros(0, np.float32)
    return Baseline(memos, model.id, values, deviation, embedding)


def test_a_voice_is_judged_against_its_own_normal(model_folder: Path) -> None:
    model = EmotionModel(read_card(model_folder), "three")
    window = np.float32([1.0, 0.0, 0.0])
    absolute = model.judge(window)
    known = model.judge(window, baseline=own_normal(model, 1000, 1.0))
    assert absolute.own is None
    assert known.emotion == absolute.emotion
    assert known.own is not None
    assert known.own.probabilities["sad"] == pytest.approx(0.5, abs=0.01)
    few = model.judge(window, baseline=own_normal(model, 1, 1.0))
    assert few.own is not None
    assert 0.5 < few.own.probabilities["sad"] < absolute.emotion.probabilities["sad"]


def test_a_baseline_made_with_other_weights_is_refused(model_folder: Path) -> None:
    model = EmotionModel(read_card(model_folder), "three")
    model.check_baseline(own_normal(model, 1, 0.0))
    other = replace(own_normal(model, 1, 0.0), model=ModelId("small", "0"))
    with pytest.raises(ModelError, match="make it again"):
        model.check_baseline(other)


def test_it_tells_how_far_a_window_lies_from_what_it_knows(model_folder: Path) -> None:
    model = EmotionModel(read_card(model_folder), "three")
    assert model.judge(np.float32([3.0, 3.0, 3.0])).distance == pytest.approx(3.0)
    assert model.judge(np.zeros(3, np.float32)).distance == 0.0


def test_arousal_and_valence_are_the_mean_place_of_the_labels(model_folder: Path) -> None:
    emotion = EmotionModel(read_card(model_folder), "three").judge(np.zeros(3, np.float32)).emotion
    assert emotion.arousal == pytest.approx((PLACES["calm"][1] + PLACES["sad"][1]) / 2)
    assert emotion.valence == pytest.approx((PLACES["calm"][0] + PLACES["sad"][0]) / 2)
    assert emotion.valence_sd == pytest.approx(abs(PLACES["calm"][0] - PLACES["sad"][0]) / 2)
    assert emotion.dominance is None
