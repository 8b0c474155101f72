"""What torch says: transformers' own model for the standard head, the definition for the others.

The encoder is always the one of transformers, loaded by its own loader, which must find every
weight; a head of the other two families is written out here as its makers defined it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.wav2vec2.checkpoint import Checkpoint
from sottovoce.wav2vec2.errors import ParityError
from sottovoce.wav2vec2.heads import PROJECTED


def reference_logits(checkpoint: Checkpoint, windows: Sequence[FloatArray]) -> list[FloatArray]:
    """The checkpoint's numbers for each window, float32 [labels], in torch."""
    import torch
    from transformers import Wav2Vec2FeatureExtractor

    extractor: Any = Wav2Vec2FeatureExtractor(do_normalize=checkpoint.normalise)  # type: ignore[no-untyped-call]
    forward = _standard(checkpoint) if checkpoint.head is PROJECTED else _defined(checkpoint)
    found = []
    with torch.inference_mode():
        for samples in windows:
            heard = extractor(samples, sampling_rate=SAMPLE_RATE_HZ, return_tensors="pt")
            found.append(forward(heard.input_values)[0].numpy().copy())
    return found


def _standard(checkpoint: Checkpoint) -> Any:
    from transformers import AutoModelForAudioClassification

    model = _loaded(AutoModelForAudioClassification, checkpoint)
    return lambda heard: model(heard).logits


def _defined(checkpoint: Checkpoint) -> Any:
    import torch
    from transformers import AutoModel

    head, weights = checkpoint.head, checkpoint.weights
    encoder = _loaded(AutoModel, checkpoint)
    first, last = (
        (
            torch.from_numpy(np.array(weights[f"{name}.weight"])),
            torch.from_numpy(np.array(weights[f"{name}.bias"])),
        )
        for name in (head.first, head.last)
    )

    def forward(heard: Any) -> Any:
        pooled = encoder(heard).last_hidden_state.mean(dim=1)
        dense = torch.nn.functional.linear(pooled, *first)
        return torch.nn.functional.linear(torch.tanh(dense), *last)

    return forward


def _loaded(kind: Any, checkpoint: Checkpoint) -> Any:
    """A model by transformers' loader, in evaluation, with every weight of its encoder found."""
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    model, report = kind.from_pretrained(
        checkpoint.folder, output_loading_info=True, local_files_only=True, dtype="float32"
    )
    missing = [name for name in report["missing_keys"] if "masked_spec_embed" not in name]
    if missing:
        raise ParityError(f"transformers does not find '{missing[0]}' in the checkpoint")
    model.config.tie_last_hidden_states = checkpoint.last_normed  # shared by all its modules
    return model.requires_grad_(False).eval()
