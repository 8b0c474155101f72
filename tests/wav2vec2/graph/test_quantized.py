"""Eight bits where they answer the same, with a scale for each frame."""

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
from tests.wav2vec2.makers import LARGE, SMALL, make_checkpoint

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.wav2vec2.checkpoint import read_checkpoint
from sottovoce.wav2vec2.conversion import Outcome
from sottovoce.wav2vec2.graph.files import GRAPH_FILE, write_model
from sottovoce.wav2vec2.graph.model import Model, build
from sottovoce.wav2vec2.graph.quantized import ALL, Precision, precisions, quantized

POSITION_GROUPS = SMALL["num_conv_pos_embedding_groups"]


def session_of(model: Model, folder: Path) -> onnxruntime.InferenceSession:
    folder.mkdir()
    write_model(folder, model)
    return onnxruntime.InferenceSession(folder / GRAPH_FILE, providers=["CPUExecutionProvider"])


@pytest.mark.parametrize("size", [{}, LARGE], ids=["base", "large"])
def test_it_is_near_the_exact_model_and_its_products_are_gone(
    tmp_path: Path, windows: list[FloatArray], size: dict[str, Any]
) -> None:
    model = build(read_checkpoint(make_checkpoint(tmp_path / "c", config=size)), {})
    exact = session_of(model, tmp_path / "exact")
    for precision in precisions(2):
        small = quantized(model, precision.chooses)
        products = [n for n in small.graph.graph.node if n.op_type == "MatMulIntegerToFloat"]
        layers = 2 - precision.first_layer
        assert len(products) == layers * 6 + (6 + POSITION_GROUPS) * precision.convolutions
        session = session_of(small, tmp_path / precision.file_name)
        for samples in windows:
            (theirs,), (ours,) = (
                one.run(["logits"], {"samples": samples[None]})[0] for one in (exact, session)
            )
            assert np.abs(ours - theirs).max() < 0.05
        assert sum(w.nbytes for w in small.weights.values()) < sum(
            w.nbytes for w in model.weights.values()
        )


def test_first_layers_can_stay_in_float() -> None:
    late = Precision("late", convolutions=False, first_layer=6)
    weights = [f"encoder.layers.{n}.attention.q_proj.weight" for n in (0, 5, 6, 11)]
    assert [late.chooses(weight) for weight in weights] == [False, False, True, True]


def test_what_costs_little_and_what_decides_stays_in_float() -> None:
    for name in ("feature_projection.projection", "projector", "feature_extractor.conv_layers.0"):
        assert not ALL.chooses(f"{name}.weight")


def test_a_loud_neighbour_in_the_batch_changes_nothing(tmp_path: Path) -> None:
    """One scale for a whole tensor would make a quiet window's codes those of a loud one."""
    checkpoint = read_checkpoint(make_checkpoint(tmp_path / "c", config=LARGE))
    session = session_of(quantized(build(checkpoint, {}), ALL.chooses), tmp_path / "m")
    rng = np.random.default_rng(1)
    batch = rng.normal(size=(2, SAMPLE_RATE_HZ)).astype(np.float32) * [[1e-3], [0.9]]
    batch = batch.astype(np.float32)
    together = session.run(["logits"], {"samples": batch})[0]
    alone = [session.run(["logits"], {"samples": one[None]})[0][0] for one in batch]
    assert np.abs(together - np.stack(alone)).max() < 1e-4


def test_the_choice_is_by_what_was_measured(imported: tuple[Path, Outcome]) -> None:
    _, outcome = imported
    assert outcome.tried
    chosen = outcome.tried.get(outcome.trial.name)
    if chosen is None:
        assert outcome.trial is outcome.exact
    else:
        assert chosen.enough
        assert outcome.trial.ms_per_s < outcome.exact.ms_per_s
