"""Which matrix products of a model are done in eight bits, and the model with them so done."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper

from sottovoce.wav2vec2.graph import eight_bits, frame_codes, position_codes
from sottovoce.wav2vec2.graph.eight_bits import Product, product_nodes, stored
from sottovoce.wav2vec2.graph.model import Model
from sottovoce.wav2vec2.graph.position_codes import Position, position_nodes, stored_position
from sottovoce.wav2vec2.graph.rounding import Codes, nearest

LAYER = re.compile(r"encoder\.layers\.(\d+)\.")
CONVOLUTION = re.compile(
    r"feature_extractor\.conv_layers\.[1-9]\d*\.weight|encoder\.pos_conv_embed\.conv\.weight"
)


@dataclass(frozen=True, slots=True)
class Precision:
    """Which matrix products are done in eight bits: those of the convolutions, the positional one
    too, and of the layers from ``first_layer`` on.

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
    return [product.weight for product in _chosen(model, chooses)]


def quantized(
    model: Model, chooses: Callable[[str], bool], codes: Mapping[str, Codes] = NEAREST
) -> Model:
    """The model with the chosen matrix products, and what is added to them, in eight bits.

    Its Gelu is the form with tanh, which is quicker and off by less than 0.0005: a code is coarser.

    ``chooses`` is asked with the name of each constant weight [in, out] of a matrix product;
    weights that ``codes`` does not know are rounded to the nearest.
    """
    weights: dict[str, npt.NDArray[Any]] = {
        **model.weights,
        **frame_codes.CONSTANTS,
        **eight_bits.CONSTANTS,
        **position_codes.CONSTANTS,
    }
    chosen = {product.weight: product for product in _chosen(model, chooses)}
    for name, product in chosen.items():
        weight = np.asarray(weights.pop(name), np.float32)
        bias = weights.pop(product.bias) if product.bias else None
        weights.update(stored(name, codes.get(name) or nearest(weight), bias))
    positions = {one.output: one for one in _positions(model, chooses)}
    for position in positions.values():
        weight, bias = weights.pop(position.weight), weights.pop(position.bias)
        weights.update(stored_position(position, weight, bias))
    graph = onnx.ModelProto()
    graph.CopyFrom(model.graph)
    del graph.graph.node[:]
    graph.graph.node.extend(_rewritten(model.graph.graph.node, chosen, positions))
    return Model(graph, weights)


def _chosen(model: Model, chooses: Callable[[str], bool]) -> Iterator[Product]:
    nodes = model.graph.graph.node
    biases = {node.input[0]: node for node in nodes if _adds_a_bias(node, model)}
    joined = {node.output[0]: tuple(node.input) for node in nodes if _joins(node)}
    for node in nodes:
        if node.op_type == "MatMul" and node.input[1] in model.weights and chooses(node.input[1]):
            frames, weight = node.input
            parts = joined.get(frames, (frames,))
            added = biases.get(node.output[0])
            if added:
                yield Product(parts, weight, added.output[0], added.input[1])
            else:
                yield Product(parts, weight, node.output[0])


def _positions(model: Model, chooses: Callable[[str], bool]) -> Iterator[Position]:
    for node in model.graph.graph.node:
        if node.op_type == "Conv" and chooses(node.input[1]):
            (groups,) = (one.i for one in node.attribute if one.name == "group")
            frames, weight, bias = node.input
            yield Position(frames, weight, bias, node.output[0], groups)


def _adds_a_bias(node: onnx.NodeProto, model: Model) -> bool:
    bias = model.weights.get(node.input[1]) if node.op_type == "Add" else None
    return bias is not None and bias.ndim == 1


def _joins(node: onnx.NodeProto) -> bool:
    return node.op_type == "Concat" and node.attribute[0].i == -1


def _rewritten(
    nodes: Iterable[onnx.NodeProto],
    chosen: Mapping[str, Product],
    positions: Mapping[str, Position],
) -> Iterator[onnx.NodeProto]:
    done = {product.output for product in chosen.values()}
    joined = {product.parts for product in chosen.values()}
    for node in nodes:
        product = chosen.get(node.input[1]) if node.op_type == "MatMul" else None
        if product:
            yield from product_nodes(product)
        elif node.output[0] in positions:
            yield from position_nodes(positions[node.output[0]])
        elif node.output[0] not in done and not (_joins(node) and tuple(node.input) in joined):
            yield _quick_gelu(node) if node.op_type == "Gelu" else node


def _quick_gelu(node: onnx.NodeProto) -> onnx.NodeProto:
    return helper.make_node("Gelu", node.input, node.output, node.name, approximate="tanh")
