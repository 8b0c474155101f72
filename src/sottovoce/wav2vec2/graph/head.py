"""From the encoder's frames to one row of numbers for a window."""

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.wav2vec2.graph.draft import Draft
from sottovoce.wav2vec2.graph.writer import Graph
from sottovoce.wav2vec2.heads import LAYER_WEIGHTS, Head


def pooled(graph: Graph, states: list[str]) -> str:
    """Mean over time of each hidden state: [batch, layers + 1, width]."""
    return graph.op("Concat", *[_mean(graph, state) for state in states], axis=1)


def logits(draft: Draft, head: Head, means: str, last: str) -> str:
    """The head's numbers [batch, labels] from the means of all states, or of the last one.

    Both its maps are linear up to the mean over time, so the mean is taken first.
    """
    graph = draft.graph
    if LAYER_WEIGHTS in draft.weights:
        shares = graph.weight(LAYER_WEIGHTS, _softmax(draft.weights[LAYER_WEIGHTS])[:, None])
        x = graph.op("ReduceSum", graph.op("Mul", means, shares), graph.integers(1), keepdims=0)
    else:
        x = graph.op("ReduceMean", last, graph.integers(1), keepdims=0)
    x = draft.linear(x, head.first)
    return draft.linear(graph.op("Tanh", x) if head.bent else x, head.last)


def _mean(graph: Graph, state: str) -> str:
    return graph.op("ReduceMean", state, graph.integers(1), keepdims=1)


def _softmax(weights: FloatArray) -> FloatArray:
    raised = np.exp(weights - weights.max())
    return np.asarray(raised / raised.sum(), dtype=np.float32)
