"""A model's card: what it is, what it was trained on, what it reached, how far it may be off."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sottovoce.errors import ModelError

CARD_FILE = "card.json"
FUNCTIONALS = "functionals"
SPEECH = "speech"


@dataclass(frozen=True, slots=True)
class Card:
    """What ``card.json`` beside a model's ONNX file says.

    ``features`` is the digest of the names of the functionals the model was trained on (None when
    it hears other inputs); ``doubt`` are the three numbers of the stress interval, ``certainty``
    those of the certainty rule (None when it was not judged on held-out voices); ``figures`` are
    the measured ones, by name; ``text`` the rest, for people. ``kind`` says how the model is run;
    ``parts`` are further files with their SHA-256; without a calibration the model's shares are no
    confidence.
    """

    name: str
    summary: str
    file: str
    sha256: str
    licence: str
    labels: tuple[str, ...]
    features: str | None
    doubt: Mapping[str, float]
    certainty: Mapping[str, float] | None
    figures: Mapping[str, Any]
    text: Mapping[str, Any]
    folder: Path
    kind: str = FUNCTIONALS
    parts: Mapping[str, str] = field(default_factory=dict)
    calibrated: bool = True

    @property
    def files(self) -> Mapping[Path, str]:
        """All files of the model with their SHA-256."""
        named = {self.file: self.sha256, **self.parts}
        return {self.folder / name: sha256 for name, sha256 in named.items()}

    @property
    def weights(self) -> Path:
        """The ONNX file."""
        return self.folder / self.file


def read_card(folder: Path) -> Card:
    """Read the card of the model in ``folder``.

    Raises
    ------
    ModelError
        There is no card, or it lacks something.
    """
    path = folder / CARD_FILE
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        return Card(
            name=known["name"],
            summary=known["summary"],
            file=known["file"],
            sha256=known["sha256"],
            licence=known["licence"],
            labels=tuple(known["labels"]),
            features=known.get("features"),
            doubt=known["doubt"],
            certainty=known.get("certainty"),
            figures=known.get("figures", {}),
            text=known.get("text", {}),
            folder=folder,
            kind=known.get("kind", FUNCTIONALS),
            parts=known.get("parts", {}),
            calibrated=known.get("calibrated", True),
        )
    except FileNotFoundError as trouble:
        raise ModelError(f"there is no model card at '{path}'") from trouble
    except (json.JSONDecodeError, UnicodeDecodeError) as trouble:
        raise ModelError(f"the model card '{path}' is not readable JSON") from trouble
    except (KeyError, TypeError) as trouble:
        raise ModelError(f"the model card '{path}' lacks {trouble}") from trouble
