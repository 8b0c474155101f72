"""The blend as one ONNX graph; what is known of the voice enters through inputs with defaults."""

from dataclasses import dataclass

import numpy as np
from onnx import ModelProto, load_from_string

from sottovoce.domain import FloatArray
from sottovoce.training.calibration import Scaling
from sottovoce.training.linear import LinearModel
from sottovoce.training.linear_graph import (
    Constants,
    Step,
    add_defaults,
    add_outputs,
    add_steps,
    functionals_of,
    linear_constants,
    linear_defaults,
    linear_steps,
    probability_steps,
    scaling_constants,
    tensor_info,
)
from sottovoce.training.net.export import net_graph
from sottovoce.training.net.fit import FittedNet


@dataclass(frozen=True, slots=True, eq=False)
class BlendParts:
    """Both models, the mean embedding of all voices, and the numbers of the blend."""

    linear: LinearModel
    net: FittedNet
    centre: FloatArray
    sharpness: float
    net_share: float
    centre_memos: float


def blend_graph(parts: BlendParts, scaling: Scaling) -> bytes:
    """``functionals``, ``mel`` and ``acf`` in; probabilities, ``distance``, ``embedding`` out."""
    model: ModelProto = load_from_string(net_graph(parts.net))
    graph, labels = model.graph, len(parts.linear.absolute.bias)
    graph.input.append(tensor_info("functionals", functionals_of(parts.linear)))
    own_embedding = {"own_embedding": np.zeros((1, len(parts.centre)))}
    add_defaults(graph, {**linear_defaults(parts.linear), **own_embedding})
    add_steps(graph, linear_steps(), linear_constants(parts.linear))
    add_steps(graph, _centre_steps(), _blend_constants(parts))
    add_steps(graph, (*_own_head("", "centre"), *_own_head("own_", "own_centre")), {})
    add_steps(
        graph,
        (*_blend_steps("", "product", "nothing"), *_blend_steps("own_", "own_scores", "share")),
        {},
    )
    add_steps(graph, probability_steps("blended", "own_blended"), scaling_constants(scaling))
    del graph.output[:]
    add_outputs(graph, labels)
    graph.output.append(tensor_info("embedding", len(parts.centre)))
    return bytes(model.SerializeToString())


def _centre_steps() -> tuple[Step, ...]:
    """How far the voice's own centre is believed; what the network says of the window alone."""
    return (
        ("Add", ["own_memos", "centre_memos"], "centre_sum"),
        ("Div", ["own_memos", "centre_sum"], "centre_trust"),
        ("Sub", ["own_embedding", "centre"], "centre_away"),
        ("Mul", ["centre_trust", "centre_away"], "centre_shift"),
        ("Add", ["centre", "centre_shift"], "own_centre"),
        ("LogSoftmax", ["net_logits"], "net_log"),
    )


def _own_head(prefix: str, centre: str) -> tuple[Step, ...]:
    """The head that hears the embedding against a centre: to ``{prefix}head_log``."""
    return (
        ("Sub", ["embedding", centre], f"{prefix}difference"),
        ("MatMul", [f"{prefix}difference", "head_weights"], f"{prefix}head_product"),
        ("Add", [f"{prefix}head_product", "head_bias"], f"{prefix}head_logits"),
        ("LogSoftmax", [f"{prefix}head_logits"], f"{prefix}head_log"),
    )


def _blend_steps(prefix: str, scores: str, share: str) -> tuple[Step, ...]:
    """Linear model and both heads to ``{prefix}blended``."""
    return (
        ("Mul", [scores, "sharpness"], f"{prefix}sharp"),
        ("LogSoftmax", [f"{prefix}sharp"], f"{prefix}linear_log"),
        ("Sub", ["one", share], f"{prefix}less"),
        ("Add", ["one", share], f"{prefix}more"),
        ("Mul", [f"{prefix}less", "net_log"], f"{prefix}net_part"),
        ("Mul", [f"{prefix}more", f"{prefix}head_log"], f"{prefix}head_part"),
        ("Add", [f"{prefix}net_part", f"{prefix}head_part"], f"{prefix}both"),
        ("Mul", [f"{prefix}both", "net_share"], f"{prefix}weighed"),
        ("Add", [f"{prefix}linear_log", f"{prefix}weighed"], f"{prefix}blended"),
    )


def _blend_constants(parts: BlendParts) -> Constants:
    weight, bias = (part.detach().numpy() for part in parts.net.net.own_head.parameters())
    return {
        "centre": parts.centre[None],
        "head_weights": weight.T,
        "head_bias": bias,
        "sharpness": np.array(parts.sharpness),
        "net_share": np.array(parts.net_share),
        "centre_memos": np.array(parts.centre_memos),
        "one": np.ones(1),
        "nothing": np.zeros(1),
    }
