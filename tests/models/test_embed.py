"""Embeddings come from the hidden states that the model gives, weighted by time."""

from pathlib import Path

import numpy as np
import pytest
from tests.wav2vec2.makers import make_checkpoint

from sottovoce.audio.decode import decode
from sottovoce.domain import SAMPLE_RATE_HZ, Recording
from sottovoce.errors import ModelError
from sottovoce.models.embed import embed, pooled
from sottovoce.models.registry import find_model
from sottovoce.models.speech_model import SpeechModel
from sottovoce.runtime import ASSETS
from sottovoce.wav2vec2.conversion import Order, import_checkpoint


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> SpeechModel:
    home = tmp_path_factory.mktemp("embed")
    folder = make_checkpoint(home / "checkpoint")
    import_checkpoint(Order(folder, "here", "m"), home / "models", lambda words: None)
    return SpeechModel(find_model("m", home / "models"))


def test_a_recording_is_the_mean_of_its_windows_by_length(model: SpeechModel) -> None:
    found = embed(decode(ASSETS / "samples" / "slow.ogg"), model)
    assert found is not None
    assert found.windows.shape == (len(found.spans_s), 32)
    lengths = np.array([end - start for start, end in found.spans_s])
    assert found.vector == pytest.approx(np.average(found.windows, axis=0, weights=lengths), 1e-5)


def test_layers_are_counted_and_weighted(model: SpeechModel) -> None:
    recording = decode(ASSETS / "samples" / "even.ogg")
    found = [embed(recording, model, layer) for layer in (0, 1, 2, -1, [1.0, 1.0, 2.0])]
    zero, one, two, last, mixed = [one.vector for one in found if one is not None]
    assert (two == last).all()
    assert not np.allclose(zero, one, atol=1e-3)
    assert mixed == pytest.approx((zero + one + 2 * two) / 4, abs=1e-5)


def test_silence_has_no_embedding(model: SpeechModel) -> None:
    silence = Recording(np.zeros(2 * SAMPLE_RATE_HZ, np.float32))
    assert embed(silence, model) is None


@pytest.mark.parametrize("layer", [3, -4, [1.0], [0.0, 0.0, 0.0]])
def test_a_layer_that_is_not_there(layer: int | list[float]) -> None:
    with pytest.raises(ModelError, match="layer"):
        pooled(np.zeros((3, 4), np.float32), layer)


def test_the_model_folder_needs_no_torch(model: SpeechModel) -> None:
    assert {path.name for path in Path(model.card.folder).iterdir()} == {
        "card.json",
        "model.onnx",
        "model.weights",
    }
