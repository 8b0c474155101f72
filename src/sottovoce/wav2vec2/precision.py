"""Which precision a model is run in: chosen on this machine, by what it is measured to do."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.runtime import file_sha256, open_session
from sottovoce.wav2vec2.agreement import Agreement, agreement
from sottovoce.wav2vec2.checkpoint import Checkpoint
from sottovoce.wav2vec2.graph.calibration import calibrated
from sottovoce.wav2vec2.graph.files import GRAPH_FILE, write_model
from sottovoce.wav2vec2.graph.model import Model
from sottovoce.wav2vec2.graph.pieces import in_pieces
from sottovoce.wav2vec2.graph.quantized import ALL, precisions, products, quantized
from sottovoce.wav2vec2.graph.rounding import Codes
from sottovoce.wav2vec2.speech_samples import Speech

TOLD = 4  # times that progress is told


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """A model in one precision: its files, its answers, its cost in CPU ms a second of speech."""

    name: str
    folder: Path
    logits: Sequence[FloatArray]
    ms_per_s: float


def tried(name: str, model: Model, folder: Path, windows: Sequence[FloatArray]) -> Trial:
    """Write a model and hear all windows with it, one after another."""
    folder.mkdir()
    write_model(folder, model)
    graph = folder / GRAPH_FILE
    session = open_session.__wrapped__(graph, file_sha256(graph))
    session.run(["logits"], {"samples": windows[0][None]})
    begun = time.process_time()
    logits = [session.run(["logits"], {"samples": one[None]})[0][0] for one in windows]
    spent_s = time.process_time() - begun
    seconds = sum(map(len, windows)) / SAMPLE_RATE_HZ
    return Trial(name, folder, logits, 1000 * spent_s / seconds)


def quickest(
    exact: Trial, model: Model, checkpoint: Checkpoint, speech: Speech, say: Callable[[str], None]
) -> tuple[Trial, dict[str, Agreement]]:
    """The quickest precision that answers as the exact model does on 99 % of the windows.

    Falls back to the exact one where none does, or where none is quicker on this machine. Beside
    it, what each precision tried has reached.
    """
    codes = fitted(exact.folder, model, speech.to_fit, say)
    reached = {}
    for precision in precisions(checkpoint.arch.layers):
        folder = exact.folder.with_name(precision.file_name)
        small = in_pieces(quantized(model, precision.chooses, codes), checkpoint.arch)
        trial = tried(precision.name, small, folder, speech.to_check)
        found = agreement(exact.logits, trial.logits, checkpoint.dimensional)
        reached[precision.name] = found
        if found.enough and trial.ms_per_s < exact.ms_per_s:
            return trial, reached
    return exact, reached


def fitted(
    folder: Path, model: Model, windows: Sequence[FloatArray], say: Callable[[str], None]
) -> dict[str, Codes]:
    """Eight-bit codes of all weights that any precision wants, fitted to what they hear."""
    names, codes = products(model, ALL.chooses), dict[str, Codes]()
    for found in calibrated(folder, names, windows):
        before, codes = len(codes), {**codes, **found}
        if before * TOLD // len(names) < len(codes) * TOLD // len(names):
            say(f"eight-bit weights fitted to speech: {len(codes)} of {len(names)}")
    return codes
