"""A model folder is whole or not there."""

from pathlib import Path

import pytest

from sottovoce.models.card import read_card
from sottovoce.training.shipping import ship

CARD = {
    "name": "n",
    "summary": "s",
    "licence": "l",
    "labels": ["sad"],
    "doubt": {},
}


def test_a_shipped_model_can_be_read(tmp_path: Path) -> None:
    card = read_card(ship(tmp_path / "m", b"weights", CARD))
    assert card.weights.read_bytes() == b"weights"


def test_an_older_model_is_replaced(tmp_path: Path) -> None:
    ship(tmp_path / "m", b"old", CARD)
    assert read_card(ship(tmp_path / "m", b"new", CARD)).weights.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["m"]


def test_a_failure_leaves_the_older_model_and_nothing_else(tmp_path: Path) -> None:
    ship(tmp_path / "m", b"old", CARD)
    with pytest.raises(TypeError):
        ship(tmp_path / "m", b"new", CARD | {"figures": {1, 2}})
    assert read_card(tmp_path / "m").weights.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["m"]
