"""What cannot be run rightly is refused in one sentence, and nothing is imported."""

import json
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from tests.wav2vec2.makers import Tensors, edit_config, make_checkpoint

from sottovoce.wav2vec2.checkpoint import read_checkpoint
from sottovoce.wav2vec2.errors import CheckpointError, HubError
from sottovoce.wav2vec2.hub import checkpoint_folder as find_folder


def without(*parts: str) -> Callable[[Tensors], Tensors]:
    return lambda weights: {
        name: values for name, values in weights.items() if not any(part in name for part in parts)
    }


def renamed(old: str, new: str) -> Callable[[Tensors], Tensors]:
    return lambda weights: {name.replace(old, new): values for name, values in weights.items()}


def refused(folder: Path, why: str) -> None:
    with pytest.raises(CheckpointError, match=why) as told:
        read_checkpoint(folder)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("head", "change", "why"),
    [
        ("standard", without("projector", "classifier"), "no emotion head that was trained"),
        ("standard", without("projector"), "projector.bias, projector.weight missing"),
        ("output", without("classifier.dense.bias"), "classifier.dense.bias missing"),
        ("output", without("classifier.dense"), "classifier.dense.weight missing"),
        ("out_proj", without("layers.1."), r"and \d+ more missing"),
        ("standard", renamed("projector", "extra"), "extra.weight unexpected"),
        ("standard", without("pos_conv_embed.conv.bias"), "pos_conv_embed.conv.bias missing"),
        ("standard", without("original0"), "original1 unexpected"),
        ("standard", renamed("classifier", "lm_head"), "speech recognition"),
    ],
)
def test_a_missing_or_torn_part_is_named(
    tmp_path: Path, head: str, change: Callable[[Tensors], Tensors], why: str
) -> None:
    refused(make_checkpoint(tmp_path / "c", head=head, change=change), why)


@pytest.mark.parametrize(
    ("config", "why"),
    [
        ({"num_hidden_layers": 3}, "layers.2.attention"),
        ({"num_hidden_layers": 1}, "unexpected"),
        ({"intermediate_size": 128}, r"\(64, 32\) instead of \(128, 32\)"),
        ({"conv_bias": True}, "conv.bias"),
        ({"use_weighted_layer_sum": True}, "layer_weights missing"),
        ({"model_type": "hubert"}, "missing"),
        ({"model_type": "bert"}, "'bert' checkpoint"),
        ({"model_type": "wav2vec2-conformer"}, "'wav2vec2-conformer' checkpoint"),
        ({"hidden_act": "relu"}, "only gelu"),
        ({"add_adapter": True}, "adapter"),
        ({"pooling_mode": "max"}, "pools by 'max'"),
        ({"num_attention_heads": 5}, "5 heads"),
        ({"conv_kernel": "wide"}, "not usable"),
        ({"id2label": {"0": "calm", "1": "sad"}}, "names 2 labels, its head gives 8"),
        ({"id2label": {"a": "calm"}}, "does not count from 0"),
    ],
)
def test_a_config_that_disagrees_with_the_weights(
    tmp_path: Path, config: dict[str, Any], why: str
) -> None:
    folder = make_checkpoint(tmp_path / "c")
    edit_config(folder, **config)
    refused(folder, why)


@pytest.mark.parametrize("text", ["", "{", "[]", "\xff"])
def test_a_config_that_is_no_json_object(tmp_path: Path, text: str) -> None:
    folder = make_checkpoint(tmp_path / "c")
    (folder / "config.json").write_text(text, encoding="latin-1")
    refused(folder, "JSON")


def test_a_folder_without_config_or_weights(tmp_path: Path) -> None:
    refused(tmp_path, "holds no config.json")
    folder = make_checkpoint(tmp_path / "c")
    (folder / "model.safetensors").unlink()
    refused(folder, "holds no model.safetensors")


@pytest.mark.parametrize("kept", [0, 7, 1000, -1])
def test_truncated_safetensors(tmp_path: Path, kept: int) -> None:
    file = make_checkpoint(tmp_path / "c") / "model.safetensors"
    file.write_bytes(file.read_bytes()[:kept])
    refused(file.parent, "torn or no safetensors")


def test_weights_that_are_not_numbers(tmp_path: Path) -> None:
    def spoilt(weights: Tensors) -> Tensors:
        weights["classifier.bias"][0] = torch.nan
        return weights

    refused(make_checkpoint(tmp_path / "c", change=spoilt), "'classifier.bias' holds values")


def test_another_sampling_rate(tmp_path: Path) -> None:
    folder = make_checkpoint(tmp_path / "c")
    (folder / "preprocessor_config.json").write_text(json.dumps({"sampling_rate": 8000}))
    refused(folder, "8000 Hz")


class Code:
    """A pickle of this makes a file when it is opened carelessly."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.trace),)


def test_code_in_a_pickle_is_not_run(tmp_path: Path) -> None:
    folder = make_checkpoint(tmp_path / "c")
    (folder / "model.safetensors").unlink()
    for write in (torch.save, lambda code, path: path.write_bytes(pickle.dumps(code))):
        write({"a": Code(tmp_path / "trace")}, folder / "pytorch_model.bin")
        refused(folder, "nothing in it was run")
        assert not (tmp_path / "trace").exists()


def test_a_pickle_of_weights_is_read(tmp_path: Path) -> None:
    kept: Tensors = {}

    def keep(weights: Tensors) -> Tensors:
        kept.update(weights)
        return weights

    folder = make_checkpoint(tmp_path / "c", change=keep)
    ours = read_checkpoint(folder)
    (folder / "model.safetensors").unlink()
    torch.save(kept, folder / "pytorch_model.bin")
    pickled = read_checkpoint(folder)
    assert ours.weights.keys() == pickled.weights.keys()
    assert all((ours.weights[name] == pickled.weights[name]).all() for name in ours.weights)


def test_the_older_names_of_the_weight_norm_are_read(tmp_path: Path) -> None:
    def older(weights: Tensors) -> Tensors:
        place = "parametrizations.weight.original"
        named = {"0": "weight_g", "1": "weight_v"}
        return {
            name.replace(f"{place}{name[-1]}", named.get(name[-1], "")): values
            for name, values in weights.items()
        }

    new = read_checkpoint(make_checkpoint(tmp_path / "new"))
    old = read_checkpoint(make_checkpoint(tmp_path / "old", change=older))
    name = "encoder.pos_conv_embed.conv.weight"
    assert (new.weights[name] == old.weights[name]).all()


def test_neither_a_folder_nor_a_hub_id(tmp_path: Path) -> None:
    for wanted in (str(tmp_path / "none"), "none", "a/b/c"):
        with pytest.raises(CheckpointError, match="no hub id"):
            find_folder(wanted, print)


def test_a_hub_id_while_offline_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(HubError, match="the hub cannot be reached") as told:
        find_folder("superb/wav2vec2-base-superb-er", print)
    assert "\n" not in str(told.value)
