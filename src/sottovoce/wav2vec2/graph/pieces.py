"""The convolutions of a window done piece by piece, so that what is between them stays in cache.

The same numbers: a frame hears the same samples, and no frame hears another piece. What is between
two convolutions is 13 MB for four seconds, of which each operation reads and writes all.
"""

from collections.abc import Iterable
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper

from sottovoce.wav2vec2.architecture import Architecture
from sottovoce.wav2vec2.graph.convolutions import CONVOLVED, HEARD, outputs_ahead
from sottovoce.wav2vec2.graph.frame_codes import Steps
from sottovoce.wav2vec2.graph.model import Model

FRAMES = 48  # of a piece: 0.96 s
PIECE = "piece"


def in_pieces(model: Model, arch: Architecture) -> Model:
    """The model with everything from ``HEARD`` to ``CONVOLVED`` in a loop over pieces."""
    nodes = list(model.graph.graph.node)
    inside = _between(nodes)
    before = next(place for place, node in enumerate(nodes) if node is inside[-1])
    outside = [node for node in nodes[:before] if node not in inside]
    graph = onnx.ModelProto()
    graph.CopyFrom(model.graph)
    del graph.graph.node[:]
    graph.graph.node.extend([*outside, *_loop(inside), *nodes[before + 1 :]])
    return Model(graph, {**model.weights, **_constants(arch)})


def _between(nodes: Iterable[onnx.NodeProto]) -> list[onnx.NodeProto]:
    """Nodes that hear ``HEARD`` and lead to ``CONVOLVED``, in order."""
    touched, found = {HEARD}, list[onnx.NodeProto]()
    for node in nodes:
        if touched.intersection(node.input):
            found.append(node)
            touched.update(node.output)
        if CONVOLVED in node.output:
            return found
    raise ValueError(CONVOLVED)


def _constants(arch: Architecture) -> dict[str, npt.NDArray[Any]]:
    stride = prod(arch.conv_strides[1:])
    return {
        f"{PIECE}.rows": np.array([FRAMES * stride], np.int64),
        f"{PIECE}.ahead": np.array([outputs_ahead(arch) * stride], np.int64),
        f"{PIECE}.frames": np.array([FRAMES], np.int64),
        f"{PIECE}.begin": np.array([0], np.int64),
        f"{PIECE}.one": np.array([1], np.int64),
        f"{PIECE}.axis": np.array([1], np.int64),
        f"{PIECE}.none": np.array([0, arch.conv_channels[-1]], np.int64),
        f"{PIECE}.on": np.array(True),
    }


def _loop(inside: list[onnx.NodeProto]) -> list[onnx.NodeProto]:
    steps = Steps(CONVOLVED)
    time = steps.op("Shape", HEARD, part="time", start=1, end=2)
    needed = steps.op("Sub", time, f"{PIECE}.ahead", part="needed")
    whole = steps.op("Sub", needed, f"{PIECE}.one", part="whole")
    full = steps.op("Div", whole, f"{PIECE}.rows", part="full")
    count = steps.op("Squeeze", steps.op("Add", full, f"{PIECE}.one", part="many"), part="count")
    batch = steps.op("Shape", HEARD, part="batch", start=0, end=1)
    shape = steps.op("Concat", batch, f"{PIECE}.none", part="empty_shape", axis=0)
    empty = steps.op("ConstantOfShape", shape, part="empty")
    steps.last("Loop", count, f"{PIECE}.on", empty, body=_body(inside))
    return steps.nodes


def _body(inside: list[onnx.NodeProto]) -> onnx.GraphProto:
    values = helper.make_tensor_value_info
    gone_on = helper.make_node("Identity", [f"{PIECE}.on_before"], [f"{PIECE}.on_after"])
    return helper.make_graph(
        [*_one_piece(inside), gone_on],
        PIECE,
        [
            values(f"{PIECE}.index", TensorProto.INT64, []),
            values(f"{PIECE}.on_before", TensorProto.BOOL, []),
            values(f"{PIECE}.before", TensorProto.FLOAT, [None] * 3),
        ],
        [
            values(f"{PIECE}.on_after", TensorProto.BOOL, []),
            values(f"{PIECE}.after", TensorProto.FLOAT, [None] * 3),
        ],
    )


def _one_piece(inside: list[onnx.NodeProto]) -> list[onnx.NodeProto]:
    """What a piece hears, and what it adds to the pieces before."""
    opening, closing, axis = Steps(f"{PIECE}.heard"), Steps(f"{PIECE}.after"), f"{PIECE}.axis"
    begin = opening.op("Mul", f"{PIECE}.index", f"{PIECE}.rows", part="begin")
    stop = opening.op("Add", begin, f"{PIECE}.rows", part="stop")
    end = opening.op("Add", stop, f"{PIECE}.ahead", part="end")
    opening.last("Slice", HEARD, begin, end, axis)
    names = {HEARD: opening.output, CONVOLVED: f"{PIECE}.convolved"}
    own = [_renamed(node, names) for node in inside]
    frames = (f"{PIECE}.begin", f"{PIECE}.frames", axis)
    kept = closing.op("Slice", f"{PIECE}.convolved", *frames, part="kept")
    closing.last("Concat", f"{PIECE}.before", kept, axis=1)
    return [*opening.nodes, *own, *closing.nodes]


def _renamed(node: onnx.NodeProto, names: dict[str, str]) -> onnx.NodeProto:
    copy = onnx.NodeProto()
    copy.CopyFrom(node)
    copy.input[:] = [names.get(name, name) for name in node.input]
    copy.output[:] = [names.get(name, name) for name in node.output]
    return copy
