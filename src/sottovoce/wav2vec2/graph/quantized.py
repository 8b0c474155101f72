"""Eight-bit matrix products: weights scaled for each output, activations for each frame.

A scale for each frame, taken from that frame alone, keeps quiet frames apart from loud ones: one
scale for the whole window is quicker by a few per cent and gives other labels. It also keeps a
frame's numbers independent of what else is in the batch. Both are symmetric, -127..127, so that a
product of zeros stays zero (Jacob et al. 2018, section 2).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper

from sottovoce.domain import FloatArray
from sottovoce.wav2vec2.graph.model import Model
from sottovoce.wav2vec2.graph.writer import MICROSOFT

LIMIT = 127
MIDDLE = 128  # the unsigned code of zero
FAINTEST = 1e-10  # a frame of zeros is divided by this
CONSTANTS: dict[str, npt.NDArray[Any]] = {
    "int8.one": np.array(1.0, np.float32),
    "int8.last_axis": np.array([-1], np.int64),
    "int8.middle": np.array(MIDDLE, np.uint8),
    "int8.faintest": np.array(FAINTEST, np.float32),
    "int8.step": np.array(1.0 / LIMIT, np.float32),
}


@dataclass(frozen=True, slots=True)
class Precision:
    """Which matrix products are done in eight bits: of the layers, and of the convolutions."""

    name: str
    layers: bool
    convolutions: bool

    @property
    def file_name(self) -> str:
        """The name without spaces and commas."""
        return "-".join(self.name.replace(",", "").split())

    def chooses(self, weight: str) -> bool:
        """Whether the product with this weight is done in eight bits; heads never are.

        >>> LAYERS.chooses("encoder.layers.0.attention.q_proj.weight"), LAYERS.chooses("projector")
        (True, False)
        """
        if weight.startswith("feature_extractor."):
            return self.convolutions and weight.endswith(".weight")
        return self.layers and weight.startswith(("encoder.layers.", "feature_projection."))


ALL = Precision("int8", layers=True, convolutions=True)
LAYERS = Precision("int8, convolutions in float", layers=True, convolutions=False)
PRECISIONS = (ALL, LAYERS)  # the quickest first


def quantized(model: Model, chooses: Callable[[str], bool]) -> Model:
    """The model with the chosen matrix products in eight bits.

    ``chooses`` is asked with the name of each constant weight [in, out] of a matrix product.
    """
    weights: dict[str, npt.NDArray[Any]] = {**model.weights, **CONSTANTS}
    graph = onnx.ModelProto()
    graph.CopyFrom(model.graph)
    nodes: list[onnx.NodeProto] = []
    for node in model.graph.graph.node:
        name = node.input[1] if node.op_type == "MatMul" else ""
        if name not in model.weights or not chooses(name):
            nodes.append(node)
            continue
        codes, steps = eight_bits(np.asarray(weights.pop(name), np.float32))
        weights[f"{name}.codes"], weights[f"{name}.steps"] = codes, steps
        nodes.extend(_product(node, name))
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)
    return Model(graph, weights)


def eight_bits(weight: FloatArray) -> tuple[npt.NDArray[np.int8], FloatArray]:
    """Codes int8 [in, out] and the step of each output, float32 [out].

    >>> codes, steps = eight_bits(np.float32([[1.0, 0.0], [-0.5, 0.0]]))
    >>> codes.tolist(), np.round(steps * 127, 3).tolist()
    ([[127, 0], [-64, 0]], [1.0, 127.0])
    """
    largest = np.abs(weight).max(axis=0)
    steps = np.where(largest > 0, largest / LIMIT, 1.0).astype(np.float32)
    codes = np.clip(np.round(weight / steps), -LIMIT, LIMIT).astype(np.int8)
    return codes, steps


def _product(node: onnx.NodeProto, name: str) -> Iterator[onnx.NodeProto]:
    frames, output = node.input[0], node.output[0]

    def step(kind: str, inputs: list[str], part: str, domain: str = "") -> onnx.NodeProto:
        return helper.make_node(kind, inputs, [f"{output}.{part}"], f"{name}.{part}", domain=domain)

    yield step("ReduceMax", [frames, "int8.last_axis"], "max")
    yield step("ReduceMin", [frames, "int8.last_axis"], "min")
    yield step("Neg", [f"{output}.min"], "down")
    yield step("Max", [f"{output}.max", f"{output}.down", "int8.faintest"], "largest")
    yield step("Mul", [f"{output}.largest", "int8.step"], "step")
    yield step("Div", [frames, f"{output}.step"], "scaled")
    yield step("QuantizeLinear", [f"{output}.scaled", "int8.one", "int8.middle"], "codes")
    yield step(
        "MatMulIntegerToFloat",
        [f"{output}.codes", f"{name}.codes", "int8.one", f"{name}.steps", "int8.middle"],
        "sum",
        MICROSOFT,
    )
    yield helper.make_node("Mul", [f"{output}.sum", f"{output}.step"], [output], f"{name}.product")
