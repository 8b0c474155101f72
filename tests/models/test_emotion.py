"""A model says what its weights say, and is refused when they are not those of its card."""

import json
from pathlib import Path

import numpy as np
import pytest

from sottovoce.errors import ModelError
from sottovoce.models.card import CARD_FILE, read_card
from sottovoce.models.emotion import EmotionModel


def test_probabilities_are_the_softmax_of_the_scores(model_folder: Path) -> None:
    model = EmotionModel(read_card(model_folder), "three")
    emotion = model.predict(np.float32([1.0, 9.0, -9.0]))
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
