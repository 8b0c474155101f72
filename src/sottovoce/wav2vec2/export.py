"""An imported model for other devices: one ONNX file that explains itself, and how to load it."""

import json
from collections.abc import Sequence
from pathlib import Path
from string import Template

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.models.card import SPEECH, Card
from sottovoce.models.labels import names_dimensions
from sottovoce.models.speech_model import SpeechModel
from sottovoce.runtime import file_sha256, open_session
from sottovoce.wav2vec2.agreement import Agreement, agreement
from sottovoce.wav2vec2.errors import ExportError
from sottovoce.wav2vec2.graph.files import read_model, write_single
from sottovoce.wav2vec2.graph.quantized import ALL, quantized
from sottovoce.wav2vec2.shelf import shelved

MODEL_FILE = "model.onnx"
EXAMPLE_FILE = "example.py"
EXAMPLE = Template('''"""Hears one 16 kHz mono WAV with $name. Needs numpy and onnxruntime.

python example.py memo.wav
"""

import json
import sys
import wave
from pathlib import Path

import numpy as np
import onnxruntime

session = onnxruntime.InferenceSession(
    Path(__file__).with_name("model.onnx"), providers=["CPUExecutionProvider"]
)
told = session.get_modelmeta().custom_metadata_map
with wave.open(sys.argv[1]) as file:
    if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (16000, 1, 2):
        sys.exit("give a 16 kHz mono 16-bit WAV")
    samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
logits = session.run(["logits"], {"samples": samples[None]})[0][0]
if $softmax:
    raised = np.exp(logits - logits.max())
    logits = raised / raised.sum()
for label, value in zip(json.loads(told["labels"]), logits):
    print(f"{label:<12} {value:.3f}")
''')


def export_onnx(
    card: Card, output: Path, int8: bool, windows: Sequence[FloatArray]
) -> Agreement | None:
    """Write ``output`` with one ONNX file and an example; how far it agrees where it was changed.

    The file's metadata hold labels, preprocessing, licence and source; its input is ``samples``
    [batch, n], its outputs ``logits`` and ``means``.

    Raises
    ------
    ExportError
        The model is not an imported one, or there is something at ``output``.
    """
    if card.kind != SPEECH:
        raise ExportError(f"'{card.name}' is not an imported model; only those can be exported")
    if output.exists():
        raise ExportError(f"there is already something at '{output}'; name another --output")
    model = read_model(card.folder, card.file)
    changed = int8 and not any(name.endswith(".codes") for name in model.weights)
    with shelved(output.absolute().parent, output.name) as folder:
        write_single(folder / MODEL_FILE, quantized(model, ALL.chooses) if changed else model)
        softmax = str(not names_dimensions(card.labels))
        example = EXAMPLE.substitute(name=json.dumps(card.name), softmax=softmax)
        (folder / EXAMPLE_FILE).write_text(example, encoding="utf-8")
    return _compared(card, output / MODEL_FILE, windows) if changed else None


def _compared(card: Card, file: Path, windows: Sequence[FloatArray]) -> Agreement:
    exact, session = SpeechModel(card), open_session(file, file_sha256(file))
    found = [np.asarray(session.run(["logits"], {"samples": one[None]})[0][0]) for one in windows]
    reference = [exact.logits(one) for one in windows]
    return agreement(reference, found, names_dimensions(card.labels))
