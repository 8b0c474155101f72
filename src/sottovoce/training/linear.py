"""A linear model over functionals: standardise, limit, multiply, add.

One-against-rest support vector machine (Cortes & Vapnik 1995; scikit-learn's LinearSVC), each label
with the same weight however many clips it has. Small, quick, hard to fool, easy to explain.
"""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, ValueInfoProto, helper
from sklearn.svm import LinearSVC

from sottovoce.domain import FloatArray
from sottovoce.training.calibration import Scaling
from sottovoce.training.predictions import Float64Array, IntArray
from sottovoce.training.store import Arrays, FitStore, fit_key

LIMIT = 5.0  # standard deviations: one wild functional must not decide alone
OPSET = 17
IR_VERSION = 9


@dataclass(frozen=True, slots=True)
class LinearOptions:
    """``penalties`` are the values of the machine's C to choose among: the smaller, the simpler."""

    penalties: tuple[float, ...] = (0.0001, 0.0003, 0.001)


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """Scores are ``clip((x - mean) / deviation) @ weights + bias``."""

    mean: FloatArray
    deviation: FloatArray
    weights: FloatArray
    bias: FloatArray

    def scores(self, vectors: FloatArray) -> Float64Array:
        """Score of each label, float64 [windows, labels]."""
        standard = np.clip((vectors - self.mean) / self.deviation, -LIMIT, LIMIT)
        return np.asarray(standard @ self.weights + self.bias, dtype=np.float64)


def fit_linear(vectors: FloatArray, truth: IntArray, penalty: float, seed: int) -> LinearModel:
    """Fit on windows float32 [n, d] with labels int [n]."""
    mean, deviation = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    standard = np.clip((vectors - mean) / deviation, -LIMIT, LIMIT)
    machine = LinearSVC(
        C=penalty, class_weight="balanced", dual=True, random_state=seed, max_iter=20_000
    ).fit(standard, truth)
    return LinearModel(
        mean=mean.astype(np.float32),
        deviation=deviation.astype(np.float32),
        weights=machine.coef_.T.astype(np.float32),
        bias=machine.intercept_.astype(np.float32),
    )


def kept_linear(
    store: FitStore, vectors: FloatArray, truth: IntArray, penalty: float, seed: int
) -> LinearModel:
    """The same, fitted only the first time."""

    def made() -> Arrays:
        fitted = fit_linear(vectors, truth, penalty, seed)
        return {field.name: getattr(fitted, field.name) for field in fields(fitted)}

    key = fit_key(f"linear|{penalty}|{seed}|{LIMIT}", vectors, truth)
    return LinearModel(**store.kept(key, made))


def linear_graph(model: LinearModel, scaling: Scaling) -> bytes:
    """The model with its calibration as ONNX: ``functionals`` in, ``probabilities`` out."""
    constants = {
        **linear_constants(model),
        "scale": np.array(scaling.scale),
        "offset": np.array(scaling.offset),
    }
    steps = (
        *linear_nodes(),
        ("Mul", ["scores", "scale"], "scaled"),
        ("Add", ["scaled", "offset"], "logits"),
        ("Softmax", ["logits"], "probabilities"),
    )
    graph = helper.make_graph(
        [helper.make_node(kind, inputs, [output]) for kind, inputs, output in steps],
        "linear",
        [tensor_info("functionals", len(model.mean))],
        [tensor_info("probabilities", len(model.bias))],
        [tensor_constant(name, values) for name, values in constants.items()],
    )
    opsets = [helper.make_opsetid("", OPSET)]
    model_proto = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)
    return bytes(model_proto.SerializeToString())


def linear_nodes() -> tuple[tuple[str, list[str], str], ...]:
    """The steps from ``functionals`` to ``scores``: operator, inputs, output."""
    return (
        ("Sub", ["functionals", "mean"], "centred"),
        ("Div", ["centred", "deviation"], "standard"),
        ("Clip", ["standard", "low", "high"], "limited"),
        ("MatMul", ["limited", "weights"], "product"),
        ("Add", ["product", "bias"], "scores"),
    )


def linear_constants(model: LinearModel) -> dict[str, npt.NDArray[Any]]:
    """What those steps need."""
    return {
        "mean": model.mean,
        "deviation": model.deviation,
        "low": np.array(-LIMIT),
        "high": np.array(LIMIT),
        "weights": model.weights,
        "bias": model.bias,
    }


def tensor_info(name: str, width: int) -> ValueInfoProto:
    """A float input or output [windows, width]."""
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["windows", width])


def tensor_constant(name: str, values: npt.NDArray[Any]) -> TensorProto:
    """Values as float32 inside a graph."""
    array = np.asarray(values, dtype=np.float32)
    return helper.make_tensor(name, TensorProto.FLOAT, array.shape, array.tobytes(), raw=True)
