"""The import of a checkpoint, from its folder to a model that runs without torch."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sottovoce.domain import FloatArray
from sottovoce.models.card import read_card
from sottovoce.wav2vec2.agreement import Agreement, agreement
from sottovoce.wav2vec2.cards import write_card
from sottovoce.wav2vec2.checkpoint import Checkpoint, read_checkpoint
from sottovoce.wav2vec2.errors import ParityError
from sottovoce.wav2vec2.graph.files import GRAPH_FILE, WEIGHTS_FILE
from sottovoce.wav2vec2.graph.model import Model, build
from sottovoce.wav2vec2.metadata import metadata_of
from sottovoce.wav2vec2.precision import Trial, quickest, tried
from sottovoce.wav2vec2.reference import reference_logits
from sottovoce.wav2vec2.shelf import shelved
from sottovoce.wav2vec2.speech_samples import SAMPLE_MEMOS, Speech, speech_windows, split

PARITY = 1e-4
PARITY_WINDOWS = 8
FLOAT = "float32"

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What to import: a folder, where it came from, the name to give it, how to run it.

    ``speech`` are recordings to check it on; the sample memos when there are none.
    """

    folder: Path
    source: str
    name: str
    int8: bool = False
    speech: tuple[Path, ...] = ()
    licence: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What was measured: parity with torch, the precision chosen, what each one tried reached."""

    parity: Agreement
    trial: Trial
    exact: Trial
    tried: dict[str, Agreement]
    heard_on: str


def import_checkpoint(order: Order, models_folder: Path, say: Say) -> Outcome:
    """Read, convert, check and shelve a checkpoint.

    Raises
    ------
    CheckpointError
        The checkpoint is torn, of another task, or its weights do not fit.
    ParityError
        The converted model differs from torch by more than 1e-4 on the logits.
    ModelError
        The model could not be written.
    """
    checkpoint = read_checkpoint(order.folder)
    say(f"{checkpoint.arch.family}, {checkpoint.arch.layers} layers of {checkpoint.arch.width}; "
        f"head '{checkpoint.head.name}': {', '.join(checkpoint.labels)}")  # fmt: skip
    speech = split(speech_windows(order.speech))
    with shelved(models_folder, order.name) as folder:
        outcome = _converted(checkpoint, order, speech, folder.parent, say)
        for file in (GRAPH_FILE, WEIGHTS_FILE):
            shutil.move(outcome.trial.folder / file, folder / file)
        write_card(folder, checkpoint, order, outcome)
        read_card(folder)
    return outcome


def check_parity(
    checkpoint: Checkpoint, found: Sequence[FloatArray], windows: Sequence[FloatArray]
) -> Agreement:
    """Make sure that the converted model says what torch says.

    Raises
    ------
    ParityError
        The largest difference of the logits is above 1e-4.
    """
    reference = reference_logits(checkpoint, windows)
    reached = agreement(reference, found, checkpoint.dimensional)
    if not reached.difference <= PARITY:
        raise ParityError(
            f"the converted model differs from torch by {reached.difference:.1e} on the logits "
            f"(at most {PARITY:.0e} is accepted); nothing was imported"
        )
    return reached


def _converted(
    checkpoint: Checkpoint, order: Order, speech: Speech, scratch: Path, say: Say
) -> Outcome:
    model: Model = build(checkpoint, metadata_of(checkpoint, order))
    exact = tried(FLOAT, model, scratch / "float32", speech.to_check)
    few = speech.to_check[:PARITY_WINDOWS]
    parity = check_parity(checkpoint, exact.logits[: len(few)], few)
    say(f"torch and the converted model differ by at most {parity.difference:.1e} on the logits")
    trial, reached = exact, dict[str, Agreement]()
    if order.int8:
        trial, reached = quickest(exact, model, checkpoint, speech, say)
    heard_on = ", ".join(map(str, order.speech)) or SAMPLE_MEMOS
    return Outcome(parity, trial, exact, reached, heard_on)
