"""A trained model becomes a folder with weights and a card: whole, or not there at all."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sottovoce.models.card import CARD_FILE

WEIGHTS_FILE = "model.onnx"


def ship(folder: Path, weights: bytes, card: Mapping[str, Any]) -> Path:
    """Write a model folder; the one that was there is replaced only when the new one is whole.

    ``card`` is completed with the name of the weights' file and its SHA-256.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        (unfinished / WEIGHTS_FILE).write_bytes(weights)
        completed = {
            **card,
            "file": WEIGHTS_FILE,
            "sha256": hashlib.sha256(weights).hexdigest(),
        }
        text = json.dumps(completed, indent=2, ensure_ascii=False) + "\n"
        (unfinished / CARD_FILE).write_text(text, encoding="utf-8")
        unfinished.chmod(0o755)
        _replace(folder, unfinished)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return folder


def _replace(folder: Path, new: Path) -> None:
    old = folder.with_name(f".{folder.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
