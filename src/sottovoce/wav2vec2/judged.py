"""What fine-tuning measured of a checkpoint, kept beside it for the import."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sottovoce.wav2vec2.errors import CheckpointError

JUDGED_FILE = "sottovoce.json"
DOUBT = {"quantile", "floor", "correlation"}


@dataclass(frozen=True, slots=True)
class Judged:
    """Figures of a fine-tuned checkpoint on speakers it has not learnt from.

    ``sha256`` is that of its weights; ``temperature`` is already in its classifier; ``figures`` are
    ua, wa, macro_f1, clips and, where calibrated, ece; ``doubt`` the three numbers of the stress
    interval, None where it is not calibrated; ``epochs`` the loss and the held-out UA of each.
    """

    sha256: str
    temperature: float
    figures: Mapping[str, float]
    doubt: Mapping[str, float] | None
    held_out: tuple[str, ...]
    epochs: tuple[Mapping[str, float], ...]


def write_judged(folder: Path, judged: Judged) -> None:
    """Write it beside the checkpoint's weights."""
    text = json.dumps(asdict(judged), indent=2, ensure_ascii=False)
    (folder / JUDGED_FILE).write_text(text + "\n", encoding="utf-8")


def read_judged(folder: Path, sha256: str) -> Judged | None:
    """What was measured of a checkpoint; None when nothing was, or of other weights.

    Raises
    ------
    CheckpointError
        The file is not one that fine-tuning wrote.
    """
    file = folder / JUDGED_FILE
    if not file.is_file():
        return None
    try:
        judged = _judged(json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError) as trouble:
        raise CheckpointError(
            f"'{JUDGED_FILE}' of the checkpoint is not what fine-tuning writes; remove it"
        ) from trouble
    return judged if judged.sha256 == sha256 else None


def _judged(told: dict[str, Any]) -> Judged:
    doubt = told["doubt"]
    if doubt is not None and (set(doubt) != DOUBT or "ece" not in told["figures"]):
        raise ValueError("no whole calibration")
    return Judged(
        sha256=str(told["sha256"]),
        temperature=float(told["temperature"]),
        figures={name: float(value) for name, value in told["figures"].items()},
        doubt=doubt and {name: float(value) for name, value in doubt.items()},
        held_out=tuple(map(str, told["held_out"])),
        epochs=tuple(dict(epoch) for epoch in told["epochs"]),
    )
