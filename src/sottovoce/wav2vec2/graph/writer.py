"""Writes an ONNX graph node by node; names of outputs are made, weights keep theirs.

>>> graph = Graph()
>>> doubled = graph.op("Mul", "x", graph.constant(np.float32(2.0)))
>>> [node.op_type for node in graph.nodes], graph.weights["const_0"].item()
(['Mul'], 2.0)
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper

OPSET = 20
IR_VERSION = 10
MICROSOFT = "com.microsoft"


class Graph:
    """Nodes and weights of a graph under construction."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, npt.NDArray[Any]] = {}

    def op(self, kind: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """Add a node with one output; the output's name."""
        output = f"{kind}_{len(self.nodes)}"
        self.nodes.append(
            helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes)
        )
        return output

    def weight(self, name: str, values: npt.NDArray[Any]) -> str:
        """Add a weight under its own name."""
        self.weights[name] = np.asarray(values, order="C")
        return name

    def constant(self, value: Any) -> str:
        """Add a small constant; its name."""
        return self.weight(f"const_{len(self.weights)}", np.asarray(value))

    def integers(self, *values: int) -> str:
        """Add a constant of int64, one-dimensional."""
        return self.constant(np.array(values, dtype=np.int64))

    def slice_axis(self, x: str, start: int, end: str, axis: int, step: int = 1) -> str:
        """``x[start:end:step]`` along one axis; ``end`` is the name of an int64 [1]."""
        return self.op(
            "Slice", x, self.integers(start), end, self.integers(axis), self.integers(step)
        )

    def linear(self, x: str, name: str, weight: npt.NDArray[Any], bias: npt.NDArray[Any]) -> str:
        """``x @ weight + bias`` over the last axis; ``weight`` is float32 [in, out]."""
        product = self.op("MatMul", x, self.weight(f"{name}.weight", weight))
        return self.op("Add", product, self.weight(f"{name}.bias", bias))

    def layer_norm(
        self, x: str, name: str, scale: npt.NDArray[Any], bias: npt.NDArray[Any], epsilon: float
    ) -> str:
        """Normalise over the last axis."""
        return self.op(
            "LayerNormalization",
            x,
            self.weight(f"{name}.weight", scale),
            self.weight(f"{name}.bias", bias),
            axis=-1,
            epsilon=epsilon,
        )

    def rename(self, names: Mapping[str, str]) -> None:
        """Give outputs of nodes the names that the outside knows them by."""
        for node in self.nodes:
            node.input[:] = [names.get(name, name) for name in node.input]
            node.output[:] = [names.get(name, name) for name in node.output]

    def finish(
        self,
        inputs: Mapping[str, Sequence[str | int]],
        outputs: Mapping[str, Sequence[str | int]],
        metadata: Mapping[str, str],
    ) -> onnx.ModelProto:
        """The model, its weights still to be written: see ``graph.files``."""
        graph = helper.make_graph(
            self.nodes,
            "sottovoce",
            [_signature(name, shape) for name, shape in inputs.items()],
            [_signature(name, shape) for name, shape in outputs.items()],
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
        model = helper.make_model(
            graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="sottovoce"
        )
        helper.set_model_props(model, dict(metadata))
        return model


def _signature(name: str, shape: Sequence[str | int]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape))
