"""The whole model: samples [batch, n] in, ``logits`` and ``means`` out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy.typing as npt
import onnx

from sottovoce.wav2vec2.checkpoint import Checkpoint
from sottovoce.wav2vec2.graph.draft import Draft
from sottovoce.wav2vec2.graph.encoder import encoder
from sottovoce.wav2vec2.graph.head import logits, pooled
from sottovoce.wav2vec2.graph.writer import Graph


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A graph and its weights, apart: the weights may be too large for one message."""

    graph: onnx.ModelProto
    weights: Mapping[str, npt.NDArray[Any]]


def build(checkpoint: Checkpoint, metadata: Mapping[str, str]) -> Model:
    """The ONNX model of a checkpoint.

    Its input ``samples`` is float32 [batch, n], 16 kHz in [-1, 1); the output ``logits`` is
    [batch, labels]; ``means`` [batch, layers + 1, width] is the mean over time of each hidden
    state.
    """
    graph = Graph()
    draft = Draft(graph, checkpoint.arch, checkpoint.weights)
    states, last = encoder(draft, "samples", checkpoint.normalise)
    if checkpoint.last_normed:
        states[-1] = last
    means = pooled(graph, states)
    answer = logits(draft, checkpoint.head, means, last)
    graph.rename({means: "means", answer: "logits"})
    outputs: dict[str, Sequence[str | int]] = {
        "logits": ["batch", len(checkpoint.labels)],
        "means": ["batch", len(states), checkpoint.arch.width],
    }
    return Model(graph.finish({"samples": ["batch", "n"]}, outputs, metadata), graph.weights)
