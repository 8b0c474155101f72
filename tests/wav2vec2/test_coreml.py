"""A Core ML package holds the model: its weights, its words, and a program that says the same."""

import json
import subprocess
import sys
import wave
from pathlib import Path
from typing import Any

import coremltools as ct
import numpy as np
import pytest
from tests.wav2vec2.makers import LARGE, make_checkpoint
from tests.wav2vec2.mil import run_package

from sottovoce.domain import FloatArray
from sottovoce.models.card import Card
from sottovoce.models.registry import find_model
from sottovoce.models.speech_model import SpeechModel
from sottovoce.wav2vec2.conversion import Order, import_checkpoint
from sottovoce.wav2vec2.coreml import PACKAGE, export_coreml, same_weights
from sottovoce.wav2vec2.errors import ExportError

pytestmark = pytest.mark.filterwarnings(
    "ignore:Implicitly cleaning up:ResourceWarning",  # the converter's own scratch folders
)


def imported_card(folder: Path, **made: Any) -> Card:
    source = make_checkpoint(folder / "c", **made)
    order = Order(source, "owner/name", "m", licence="mit")
    import_checkpoint(order, folder / "models", lambda words: None)
    return find_model("m", folder / "models")


@pytest.mark.parametrize("family", ["wav2vec2", "hubert", "wavlm"])
@pytest.mark.parametrize(
    ("size", "head"), [({}, "output"), (LARGE, "standard")], ids=["base", "large"]
)
def test_the_saved_program_says_what_the_model_says_at_any_length(
    tmp_path: Path, windows: list[FloatArray], family: str, size: dict[str, Any], head: str
) -> None:
    config = {**size, "use_weighted_layer_sum": head == "standard"}
    card = imported_card(tmp_path, family=family, head=head, config=config)
    assert export_coreml(card, tmp_path / "out", False, windows) is None
    exact = SpeechModel(card)
    for samples in windows:
        found = run_package(tmp_path / "out" / PACKAGE, samples)
        assert found == pytest.approx(exact.logits(samples), abs=1e-5)


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Card:
    return imported_card(tmp_path_factory.mktemp("coreml"), head="output")


def test_the_package_explains_itself(tmp_path: Path, card: Card, windows: list[FloatArray]) -> None:
    export_coreml(card, tmp_path / "out", False, windows)
    model = ct.models.MLModel(str(tmp_path / "out" / PACKAGE), skip_model_load=True)
    told = model.user_defined_metadata
    assert json.loads(told["labels"]) == list(card.labels)
    assert json.loads(told["preprocessing"])["sampling_rate_hz"] == 16_000
    assert (model.license, model.author, told["source"]) == ("mit", "owner/name", "owner/name")
    described = model.get_spec().description
    (given,), (answer,) = described.input, described.output
    assert (given.name, answer.name) == ("samples", "logits")
    lengths = given.type.multiArrayType.shapeRange.sizeRanges[1]
    assert (lengths.lowerBound, lengths.upperBound) == (1600, 480_000)


def test_a_weight_that_is_not_in_the_package_is_noticed(
    tmp_path: Path, card: Card, windows: list[FloatArray]
) -> None:
    import torch

    export_coreml(card, tmp_path / "out", False, windows)
    model = ct.models.MLModel(str(tmp_path / "out" / PACKAGE), skip_model_load=True)
    with pytest.raises(ExportError, match="changed the weight 'other'"):
        same_weights(model, {"other": torch.ones(3)})


def test_eight_bits_are_smaller_and_say_nearly_the_same(
    tmp_path: Path, card: Card, windows: list[FloatArray]
) -> None:
    export_coreml(card, tmp_path / "exact", False, windows)
    reached = export_coreml(card, tmp_path / "small", True, windows)
    assert reached is not None
    assert 0 < reached.difference < 0.05
    sizes = [
        sum(file.stat().st_size for file in (tmp_path / name).rglob("weight.bin"))
        for name in ("small", "exact")
    ]
    assert sizes[0] < 0.75 * sizes[1]


def test_the_example_reads_the_package_and_ends_where_a_mac_is_needed(
    tmp_path: Path, card: Card, windows: list[FloatArray]
) -> None:
    if sys.platform == "darwin":
        pytest.skip("here it would run to its end; this test is of other systems")
    export_coreml(card, tmp_path / "out", False, windows)
    with wave.open(str(tmp_path / "memo.wav"), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(np.zeros(16_000, "<i2").tobytes())
    command = [sys.executable, tmp_path / "out" / "example.py", tmp_path / "memo.wav"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert "only supported on macOS" in done.stderr


def test_what_cannot_be_converted_is_a_sentence(
    tmp_path: Path, card: Card, windows: list[FloatArray], checkpoint_folder: Path
) -> None:
    from sottovoce.wav2vec2.graph.files import read_model
    from sottovoce.wav2vec2.graph.quantized import ALL, quantized
    from sottovoce.wav2vec2.torch_graph import TorchGraph

    model = read_model(card.folder, card.file)
    with pytest.raises(ExportError, match="eight bits"):
        TorchGraph(quantized(model, ALL.chooses))
    del model.graph.metadata_props[:]
    with pytest.raises(ExportError, match="import it again"):
        TorchGraph(model)
