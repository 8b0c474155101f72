"""A graph being drawn, together with what it is drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass

from sottovoce.domain import FloatArray
from sottovoce.wav2vec2.architecture import Architecture
from sottovoce.wav2vec2.graph.writer import Graph


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """The graph so far, the shape of the encoder, and its weights by name."""

    graph: Graph
    arch: Architecture
    weights: Mapping[str, FloatArray]

    def linear(self, x: str, name: str, scale: float = 1.0) -> str:
        """The linear map ``name`` over the last axis of ``x``, its outputs scaled."""
        weight, bias = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        if scale == 1.0:
            return self.graph.linear(x, name, weight.T, bias)
        return self.graph.linear(x, name, weight.T * scale, bias * scale)

    def norm(self, x: str, name: str, epsilon: float | None = None) -> str:
        """The layer norm ``name`` over the last axis of ``x``."""
        weight, bias = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        return self.graph.layer_norm(x, name, weight, bias, epsilon or self.arch.epsilon)

    def weight(self, name: str) -> str:
        """A weight of the checkpoint as it is."""
        return self.graph.weight(name, self.weights[name])
