"""Self-attention of one layer, and WavLM's gated bias on the distance between frames."""

from math import log

import numpy as np
import numpy.typing as npt

from sottovoce.domain import FloatArray
from sottovoce.wav2vec2.graph.draft import Draft
from sottovoce.wav2vec2.graph.writer import MICROSOFT

GATES = 2
PARTS_PER_GATE = 4


def attention(draft: Draft, x: str, index: int, bias: str) -> str:
    """Multi-head attention over [batch, time, width]; ``bias`` on distances, "" where none.

    The scale of the queries is folded into their weights.
    """
    name = f"encoder.layers.{index}.attention"
    query = draft.linear(x, f"{name}.q_proj", scale=draft.arch.head_width**-0.5)
    key, value = draft.linear(x, f"{name}.k_proj"), draft.linear(x, f"{name}.v_proj")
    mixed = draft.graph.op(
        "MultiHeadAttention",
        *(query, key, value, "", "", gated(draft, x, index, bias) if bias else ""),
        domain=MICROSOFT,
        num_heads=draft.arch.heads,
        scale=1.0,
    )
    return draft.linear(mixed, f"{name}.out_proj")


def distance_bias(draft: Draft, x: str) -> str:
    """Bias for each pair of frames, [1, heads, time, time], from a table over distances."""
    graph, arch = draft.graph, draft.arch
    embedding = draft.weights["encoder.layers.0.attention.rel_attn_embed.weight"]
    reach = arch.max_distance
    table = embedding[buckets(np.arange(-reach, reach + 1), arch.buckets, reach)]
    length = graph.op("Shape", x, start=1, end=2)
    stop = graph.op("Squeeze", length)
    zero, one = graph.constant(np.int64(0)), graph.constant(np.int64(1))
    places = graph.op("Range", zero, stop, one)
    row, column = (graph.op("Unsqueeze", places, graph.integers(axis)) for axis in (0, 1))
    limits = graph.constant(np.int64(-reach)), graph.constant(np.int64(reach))
    distance = graph.op("Clip", graph.op("Sub", row, column), *limits)
    shifted = graph.op("Add", distance, graph.integers(reach))
    bias = graph.op("Gather", graph.weight("encoder.distance_table", table), shifted, axis=0)
    return graph.op("Unsqueeze", graph.op("Transpose", bias, perm=[2, 0, 1]), graph.integers(0))


def buckets(distance: npt.NDArray[np.int64], count: int, reach: int) -> npt.NDArray[np.int64]:
    """Bucket of each signed distance: exact when near, logarithmic when far (Raffel et al. 2020).

    >>> buckets(np.array([-3, 0, 3]), 320, 800)
    array([  3,   0, 163])
    """
    half = count // 2
    exact = half // 2
    near = np.abs(distance)
    ratio = np.log(np.maximum(near, 1).astype(np.float32) / np.float32(exact))
    far = exact + (ratio / np.float32(log(reach / exact)) * np.float32(half - exact)).astype(int)
    side = np.where(distance > 0, half, 0)
    return np.asarray(side + np.where(near < exact, near, np.minimum(far, half - 1)))


def gated(draft: Draft, x: str, index: int, bias: str) -> str:
    """WavLM's gate: how much each frame and head minds distance, from its own content."""
    graph, arch, name = draft.graph, draft.arch, f"encoder.layers.{index}.attention"
    linear = f"{name}.gru_rel_pos_linear"
    matrix, offset = gate_weights(
        draft.weights[f"{linear}.weight"], draft.weights[f"{linear}.bias"]
    )
    shape = graph.integers(0, 0, arch.heads, arch.head_width)
    per_head = graph.op("Transpose", graph.op("Reshape", x, shape), perm=[0, 2, 1, 3])
    gates = graph.op("Sigmoid", graph.linear(per_head, f"{name}.gate", matrix, offset))
    first = graph.slice_axis(gates, 0, graph.integers(1), -1)
    second = graph.slice_axis(gates, 1, graph.integers(2), -1)
    one, two = graph.constant(np.float32(1.0)), graph.constant(np.float32(2.0))
    scaled = graph.op("Mul", second, draft.weight(f"{name}.gru_rel_pos_const"))
    opened = graph.op("Mul", first, graph.op("Sub", scaled, one))
    return graph.op("Mul", graph.op("Add", opened, two), bias)


def gate_weights(weight: FloatArray, bias: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The eight outputs are summed in fours before the gate: sum the weights instead."""
    summed = weight.reshape(GATES, PARTS_PER_GATE, -1).sum(axis=1)
    return summed.T, bias.reshape(GATES, PARTS_PER_GATE).sum(axis=1)
