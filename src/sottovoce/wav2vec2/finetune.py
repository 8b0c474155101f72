"""Fine-tuning: a pre-trained encoder learns a corpus's emotions, by its head or last layers too.

The head is the standard one (projector, mean over time, classifier), so that the result is a
checkpoint like any other: ``models import`` takes it, and so does everybody else's software. A clip
is heard as the product hears it, by its windows of speech; one of them in each epoch, one clip at a
time, gradients summed over a batch. Some speakers are held out: they judge every epoch, and in the
end calibrate the result. The state after each epoch is kept, and a run that was interrupted, in the
middle of an epoch or between two, ends as one that was not.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sottovoce.audio.decode import Decoder
from sottovoce.training.manifest import Clip
from sottovoce.training.progress import watched
from sottovoce.wav2vec2.errors import CheckpointError
from sottovoce.wav2vec2.held_out import Split
from sottovoce.wav2vec2.judged import Judged
from sottovoce.wav2vec2.tuning_figures import HeldOut, calibration, recall
from sottovoce.wav2vec2.tuning_state import Epoch, keep, resumed, write_checkpoint
from sottovoce.wav2vec2.tuning_windows import tensor_of, windows_of

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


@dataclass(frozen=True, slots=True, eq=False)
class Learner:
    """A model while it learns."""

    model: Any
    extractor: Any
    optimiser: Any
    labels: tuple[str, ...]
    tuning: Tuning


def fine_tune(backbone: Path, split: Split, output: Path, tuning: Tuning, say: Say) -> Judged:
    """Train on the split's one side, judge on the other, and write a checkpoint to ``output``.

    Raises
    ------
    CheckpointError
        The backbone is no encoder that transformers can open, ``output`` was begun otherwise, or
        the device is not there.
    """
    import torch

    check_device(tuning.device)
    torch.manual_seed(tuning.seed)
    learner = _learner(backbone, split.labels, tuning)
    epochs = list(resumed(output, learner.model, learner.optimiser, split))
    heard = None
    with Decoder() as decoder:
        for number in range(len(epochs), tuning.epochs):
            loss = _epoch(learner, decoder, split.learnt_from, number)
            heard = _heard(learner, decoder, split.held_out)
            ua = recall(heard)
            epochs.append(Epoch(loss, ua))
            say(f"epoch {number + 1} of {tuning.epochs}: loss {loss:.3f}, held-out UA {ua:.3f}")
            keep(output, learner.model, learner.optimiser, split, epochs)
        found = calibration(heard or _heard(learner, decoder, split.held_out))
    history = tuple(asdict(epoch) for epoch in epochs)
    judged = Judged("", found.temperature, found.figures, found.doubt, split.judges, history)
    return write_checkpoint(output, learner.model, learner.extractor, judged)


def check_device(device: str) -> None:
    """Make sure that there is such a device.

    Raises
    ------
    CheckpointError
        There is none.
    """
    import torch

    if device == "cuda" and not torch.cuda.is_available():
        raise CheckpointError("torch finds no CUDA device here; leave --device out to use the CPU")


def opened(backbone: Path, labels: Sequence[str], tuning: Tuning) -> tuple[Any, Any]:
    """The model with a new head, only the chosen part of it learning, and its extractor.

    Raises
    ------
    CheckpointError
        The folder holds no such model, or weights of its encoder are missing.
    """
    from transformers import AutoModelForAudioClassification, Wav2Vec2FeatureExtractor
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
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
    if lost := [name for name in lost if "masked_spec_embed" not in name]:
        raise CheckpointError(f"'{backbone}' lacks '{lost[0]}'; it is no whole encoder")
    model.config.apply_spec_augment = False  # its masks come from a generator nobody seeds
    model.requires_grad_(False)
    for part in (model.projector, model.classifier, *_last(model, tuning.layers)):
        part.requires_grad_(True)
    extractor: Any = Wav2Vec2FeatureExtractor()  # type: ignore[no-untyped-call]
    return model.to(tuning.device), extractor


def _learner(backbone: Path, labels: tuple[str, ...], tuning: Tuning) -> Learner:
    import torch

    model, extractor = opened(backbone, labels, tuning)
    learning = [values for values in model.parameters() if values.requires_grad]
    optimiser = torch.optim.AdamW(learning, lr=tuning.rate)
    return Learner(model, extractor, optimiser, labels, tuning)


def _last(model: Any, layers: int) -> list[Any]:
    return list(model.base_model.encoder.layers)[-layers:] if layers else []


def _epoch(learner: Learner, decoder: Decoder, clips: Sequence[Clip], number: int) -> float:
    """Hear every clip once; the mean loss. What is random in it depends on its number alone."""
    import torch

    model, tuning = learner.model.train(), learner.tuning
    if not tuning.layers:
        model.base_model.eval()
    torch.manual_seed(tuning.seed + number)
    order = random.Random(tuning.seed + number).sample(clips, len(clips))  # noqa: S311
    losses: list[float] = []
    learner.optimiser.zero_grad()
    for clip in watched(order, f"epoch {number + 1}"):
        windows = windows_of(decoder, clip)
        heard = tensor_of(learner.extractor, windows[number % len(windows)], tuning.device)
        wanted = torch.tensor([learner.labels.index(clip.emotion)], device=tuning.device)
        loss = model(heard, labels=wanted).loss
        (loss / tuning.batch).backward()
        losses.append(loss.item())
        if len(losses) % tuning.batch == 0:
            learner.optimiser.step()
            learner.optimiser.zero_grad()
    learner.optimiser.step()
    return sum(losses) / len(losses)


def _heard(learner: Learner, decoder: Decoder, clips: Sequence[Clip]) -> HeldOut:
    """What the model says of every window of the clips it does not learn from."""
    import torch

    model, found = learner.model.eval(), []
    with torch.inference_mode():
        for clip in watched(clips, "held-out speakers"):
            windows = windows_of(decoder, clip)
            logits = [
                model(tensor_of(learner.extractor, one, learner.tuning.device)).logits[0].tolist()
                for one in windows
            ]
            found.append((clip, logits, [len(one) for one in windows]))
    return HeldOut.of(learner.labels, found)
