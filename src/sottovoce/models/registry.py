"""Which models are here: the embedded one, and those in the person's models folder."""

from pathlib import Path

from sottovoce.errors import ModelError
from sottovoce.models.card import CARD_FILE, Card, read_card
from sottovoce.runtime import ASSETS

EMBEDDED = ASSETS / "models"
DEFAULT_MODEL = "sottovoce-acted-1"


def list_models(models_folder: Path) -> list[Card]:
    """Cards of all models, the embedded ones first, then by name."""
    folders = [*sorted(EMBEDDED.glob("*")), *sorted(models_folder.glob("*"))]
    return [read_card(folder) for folder in folders if (folder / CARD_FILE).is_file()]


def find_model(name: str, models_folder: Path) -> Card:
    """The card of the model called ``name``.

    Raises
    ------
    ModelError
        No model has that name; the sentence lists those there are.
    """
    cards = list_models(models_folder)
    for card in cards:
        if card.name == name:
            return card
    there = ", ".join(card.name for card in cards) or "none"
    raise ModelError(f"there is no model '{name}'; there are: {there}")
