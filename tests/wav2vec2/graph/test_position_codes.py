"""The positional convolution as products of codes is near the convolution, to its last frame."""

import numpy as np
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from sottovoce.domain import FloatArray
from sottovoce.wav2vec2.graph import eight_bits, frame_codes, position_codes
from sottovoce.wav2vec2.graph.position_codes import Position, position_nodes, stored_position
from sottovoce.wav2vec2.graph.writer import IR_VERSION, MICROSOFT, OPSET

GROUPS, SIZE = 3, 8
WIDTH = GROUPS * SIZE


def both(frames: FloatArray, weight: FloatArray, bias: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What ONNX Runtime's own convolution says, and ours."""
    position, kernel = Position("frames", "weight", "bias", "ours", GROUPS), weight.shape[2]
    inputs = ["frames", "weight", "bias"]
    pads = [kernel // 2, (kernel - 1) // 2]
    nodes = [helper.make_node("Conv", inputs, ["exact"], group=GROUPS, pads=pads)]
    weights = {"weight": weight, "bias": bias, **stored_position(position, weight, bias)}
    for room in (eight_bits, frame_codes, position_codes):
        weights |= room.CONSTANTS
    graph = helper.make_graph(
        [*nodes, *position_nodes(position)],
        "position",
        [helper.make_tensor_value_info("frames", TensorProto.FLOAT, ["batch", WIDTH, "time"])],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, [None] * 3)
            for name in ("exact", "ours")
        ],
        [numpy_helper.from_array(values, name) for name, values in weights.items()],
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    exact, ours = session.run(None, {"frames": frames})
    return exact, ours


@pytest.mark.parametrize("kernel", [16, 15, 2])
@pytest.mark.parametrize("time", [1, 2, 7, 40])
def test_it_is_near_the_convolution(kernel: int, time: int) -> None:
    rng = np.random.default_rng(time)
    frames = rng.normal(0.3, 1.0, (2, WIDTH, time)).astype(np.float32)
    weight = rng.normal(size=(WIDTH, SIZE, kernel)).astype(np.float32)
    exact, ours = both(frames, weight, rng.normal(size=WIDTH).astype(np.float32))
    assert ours.shape == exact.shape
    assert np.abs(ours - exact).max() < 0.03 * np.abs(exact).max()


def test_a_loud_window_beside_it_changes_nothing() -> None:
    rng = np.random.default_rng(5)
    frames = rng.normal(size=(2, WIDTH, 20)) * np.array([1.0, 1e4])[:, None, None]
    frames = frames.astype(np.float32)
    weight, bias = rng.normal(size=(WIDTH, SIZE, 16)).astype(np.float32), np.zeros(WIDTH, "f4")
    np.testing.assert_array_equal(
        both(frames, weight, bias)[1][:1], both(frames[:1], weight, bias)[1]
    )
