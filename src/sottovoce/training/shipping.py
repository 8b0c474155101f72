"""A trained model becomes a folder with weights and a card: whole, or not there at all."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sottovoce.models.card import CARD_FILE
from sottovoce.training.folders import write_folder

WEIGHTS_FILE = "model.onnx"


def ship(folder: Path, weights: bytes, card: Mapping[str, Any]) -> Path:
    """Write a model folder; the one that was there is replaced only when the new one is whole.

    ``card`` is completed with the name of the weights' file and its SHA-256.
    """
    digest = hashlib.sha256(weights).hexdigest()
    completed = {**card, "file": WEIGHTS_FILE, "sha256": digest}
    text = json.dumps(completed, indent=2, ensure_ascii=False) + "\n"
    write_folder(folder, {WEIGHTS_FILE: weights, CARD_FILE: text.encode()})
    return folder
