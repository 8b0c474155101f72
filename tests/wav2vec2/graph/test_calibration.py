"""What matrix products hear, summed inside the graph, is what torch would have given them."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper
from tests.wav2vec2.makers import LARGE, make_checkpoint

from sottovoce.domain import FloatArray
from sottovoce.wav2vec2.checkpoint import read_checkpoint
from sottovoce.wav2vec2.graph.calibration import calibrated, grams, inputs_of
from sottovoce.wav2vec2.graph.files import GRAPH_FILE, write_model
from sottovoce.wav2vec2.graph.model import Model, build
from sottovoce.wav2vec2.graph.quantized import ALL, products


def written(folder: Path) -> Model:
    model = build(read_checkpoint(make_checkpoint(folder / "c", config=LARGE)), {})
    (folder / "exact").mkdir()
    write_model(folder / "exact", model)
    return model


def frames_of(folder: Path, name: str, samples: FloatArray) -> FloatArray:
    graph = onnx.load(folder / GRAPH_FILE, load_external_data=False)
    graph.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
    (folder / "probe.onnx").write_bytes(graph.SerializeToString())
    session = onnxruntime.InferenceSession(
        folder / "probe.onnx", providers=["CPUExecutionProvider"]
    )
    return np.asarray(session.run([name], {"samples": samples[None]})[0][0])


def test_a_gram_matrix_is_the_sum_over_all_frames(
    tmp_path: Path, windows: list[FloatArray]
) -> None:
    model = written(tmp_path)
    heard = inputs_of(model.graph, products(model, ALL.chooses), model.weights)
    chosen = [heard[3], heard[-1]]
    found = grams(tmp_path / "exact", chosen, windows[:2])
    for one, gram in zip(chosen, found, strict=True):
        frames = np.concatenate([frames_of(tmp_path / "exact", one.name, w) for w in windows[:2]])
        np.testing.assert_allclose(gram, frames.T @ frames, rtol=1e-3, atol=1e-3)


def test_products_of_one_input_are_fitted_together(tmp_path: Path) -> None:
    model = written(tmp_path)
    heard = inputs_of(model.graph, products(model, ALL.chooses), model.weights)
    shared = [one.weights for one in heard if len(one.weights) > 1]
    assert [len(names) for names in shared] == [3, 3]
    assert all(name.split(".")[-2] in ("q_proj", "k_proj", "v_proj") for name in shared[0])


def test_every_chosen_weight_gets_its_codes(tmp_path: Path, windows: list[FloatArray]) -> None:
    model = written(tmp_path)
    names = products(model, ALL.chooses)
    found = {
        name: codes
        for part in calibrated(tmp_path / "exact", names, windows[:2])
        for name, codes in part.items()
    }
    assert set(found) == set(names)
    for name, one in found.items():
        weight = np.asarray(model.weights[name], np.float32)
        assert one.codes.shape == weight.shape
        assert np.abs(one.codes * one.steps - weight).max() < 20 * one.steps.max()
