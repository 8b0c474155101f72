"""Eight-bit matrix products: weights scaled for each output, activations for each frame.

A frame's codes run from its smallest number to its largest, and are taken from that frame alone:
one scale for the whole window is quicker by a few per cent and gives other labels. It also keeps a
frame's numbers independent of what else is in the batch (Jacob et al. 2018, section 2).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper

from sottovoce.wav2vec2.graph.model import Model
from sottovoce.wav2vec2.graph.rounding import Codes, nearest
from sottovoce.wav2vec2.graph.writer import MICROSOFT

CODES = 255  # of a frame: 0..255
FAINTEST = 1e-10  # a frame of one value is divided by this
CONSTANTS: dict[str, npt.NDArray[Any]] = {
    "int8.one": np.array(1.0, np.float32),
    "int8.last_axis": np.array([-1], np.int64),
    "int8.zero": np.array(0, np.uint8),
    "int8.faintest": np.array(FAINTEST, np.float32),
    "int8.step": np.array(1.0 / CODES, np.float32),
}


LAYER = re.compile(r"encoder\.layers\.(\d+)\.")
CONVOLUTION = re.compile(r"feature_extractor\.conv_layers\.([1-9]\d*)\.weight")


@dataclass(frozen=True, slots=True)
class Precision:
    """Which matrix products are done in eight bits: those of the convolutions, and of the layers
    from ``first_layer`` on.

    The first convolution and the projection of its kind cost nothing and err much; heads decide.
    All three stay in float.
    """

    name: str
    convolutions: bool
    first_layer: int = 0

    @property
    def file_name(self) -> str:
        """The name without spaces and commas."""
        return "-".join(self.name.replace(",", "").split())

    def chooses(self, weight: str) -> bool:
        """Whether the product with this weight is done in eight bits.

        >>> LAYERS.chooses("encoder.layers.0.attention.q_proj.weight"), LAYERS.chooses("projector")
        (True, False)
        """
        layer = LAYER.match(weight)
        if layer:
            return int(layer[1]) >= self.first_layer
        return self.convolutions and CONVOLUTION.fullmatch(weight) is not None


ALL = Precision("int8", convolutions=True)
LAYERS = Precision("int8, convolutions in float", convolutions=False)


def precisions(n_layers: int) -> tuple[Precision, ...]:
    """What is tried for an encoder of so many layers, the quickest first.

    Errors made early grow: the last two leave a quarter and a half of the layers in float.
    """
    quarter = "int8, convolutions and a quarter of the layers in float"
    half = "int8, convolutions and half of the layers in float"
    return (
        ALL,
        LAYERS,
        Precision(quarter, convolutions=False, first_layer=n_layers // 4),
        Precision(half, convolutions=False, first_layer=n_layers // 2),
    )


NEAREST: Mapping[str, Codes] = MappingProxyType({})


def products(model: Model, chooses: Callable[[str], bool]) -> list[str]:
    """The weights [in, out] of the matrix products that are chosen by name."""
    found = [node.input[1] for node in model.graph.graph.node if node.op_type == "MatMul"]
    return [name for name in found if name in model.weights and chooses(name)]


def quantized(
    model: Model, chooses: Callable[[str], bool], codes: Mapping[str, Codes] = NEAREST
) -> Model:
    """The model with the chosen matrix products in eight bits.

    ``chooses`` is asked with the name of each constant weight [in, out] of a matrix product;
    weights that ``codes`` does not know are rounded to the nearest.
    """
    weights: dict[str, npt.NDArray[Any]] = {**model.weights, **CONSTANTS}
    graph = onnx.ModelProto()
    graph.CopyFrom(model.graph)
    chosen = set(products(model, chooses))
    nodes: list[onnx.NodeProto] = []
    for node in model.graph.graph.node:
        if node.op_type != "MatMul" or node.input[1] not in chosen:
            nodes.append(node)
            continue
        name = node.input[1]
        weight = np.asarray(weights.pop(name), np.float32)
        weights.update(_stored(name, codes.get(name) or nearest(weight)))
        nodes.extend(_product(node, name))
    del graph.graph.node[:]
    graph.graph.node.extend(nodes)
    return Model(graph, weights)


def _stored(name: str, found: Codes) -> dict[str, npt.NDArray[Any]]:
    """The codes, their steps, and what a frame of ones gives: it carries a frame's smallest."""
    sums = found.codes.sum(axis=0, dtype=np.float32) * found.steps
    return {f"{name}.codes": found.codes, f"{name}.steps": found.steps, f"{name}.ones": sums[None]}


def _product(node: onnx.NodeProto, name: str) -> Iterator[onnx.NodeProto]:
    frames, output = node.input[0], node.output[0]

    def step(kind: str, inputs: list[str], part: str, domain: str = "") -> onnx.NodeProto:
        return helper.make_node(kind, inputs, [f"{output}.{part}"], f"{name}.{part}", domain=domain)

    yield step("ReduceMax", [frames, "int8.last_axis"], "max")
    yield step("ReduceMin", [frames, "int8.last_axis"], "min")
    yield step("Sub", [f"{output}.max", f"{output}.min"], "range")
    yield step("Max", [f"{output}.range", "int8.faintest"], "width")
    yield step("Mul", [f"{output}.width", "int8.step"], "step")
    yield step("Sub", [frames, f"{output}.min"], "raised")
    yield step("Div", [f"{output}.raised", f"{output}.step"], "scaled")
    yield step("QuantizeLinear", [f"{output}.scaled", "int8.one", "int8.zero"], "codes")
    yield step(
        "MatMulIntegerToFloat",
        [f"{output}.codes", f"{name}.codes", "int8.one", f"{name}.steps", "int8.zero"],
        "sum",
        MICROSOFT,
    )
    yield step("Mul", [f"{output}.sum", f"{output}.step"], "above")
    yield step("MatMul", [f"{output}.min", f"{name}.ones"], "below")
    yield helper.make_node("Add", [f"{output}.above", f"{output}.below"], [output], name)
