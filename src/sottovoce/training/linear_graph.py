"""The linear model as ONNX: what it says of a window, absolutely and against its voice's normal.

What is known of the voice enters through inputs that may be left out: ``own_memos`` [1] (0 when
left out: the own view is then the absolute one), ``own_mean`` and ``own_deviation`` [1, n].
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import GraphProto, TensorProto, ValueInfoProto, helper

from sottovoce.training.calibration import Scaling
from sottovoce.training.linear import LIMIT, SHARE_MEMOS, VARIANCE_MEMOS, LinearModel

OPSET = 17
IR_VERSION = 9

Step = tuple[str, list[str], str]  # operator, inputs, output
Constants = Mapping[str, npt.NDArray[Any]]


def linear_graph(model: LinearModel, scaling: Scaling) -> bytes:
    """``functionals`` in; ``probabilities``, ``own_probabilities`` and ``distance`` out."""
    heard = tensor_info("functionals", functionals_of(model))
    graph = helper.make_graph([], "linear", [heard], [])
    add_defaults(graph, linear_defaults(model))
    add_steps(graph, linear_steps(), linear_constants(model))
    add_steps(graph, probability_steps("product", "own_scores"), scaling_constants(scaling))
    add_outputs(graph, len(model.absolute.bias))
    opsets = [helper.make_opsetid("", OPSET)]
    proto = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)
    return bytes(proto.SerializeToString())


def linear_steps() -> tuple[Step, ...]:
    """From ``functionals`` to ``product``, ``own_scores``, ``share`` and ``distance``."""
    return (
        *_machine_steps("", "mean", "deviation"),
        ("Mul", ["limited", "limited"], "squared"),
        ("ReduceMean", ["squared"], "mean_square"),
        ("Sqrt", ["mean_square"], "distance"),
        ("Add", ["own_memos", "doubted"], "believed"),
        ("Div", ["own_memos", "believed"], "trust"),
        ("Sub", ["own_mean", "mean"], "away"),
        ("Mul", ["trust", "away"], "shift"),
        ("Add", ["mean", "shift"], "own_normal"),
        ("Mul", ["own_deviation", "own_deviation"], "own_variance"),
        ("Mul", ["own_memos", "own_variance"], "own_sum"),
        ("Mul", ["variance_memos", "within"], "within_sum"),
        ("Add", ["own_sum", "within_sum"], "variance_sum"),
        ("Add", ["own_memos", "variance_memos"], "weight_sum"),
        ("Div", ["variance_sum", "weight_sum"], "shrunk_variance"),
        ("Sqrt", ["shrunk_variance"], "own_scale"),
        *_machine_steps("own_", "own_normal", "own_scale"),
        ("Add", ["own_memos", "share_memos"], "share_sum"),
        ("Div", ["own_memos", "share_sum"], "share"),
        ("Sub", ["own_product", "product"], "between"),
        ("Mul", ["share", "between"], "moved"),
        ("Add", ["product", "moved"], "own_scores"),
    )


def _machine_steps(prefix: str, normal: str, deviation: str) -> tuple[Step, ...]:
    """Standardise, limit, multiply, add: ``functionals`` to ``{prefix}product``."""
    return (
        ("Sub", ["functionals", normal], f"{prefix}centred"),
        ("Div", [f"{prefix}centred", deviation], f"{prefix}standard"),
        ("Clip", [f"{prefix}standard", "low", "high"], f"{prefix}limited"),
        ("Gemm", [f"{prefix}limited", f"{prefix}weights", f"{prefix}bias"], f"{prefix}product"),
    )


def linear_constants(model: LinearModel) -> Constants:
    """What those steps need."""
    return {
        "mean": model.population.mean,
        "deviation": model.population.deviation,
        "within": model.population.within,
        "doubted": model.population.doubted,
        "variance_memos": np.array(VARIANCE_MEMOS),
        "share_memos": np.array(SHARE_MEMOS),
        "low": np.array(-LIMIT),
        "high": np.array(LIMIT),
        "weights": model.absolute.weights,
        "bias": model.absolute.bias,
        "own_weights": model.own.weights,
        "own_bias": model.own.bias,
    }


def functionals_of(model: LinearModel) -> int:
    """How many functionals it hears."""
    return len(model.population.mean)


def linear_defaults(model: LinearModel) -> Constants:
    """What is assumed of a voice of which nothing is known."""
    nothing = np.zeros((1, functionals_of(model)))
    return {"own_memos": np.zeros(1), "own_mean": nothing, "own_deviation": nothing}


def probability_steps(scores: str, own_scores: str) -> tuple[Step, ...]:
    """Calibrated probabilities of both views."""
    return (
        *_softmax_steps(scores, "probabilities"),
        *_softmax_steps(own_scores, "own_probabilities"),
    )


def _softmax_steps(scores: str, output: str) -> tuple[Step, ...]:
    return (
        ("Mul", [scores, "scale"], f"{output}_scaled"),
        ("Add", [f"{output}_scaled", "offset"], f"{output}_logits"),
        ("Softmax", [f"{output}_logits"], output),
    )


def scaling_constants(scaling: Scaling) -> Constants:
    """What those steps need."""
    return {"scale": np.array(scaling.scale), "offset": np.array(scaling.offset)}


def add_steps(graph: GraphProto, steps: Iterable[Step], constants: Constants) -> None:
    """Append steps and the constants they need."""
    graph.node.extend(helper.make_node(kind, ins, [out]) for kind, ins, out in steps)
    graph.initializer.extend(tensor_constant(name, value) for name, value in constants.items())


def add_defaults(graph: GraphProto, defaults: Constants) -> None:
    """Inputs that may be left out."""
    for name, value in defaults.items():
        shape = np.shape(value)
        graph.input.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        graph.initializer.append(tensor_constant(name, value))


def add_outputs(graph: GraphProto, labels: int) -> None:
    """What every model of ours tells."""
    for name in ("probabilities", "own_probabilities"):
        graph.output.append(tensor_info(name, labels))
    graph.output.append(helper.make_tensor_value_info("distance", TensorProto.FLOAT, None))


def tensor_info(name: str, width: int) -> ValueInfoProto:
    """A float input or output [windows, width]."""
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["windows", width])


def tensor_constant(name: str, values: npt.NDArray[Any]) -> TensorProto:
    """Values as float32 inside a graph."""
    array = np.asarray(values, dtype=np.float32)
    return helper.make_tensor(name, TensorProto.FLOAT, array.shape, array.tobytes(), raw=True)
