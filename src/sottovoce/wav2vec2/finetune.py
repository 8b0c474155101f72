"""Fine-tuning: a pre-trained encoder learns a corpus's emotions, by its head or last layers too.

The head is the standard one (projector, mean over time, classifier), so that the result is a
checkpoint like any other: ``models import`` takes it, and so does everybody else's software. The
first eight seconds of each clip are heard, one clip at a time, and gradients are summed over a
batch. The state after each epoch is kept, and a run that was interrupted goes on from there.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sottovoce.audio.decode import Decoder
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.training.manifest import Clip
from sottovoce.wav2vec2.errors import CheckpointError

STATE_FILE = "training-state.pt"
LONGEST_SAMPLES = 8 * SAMPLE_RATE_HZ
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Tuning:
    """How to tune: ``layers`` is how many of the last transformer layers learn beside the head."""

    layers: int = 0
    epochs: int = 10
    batch: int = 8
    rate: float = 1e-3
    seed: int = 1
    device: str = "cpu"


def fine_tune(
    backbone: Path, clips: Sequence[Clip], output: Path, tuning: Tuning, say: Say
) -> float:
    """Train on the clips and write a checkpoint to ``output``; the last epoch's mean loss.

    Raises
    ------
    CheckpointError
        The backbone is no encoder that transformers can open, or ``output`` was begun from another.
    """
    import torch

    torch.manual_seed(tuning.seed)
    labels = sorted({clip.emotion for clip in clips})
    model, extractor = opened(backbone, labels, tuning)
    learning = [values for values in model.parameters() if values.requires_grad]
    optimiser = torch.optim.AdamW(learning, lr=tuning.rate)
    begun = _resumed(output / STATE_FILE, model, optimiser, labels, tuning)
    loss = float("nan")
    with Decoder() as decoder:
        for epoch in range(begun, tuning.epochs):
            order = random.Random(tuning.seed + epoch).sample(range(len(clips)), len(clips))  # noqa: S311
            heard = ((hear(decoder, clips[n]), labels.index(clips[n].emotion)) for n in order)
            loss = _epoch(model, extractor, optimiser, heard, tuning)
            say(f"epoch {epoch + 1} of {tuning.epochs}: loss {loss:.3f}")
            _keep(output, model, optimiser, labels, epoch + 1)
    model.save_pretrained(output)
    extractor.save_pretrained(output)
    return loss


def opened(backbone: Path, labels: Sequence[str], tuning: Tuning) -> tuple[Any, Any]:
    """The model with a new head, only the chosen part of it learning, and its extractor.

    Raises
    ------
    CheckpointError
        The folder holds no such model, or weights of its encoder are missing.
    """
    from transformers import AutoModelForAudioClassification, Wav2Vec2FeatureExtractor

    try:
        model, report = AutoModelForAudioClassification.from_pretrained(
            backbone,
            id2label=dict(enumerate(labels)),
            label2id={label: index for index, label in enumerate(labels)},
            output_loading_info=True,
            local_files_only=True,
            ignore_mismatched_sizes=True,
        )
    except (OSError, ValueError) as trouble:
        raise CheckpointError(f"'{backbone}' cannot be opened as a speech encoder") from trouble
    encoder = model.base_model_prefix
    lost = [name for name in report["missing_keys"] if name.startswith(f"{encoder}.")]
    if [name for name in lost if "masked_spec_embed" not in name]:
        raise CheckpointError(f"'{backbone}' lacks '{lost[0]}'; it is no whole encoder")
    model.config.apply_spec_augment = False  # its masks come from a generator nobody seeds
    model.requires_grad_(False)
    for part in (model.projector, model.classifier, *_last(model, tuning.layers)):
        part.requires_grad_(True)
    extractor: Any = Wav2Vec2FeatureExtractor()  # type: ignore[no-untyped-call]
    return model.to(tuning.device), extractor


def hear(decoder: Decoder, clip: Clip) -> FloatArray:
    """The first eight seconds of a clip."""
    return decoder.decode(clip.path).samples[:LONGEST_SAMPLES]


def _last(model: Any, layers: int) -> list[Any]:
    return list(model.base_model.encoder.layers)[-layers:] if layers else []


def _epoch(model: Any, extractor: Any, optimiser: Any, heard: Any, tuning: Tuning) -> float:
    import torch

    model.train()
    if not tuning.layers:
        model.base_model.eval()
    losses: list[float] = []
    optimiser.zero_grad()
    for samples, label in heard:
        x = extractor(samples, sampling_rate=SAMPLE_RATE_HZ, return_tensors="pt").input_values
        wanted = torch.tensor([label], device=tuning.device)
        loss = model(x.to(tuning.device), labels=wanted).loss
        (loss / tuning.batch).backward()
        losses.append(loss.item())
        if len(losses) % tuning.batch == 0:
            optimiser.step()
            optimiser.zero_grad()
    optimiser.step()
    return sum(losses) / len(losses)


def _keep(output: Path, model: Any, optimiser: Any, labels: list[str], epochs: int) -> None:
    import torch

    output.mkdir(parents=True, exist_ok=True)
    part = output / f"{STATE_FILE}.part"
    state = {
        "weights": model.state_dict(),
        "optimiser": optimiser.state_dict(),
        "labels": labels,
        "epochs": epochs,
    }
    torch.save(state, part)
    part.replace(output / STATE_FILE)


def _resumed(file: Path, model: Any, optimiser: Any, labels: list[str], tuning: Tuning) -> int:
    """How many epochs are done already; the model and optimiser as they were then."""
    import torch

    if not file.is_file():
        return 0
    state = torch.load(file, map_location=tuning.device, weights_only=True)
    try:
        if state["labels"] != labels:
            raise ValueError("other labels")
        model.load_state_dict(state["weights"])
        optimiser.load_state_dict(state["optimiser"])
    except (RuntimeError, ValueError) as trouble:
        raise CheckpointError(
            f"'{file.parent}' was begun from another encoder or with other labels; name another"
        ) from trouble
    return int(state["epochs"])
