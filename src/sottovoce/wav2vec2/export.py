"""An imported model for other devices: one ONNX file that explains itself, and how to load it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.models.card import SPEECH, Card
from sottovoce.models.labels import names_dimensions
from sottovoce.models.speech_model import SpeechModel
from sottovoce.runtime import file_sha256, open_session
from sottovoce.wav2vec2.agreement import Agreement, agreement
from sottovoce.wav2vec2.errors import ExportError
from sottovoce.wav2vec2.examples import EXAMPLE_FILE, ONNX, example
from sottovoce.wav2vec2.graph.files import read_model, write_model, write_single
from sottovoce.wav2vec2.graph.model import Model
from sottovoce.wav2vec2.graph.quantized import ALL, quantized
from sottovoce.wav2vec2.graph.rounding import Codes
from sottovoce.wav2vec2.precision import fitted
from sottovoce.wav2vec2.shelf import shelved
from sottovoce.wav2vec2.speech_samples import Speech, split

MODEL_FILE = "model.onnx"


def export_onnx(
    card: Card,
    output: Path,
    int8: bool,
    windows: Sequence[FloatArray],
    say: Callable[[str], None],
) -> Agreement | None:
    """Write ``output`` with one ONNX file and an example; how far it agrees where it was changed.

    Eight-bit weights are fitted to some of the windows, and compared on the others.

    The file's metadata hold labels, preprocessing, licence and source; its input is ``samples``
    [batch, n], its outputs ``logits`` and ``means``.

    Raises
    ------
    ExportError
        The model is not an imported one, or there is something at ``output``.
    """
    speech = split(windows)
    with exported(card, output) as folder:
        model = read_model(card.folder, card.file)
        changed = int8 and not any(name.endswith(".codes") for name in model.weights)
        if changed:
            codes = _fitted(model, folder.parent / "exact", speech, say)
            model = quantized(model, ALL.chooses, codes)
        write_single(folder / MODEL_FILE, model)
        (folder / EXAMPLE_FILE).write_text(example(card, ONNX), encoding="utf-8")
    return _compared(card, output / MODEL_FILE, speech.to_check) if changed else None


@contextmanager
def exported(card: Card, output: Path) -> Iterator[Path]:
    """A new folder that becomes ``output`` when it is whole.

    Raises
    ------
    ExportError
        The model is not an imported one, or there is something at ``output``.
    """
    if card.kind != SPEECH:
        raise ExportError(f"'{card.name}' is not an imported model; only those can be exported")
    if output.exists():
        raise ExportError(f"there is already something at '{output}'; name another --output")
    with shelved(output.absolute().parent, output.name) as folder:
        yield folder


def _fitted(
    model: Model, scratch: Path, speech: Speech, say: Callable[[str], None]
) -> dict[str, Codes]:
    scratch.mkdir()
    write_model(scratch, model)
    return fitted(scratch, model, speech.to_fit, say)


def _compared(card: Card, file: Path, windows: Sequence[FloatArray]) -> Agreement:
    exact, session = SpeechModel(card), open_session(file, file_sha256(file))
    found = [np.asarray(session.run(["logits"], {"samples": one[None]})[0][0]) for one in windows]
    reference = [exact.logits(one) for one in windows]
    return agreement(reference, found, names_dimensions(card.labels))
