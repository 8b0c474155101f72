"""The card of an imported model."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sottovoce import __version__
from sottovoce.models.card import CARD_FILE, SPEECH
from sottovoce.runtime import file_sha256
from sottovoce.wav2vec2.checkpoint import Checkpoint
from sottovoce.wav2vec2.graph.files import GRAPH_FILE, WEIGHTS_FILE
from sottovoce.wav2vec2.judged import Judged, read_judged
from sottovoce.wav2vec2.metadata import our_labels, preprocessing_of

if TYPE_CHECKING:
    from sottovoce.wav2vec2.conversion import Order, Outcome

# No one has measured the error of an imported model, so its intervals are as wide as can be.
WIDEST = {"quantile": 1.0, "floor": 1.0, "correlation": 1.0}
LIMITS = (
    "Not calibrated: its shares are a softmax, no confidence, and the stress interval is 0 to 1. "
)
JUDGED_LIMITS = (
    "Calibrated, and its doubt measured, on {speakers} held-out speakers of the corpus it was "
    "fine-tuned on: other voices, rooms and languages may be heard worse. "
)
PURPOSE = "Not a measurement of a person; not for use at work or in education."


def write_card(folder: Path, checkpoint: Checkpoint, order: "Order", outcome: "Outcome") -> None:
    """Write the card beside the model's files."""
    judged = read_judged(checkpoint.folder, checkpoint.sha256)
    card = _card(folder, checkpoint, order, outcome)
    if judged is not None:
        card |= _measured(card, judged)
    text = json.dumps(card, indent=2, ensure_ascii=False)
    (folder / CARD_FILE).write_text(text + "\n", encoding="utf-8")


def _card(
    folder: Path, checkpoint: Checkpoint, order: "Order", outcome: "Outcome"
) -> dict[str, Any]:
    return {
        "name": order.name,
        "kind": SPEECH,
        "summary": f"{_summary(checkpoint, outcome)}; not calibrated",
        "licence": order.licence or checkpoint.licence,
        "labels": list(our_labels(checkpoint)),
        "calibrated": False,
        "features": None,
        "doubt": WIDEST,
        "figures": _figures(outcome),
        "text": _text(checkpoint, order, outcome),
        "file": GRAPH_FILE,
        "sha256": file_sha256(folder / GRAPH_FILE),
        "parts": {WEIGHTS_FILE: file_sha256(folder / WEIGHTS_FILE)},
    }


def _measured(card: dict[str, Any], judged: Judged) -> dict[str, Any]:
    """What fine-tuning measured, in the card's words; without a doubt it stays uncalibrated."""
    figures = {**card["figures"], **judged.figures, "temperature": judged.temperature}
    text = {**card["text"], "held_out_speakers": judged.held_out, "epochs": judged.epochs}
    if judged.doubt is None:
        return {"figures": figures, "text": text}
    limits = JUDGED_LIMITS.format(speakers=len(judged.held_out)) + PURPOSE
    return {
        "figures": figures,
        "text": {**text, "limits": limits},
        "summary": card["summary"].replace("not calibrated", "calibrated on held-out speakers"),
        "calibrated": True,
        "doubt": judged.doubt,
    }


def _summary(checkpoint: Checkpoint, outcome: "Outcome") -> str:
    arch = checkpoint.arch
    what = "arousal, dominance, valence" if checkpoint.dimensional else (
        f"{len(checkpoint.labels)} labels"
    )  # fmt: skip
    return (
        f"imported {arch.family}, {arch.layers} layers of {arch.width}, head "
        f"'{checkpoint.head.name}', {what}; {outcome.trial.name}"
    )


def _figures(outcome: "Outcome") -> dict[str, Any]:
    return {
        "parity_with_torch": outcome.parity.difference,
        "parity_windows": outcome.parity.windows,
        "cpu_ms_per_s": round(outcome.trial.ms_per_s, 1),
        "cpu_ms_per_s_float32": round(outcome.exact.ms_per_s, 1),
        "precisions_tried": {
            name: {
                "same_answer": one.same,
                "to_expect": one.crossed,
                "difference": one.difference,
                "windows": one.windows,
            }
            for name, one in outcome.tried.items()
        },
    }


def _text(checkpoint: Checkpoint, order: "Order", outcome: "Outcome") -> dict[str, Any]:
    return {
        "source": order.source,
        "source_sha256": checkpoint.sha256,
        "original_labels": dict(enumerate(checkpoint.labels)),
        "head": checkpoint.head.note,
        "preprocessing": preprocessing_of(checkpoint),
        "windows": "phrases of at most 8 s; of longer ones 6 s every 5 s, the last of 3 to 8 s",
        "stress": "dimensional/1" if checkpoint.dimensional else "weighted-emotions/1",
        "precision": outcome.trial.name,
        "checked_on": outcome.heard_on,
        "sottovoce": __version__,
        "limits": LIMITS + PURPOSE,
    }
