"""Models of low mood as training leaves them, with weights that do something simple."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from sottovoce.features.functionals import functional_digest

GOOD: dict[str, Any] = {
    "speaker_disjoint": True,
    "labels": "clinical",
    "corpora": {"daic-woz": 140},
    "cases": 42,
    "others": 98,
    "auc": {"value": 0.74, "low": 0.66, "high": 0.81},
    "decided": 0.8,
    "sensitivity": 0.7,
    "specificity": 0.75,
}


def graph() -> bytes:
    """Two seeds' logits: the pause ratio less a half, and a little more."""
    onnx = pytest.importorskip("onnx", reason="onnx writes the weights of this test")
    make, number = onnx.helper, onnx.TensorProto.FLOAT
    weights = [[0.0, 0.0]] * 13
    weights[9] = [10.0, 12.0]
    nodes = [
        make.make_node("Where", ["missing", "nothing", "markers"], ["known"]),
        make.make_node("IsNaN", ["markers"], ["missing"]),
        make.make_node("Gemm", ["known", "weights", "shift"], ["logits"]),
    ]
    constants = [
        make.make_tensor("nothing", number, [1], [0.0]),
        make.make_tensor("weights", number, [13, 2], [cell for row in weights for cell in row]),
        make.make_tensor("shift", number, [2], [-2.0, -2.0]),
    ]
    built = make.make_graph(
        [nodes[1], nodes[0], nodes[2]],
        "made",
        [make.make_tensor_value_info("markers", number, [1, 13])],
        [make.make_tensor_value_info("logits", number, [1, 2])],
        constants,
    )
    model = make.make_model(built, opset_imports=[make.make_opsetid("", 17)], ir_version=8)
    return bytes(model.SerializeToString())


def write_model(folder: Path, evaluation: Any = GOOD, **told: Any) -> Path:
    """Write a model into its folder; ``evaluation`` is what its card holds, None for none."""
    folder.mkdir(parents=True)
    weights = graph()
    (folder / "model.onnx").write_bytes(weights)
    risk = {
        "feature_set": "own",
        "feature_version": functional_digest(),
        "segments": 4,
        "widths": {"segments": 98, "embeddings": 0, "markers": 13},
        "encoder": None,
        "scaling": {"slope": 1.0, "shift": 0.0},
        "draws": [[0.9, 0.0], [1.1, 0.1]],
        "undecided": [0.45, 0.55],
    } | told
    if evaluation is not None:
        risk["evaluation"] = evaluation
    card = {
        "name": folder.name, "summary": "made for a test", "file": "model.onnx",
        "sha256": hashlib.sha256(weights).hexdigest(), "licence": "none", "labels": ["case"],
        "doubt": {}, "kind": "risk", "text": {"risk": risk},
    }  # fmt: skip
    (folder / "card.json").write_text(json.dumps(card))
    return folder
