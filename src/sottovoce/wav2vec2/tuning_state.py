"""Fine-tuning on disk: its state after each epoch, and the checkpoint that comes of it."""

import copy
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sottovoce.runtime import file_sha256
from sottovoce.wav2vec2.errors import CheckpointError
from sottovoce.wav2vec2.held_out import Split
from sottovoce.wav2vec2.judged import Judged, write_judged
from sottovoce.wav2vec2.weights import SAFETENSORS

STATE_FILE = "training-state.pt"
UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True)
class Epoch:
    """Mean loss of an epoch, and the UA on held-out speakers after it."""

    loss: float
    held_out_ua: float


def keep(output: Path, model: Any, optimiser: Any, split: Split, epochs: Sequence[Epoch]) -> None:
    """Keep the state after an epoch; the one before is there until this one is whole."""
    import torch

    state = {
        "weights": model.state_dict(),
        "optimiser": optimiser.state_dict(),
        "labels": list(split.labels),
        "held_out": list(split.judges),
        "epochs": [asdict(epoch) for epoch in epochs],
    }
    with _written(output) as folder:
        torch.save(state, folder / STATE_FILE)


def resumed(output: Path, model: Any, optimiser: Any, split: Split) -> tuple[Epoch, ...]:
    """The epochs that are done already; the model and optimiser become as they were then.

    Raises
    ------
    CheckpointError
        ``output`` was begun from another encoder, with other labels or other speakers held out.
    """
    import torch

    file = output / STATE_FILE
    if not file.is_file():
        return ()
    state = torch.load(file, map_location=model.device, weights_only=True)
    try:
        if (state["labels"], state["held_out"]) != (list(split.labels), list(split.judges)):
            raise ValueError("another split")
        model.load_state_dict(state["weights"])
        optimiser.load_state_dict(state["optimiser"])
    except (RuntimeError, ValueError, KeyError) as trouble:
        raise CheckpointError(
            f"'{output}' was begun from another encoder, with other layers, labels or held-out "
            "speakers; name another --output"
        ) from trouble
    return tuple(Epoch(**epoch) for epoch in state["epochs"])


def write_checkpoint(output: Path, model: Any, extractor: Any, judged: Judged) -> Judged:
    """Write the checkpoint, its classifier divided by the temperature, and what was measured.

    What is returned names the weights that were written.
    """
    scaled = _divided(model, judged.temperature)
    with _written(output) as folder:
        scaled.save_pretrained(folder)
        extractor.save_pretrained(folder)
        judged = replace(judged, sha256=file_sha256(folder / SAFETENSORS))
        write_judged(folder, judged)
    return judged


def _divided(model: Any, temperature: float) -> Any:
    """A copy whose logits are divided by the temperature: the softmax of it is calibrated."""
    import torch

    scaled = copy.deepcopy(model).cpu()
    with torch.no_grad():
        scaled.classifier.weight /= temperature
        scaled.classifier.bias /= temperature
    return scaled


@contextmanager
def _written(output: Path) -> Iterator[Path]:
    """A folder whose files replace those of ``output`` once all of them are whole.

    Raises
    ------
    CheckpointError
        There is no room, or ``output`` may not be written.
    """
    folder = output / UNFINISHED
    shutil.rmtree(folder, ignore_errors=True)  # of a run that was killed
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        for file in sorted(folder.iterdir()):
            file.replace(output / file.name)
    except (OSError, RuntimeError) as trouble:  # torch tells a full disk as the latter
        raise CheckpointError(
            f"the training could not be written to '{output}'; is there room? What was kept before "
            "is still there"
        ) from trouble
    finally:
        shutil.rmtree(folder, ignore_errors=True)
