"""From the encoder's frames to one row of numbers for a window."""

import numpy as np
from onnx import TensorProto

from sottovoce.domain import FloatArray
from sottovoce.wav2vec2.graph.draft import Draft
from sottovoce.wav2vec2.graph.writer import Graph
from sottovoce.wav2vec2.heads import LAYER_WEIGHTS, Head


def pooled(graph: Graph, states: list[str]) -> str:
    """Mean over time of each hidden state: [batch, layers + 1, width].

    A product with equal shares of all frames, four times as quick as a reduction.
    """
    time = graph.op("Shape", states[0], start=1, end=2)
    share = graph.op("Reciprocal", graph.op("Cast", time, to=TensorProto.FLOAT))
    shares = graph.op("Expand", share, graph.op("Concat", graph.integers(1), time, axis=0))
    return graph.op("Concat", *[graph.op("MatMul", shares, state) for state in states], axis=1)


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


def _softmax(weights: FloatArray) -> FloatArray:
    raised = np.exp(weights - weights.max())
    return np.asarray(raised / raised.sum(), dtype=np.float32)
