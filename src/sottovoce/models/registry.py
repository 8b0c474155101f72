"""Which models are here: the embedded one, and those in the person's models folder.

While a model is replaced, the one before rests under a hidden name. Where the replacement was
interrupted, it is still found there.
"""

from pathlib import Path

from sottovoce.errors import ModelError
from sottovoce.models.card import CARD_FILE, Card, read_card
from sottovoce.runtime import ASSETS

EMBEDDED = ASSETS / "models"
DEFAULT_MODEL = "sottovoce-acted-1"
RESTING = ".before"


def list_models(models_folder: Path) -> list[Card]:
    """Cards of all models, the embedded ones first, then by name."""
    folders = [*sorted(EMBEDDED.glob("*")), *_model_folders(models_folder)]
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


def resting_folder(folder: Path) -> Path:
    """Where a model lies while it is replaced.

    >>> resting_folder(Path("models/mine")).as_posix()
    'models/.mine.before'
    """
    return folder.with_name(f".{folder.name}{RESTING}")


def resting_folders(models_folder: Path) -> dict[str, Path]:
    """Models whose replacement was interrupted, by name; or is under way."""
    resting = sorted(models_folder.glob(f".*{RESTING}"))
    return {path.name[1 : -len(RESTING)]: path for path in resting}


def _model_folders(models_folder: Path) -> list[Path]:
    whole = {path.name: path for path in models_folder.glob("[!.]*")}
    found = resting_folders(models_folder) | whole
    return [found[name] for name in sorted(found)]
