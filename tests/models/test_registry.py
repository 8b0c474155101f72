"""Models are found by name, the embedded ones first."""

from pathlib import Path

import pytest

from sottovoce.errors import ModelError
from sottovoce.models.registry import DEFAULT_MODEL, find_model, list_models
from sottovoce.runtime import file_sha256


def test_the_embedded_model_is_there_and_is_the_file_of_its_card(tmp_path: Path) -> None:
    card = find_model(DEFAULT_MODEL, tmp_path)
    assert file_sha256(card.weights) == card.sha256
    assert card.licence
    assert card.figures["ua"] > 0.5


def test_imported_models_stand_behind_the_embedded_ones(model_folder: Path) -> None:
    assert [card.name for card in list_models(model_folder.parent)][-1] == "small"


def test_an_unknown_name_is_answered_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=f"no model 'grand'; there are: .*{DEFAULT_MODEL}"):
        find_model("grand", tmp_path)
