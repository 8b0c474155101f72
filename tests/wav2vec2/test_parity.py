"""The converted model says what torch says: every head, every encoder, base and large."""

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
import torch
import transformers
from tests.wav2vec2.makers import LARGE, edit_config, make_checkpoint

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.wav2vec2.checkpoint import Checkpoint, read_checkpoint
from sottovoce.wav2vec2.conversion import check_parity
from sottovoce.wav2vec2.errors import ParityError
from sottovoce.wav2vec2.graph.files import GRAPH_FILE, write_model
from sottovoce.wav2vec2.graph.model import Model, build

FAMILIES = ("wav2vec2", "hubert", "wavlm")
DIMENSIONS = ("arousal", "dominance", "valence")


def opened(model: Model, folder: Path) -> onnxruntime.InferenceSession:
    folder.mkdir(exist_ok=True)
    write_model(folder, model)
    return onnxruntime.InferenceSession(folder / GRAPH_FILE, providers=["CPUExecutionProvider"])


def heard(
    checkpoint: Checkpoint, folder: Path, windows: list[FloatArray], output: str = "logits"
) -> list[FloatArray]:
    session = opened(build(checkpoint, {}), folder)
    return [session.run([output], {"samples": one[None]})[0][0] for one in windows]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("size", [{}, LARGE], ids=["base", "large"])
@pytest.mark.parametrize("weighted", [False, True], ids=["last", "weighted"])
def test_the_standard_head_agrees_with_the_ordinary_pipeline(
    tmp_path: Path, windows: list[FloatArray], family: str, size: dict[str, Any], weighted: bool
) -> None:
    config = {**size, "use_weighted_layer_sum": weighted}
    folder = make_checkpoint(tmp_path / "c", family=family, config=config)
    pipeline = transformers.pipeline("audio-classification", model=str(folder), top_k=None)
    checkpoint = read_checkpoint(folder)
    for samples, logits in zip(windows, heard(checkpoint, tmp_path / "m", windows), strict=True):
        theirs = {one["label"]: one["score"] for one in pipeline(samples)}
        ours = np.exp(logits) / np.exp(logits).sum()
        assert ours == pytest.approx([theirs[label] for label in checkpoint.labels], abs=2e-6)


@pytest.mark.parametrize(
    ("head", "labels"), [("output", ("ang", "hap", "sad", "neu")), ("out_proj", DIMENSIONS)]
)
@pytest.mark.parametrize("size", [{}, LARGE], ids=["base", "large"])
def test_the_other_heads_agree_with_their_definition(
    tmp_path: Path,
    windows: list[FloatArray],
    head: str,
    labels: tuple[str, ...],
    size: dict[str, Any],
) -> None:
    folder = make_checkpoint(tmp_path / "c", head=head, labels=labels, config=size)
    checkpoint = read_checkpoint(folder)
    reached = check_parity(checkpoint, heard(checkpoint, tmp_path / "m", windows), windows)
    assert reached.difference < 1e-5
    encoder = transformers.AutoModel.from_pretrained(folder).eval()
    weights = transformers.modeling_utils.load_state_dict(folder / "model.safetensors")
    with torch.inference_mode():
        x = (windows[0] - windows[0].mean()) / np.sqrt(windows[0].var() + 1e-7)
        x = encoder(torch.from_numpy(x)[None]).last_hidden_state.mean(1)
        x = torch.tanh(x @ weights["classifier.dense.weight"].T + weights["classifier.dense.bias"])
        x = x @ weights[f"classifier.{head}.weight"].T + weights[f"classifier.{head}.bias"]
    ours = heard(checkpoint, tmp_path / "m", windows[:1])[0]
    assert ours == pytest.approx(x[0].numpy(), abs=1e-5)


def test_hidden_states_are_those_of_transformers(
    tmp_path: Path, checkpoint_folder: Path, windows: list[FloatArray]
) -> None:
    encoder = transformers.AutoModel.from_pretrained(checkpoint_folder).eval()
    (ours,) = heard(read_checkpoint(checkpoint_folder), tmp_path / "m", windows[:1], "means")
    x = (windows[0] - windows[0].mean()) / np.sqrt(windows[0].var() + 1e-7)
    with torch.inference_mode():
        states = encoder(torch.from_numpy(x)[None], output_hidden_states=True).hidden_states
    theirs = np.stack([state[0].mean(0).numpy() for state in states])
    assert np.abs(ours - theirs).max() < 1e-5


def test_a_checkpoint_of_transformers_4_counts_its_last_state_after_the_norm(
    tmp_path: Path, windows: list[FloatArray]
) -> None:
    """transformers 5 leaves the last norm out of ``hidden_states``; older weights had it in."""
    config = {**LARGE, "use_weighted_layer_sum": True}
    folder = make_checkpoint(tmp_path / "c", config=config)
    new = heard(read_checkpoint(folder), tmp_path / "m", windows)
    edit_config(folder, transformers_version="4.17.0")
    checkpoint = read_checkpoint(folder)
    old = heard(checkpoint, tmp_path / "old", windows)
    assert np.abs(np.stack(old) - np.stack(new)).max() > 1e-3
    assert check_parity(checkpoint, old, windows).difference < 1e-5


def test_without_normalisation_the_level_is_heard(
    tmp_path: Path, windows: list[FloatArray]
) -> None:
    folder = make_checkpoint(tmp_path / "c", config=LARGE)
    transformers.Wav2Vec2FeatureExtractor(do_normalize=False).save_pretrained(folder)
    checkpoint = read_checkpoint(folder)
    found = heard(checkpoint, tmp_path / "m", windows)
    assert check_parity(checkpoint, found, windows).difference < 1e-5
    (softer,) = heard(checkpoint, tmp_path / "m2", [0.1 * windows[0]])
    assert np.abs(softer - found[0]).max() > 1e-4


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("size", [{}, LARGE], ids=["base", "large"])
def test_a_window_alone_and_in_a_batch_of_equal_length_agree(
    tmp_path: Path, family: str, size: dict[str, Any]
) -> None:
    checkpoint = read_checkpoint(make_checkpoint(tmp_path / "c", family=family, config=size))
    session = opened(build(checkpoint, {}), tmp_path / "m")
    rng = np.random.default_rng(0)
    levels = np.float32([[0.5], [0.01], [0.1]])
    batch = levels * rng.normal(size=(3, SAMPLE_RATE_HZ)).astype(np.float32)
    together = session.run(["logits"], {"samples": batch})[0]
    alone = [session.run(["logits"], {"samples": one[None]})[0][0] for one in batch]
    assert np.abs(together - np.stack(alone)).max() < 1e-4


def test_a_shuffled_head_is_detected(
    tmp_path: Path, checkpoint_folder: Path, windows: list[FloatArray]
) -> None:
    checkpoint = read_checkpoint(checkpoint_folder)
    model = build(checkpoint, {})
    weights = dict(model.weights)
    weights["classifier.weight"] = weights["classifier.weight"][:, ::-1]
    session = opened(Model(model.graph, weights), tmp_path / "m")
    found = [session.run(["logits"], {"samples": one[None]})[0][0] for one in windows]
    with pytest.raises(ParityError, match="differs from torch"):
        check_parity(checkpoint, found, windows)
