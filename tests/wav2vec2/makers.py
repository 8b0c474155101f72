"""Tiny checkpoints of random weights, saved with the very keys that the originals have.

Two layers, 32 wide: what a published model has of each part, in a second.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch
import transformers
from safetensors.torch import save_file

Tensors = dict[str, torch.Tensor]
SMALL = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 64,
    "conv_dim": [32] * 7,
    "num_conv_pos_embeddings": 16,
    "num_conv_pos_embedding_groups": 4,
    "classifier_proj_size": 16,
}
LARGE = {"feat_extract_norm": "layer", "do_stable_layer_norm": True, "conv_bias": True}
WORDS = ("angry", "calm", "disgust", "fearful", "happy", "neutral", "sad", "surprised")
KINDS = {"wav2vec2": "Wav2Vec2", "hubert": "Hubert", "wavlm": "WavLM"}


def make_checkpoint(
    folder: Path,
    *,
    head: str = "standard",
    family: str = "wav2vec2",
    labels: tuple[str, ...] = WORDS,
    config: Mapping[str, Any] | None = None,
    change: Callable[[Tensors], Tensors] = dict,
) -> Path:
    """Write a checkpoint: ``head`` is standard, output or out_proj; ``change`` the weights last."""
    torch.manual_seed(7)
    made = getattr(transformers, f"{KINDS[family]}Config")(
        **{**SMALL, **(config or {})},
        id2label=dict(enumerate(labels)),
        label2id={label: index for index, label in enumerate(labels)},
    )
    model = getattr(transformers, f"{KINDS[family]}ForSequenceClassification")(made)
    for parameter in model.parameters():
        parameter.data += 0.05 * torch.randn_like(parameter)
    weights = {name: values.contiguous() for name, values in model.state_dict().items()}
    if head != "standard":
        weights = {name: v for name, v in weights.items() if name.startswith(f"{family}.")}
        weights |= dense_head(head, len(labels))
    folder.mkdir(parents=True)
    made.architectures = [type(model).__name__]
    made.save_pretrained(folder)
    save_file(change(weights), folder / "model.safetensors", metadata={"format": "pt"})
    transformers.Wav2Vec2FeatureExtractor().save_pretrained(folder)
    return folder


def dense_head(last: str, labels: int) -> Tensors:
    """``classifier.dense`` and ``classifier.<last>``, as the fine-tuning templates save them."""
    width = SMALL["hidden_size"]
    return {
        "classifier.dense.weight": 0.2 * torch.randn(width, width),
        "classifier.dense.bias": 0.2 * torch.randn(width),
        f"classifier.{last}.weight": torch.randn(labels, width),
        f"classifier.{last}.bias": 0.2 * torch.randn(labels),
    }


def edit_config(folder: Path, **changes: Any) -> None:
    """Change ``config.json``; a value of None takes the key away."""
    path = folder / "config.json"
    config = {**json.loads(path.read_text()), **changes}
    path.write_text(json.dumps({key: v for key, v in config.items() if v is not None}))
