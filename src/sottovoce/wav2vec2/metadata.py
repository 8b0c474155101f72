"""What an ONNX file says of itself, for whoever loads it without Sottovoce."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from sottovoce import __version__
from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.models.labels import align_labels, plain
from sottovoce.wav2vec2.checkpoint import Checkpoint

if TYPE_CHECKING:
    from sottovoce.wav2vec2.conversion import Order

ENCODER = "encoder"


def preprocessing_of(checkpoint: Checkpoint) -> dict[str, object]:
    """What is done to sound before the encoder; all but the resampling is in the graph."""
    return {
        "sampling_rate_hz": SAMPLE_RATE_HZ,
        "channels": 1,
        "range": "[-1, 1)",
        "zero_mean_unit_variance": "in the graph, for each window"
        if checkpoint.normalise
        else "no",
        "shortest_samples": checkpoint.arch.shortest,
        "padding": "none: windows in a batch must be of equal length",
    }


def encoder_of(checkpoint: Checkpoint) -> dict[str, object]:
    """How the encoder and head are built, for whoever builds them again: see ``torch_graph``."""
    return {
        **asdict(checkpoint.arch),
        "normalise": checkpoint.normalise,
        "last_normed": checkpoint.last_normed,
        "head": checkpoint.head.name,
    }


def our_labels(checkpoint: Checkpoint) -> tuple[str, ...]:
    """The checkpoint's labels in our words; the names of dimensions in lower case."""
    if checkpoint.dimensional:
        return tuple(map(plain, checkpoint.labels))
    return align_labels(checkpoint.labels)


def metadata_of(checkpoint: Checkpoint, order: "Order") -> dict[str, str]:
    """Text by key, as ONNX keeps it; values with structure are JSON."""
    return {
        "name": order.name,
        "labels": json.dumps(our_labels(checkpoint)),
        "original_labels": json.dumps(checkpoint.labels, ensure_ascii=False),
        "output": "arousal, dominance, valence"
        if checkpoint.dimensional
        else "logits: softmax them",
        "preprocessing": json.dumps(preprocessing_of(checkpoint)),
        "head": checkpoint.head.note,
        ENCODER: json.dumps(encoder_of(checkpoint)),
        "licence": order.licence or checkpoint.licence,
        "source": order.source,
        "source_sha256": checkpoint.sha256,
        "sottovoce": __version__,
    }
