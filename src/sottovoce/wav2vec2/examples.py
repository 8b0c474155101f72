"""The example beside an exported model: how to load it, in a page of Python."""

import json
from string import Template

from sottovoce.models.card import Card
from sottovoce.models.labels import names_dimensions

EXAMPLE_FILE = "example.py"
PAGE = Template('''"""Hears one 16 kHz mono WAV with $name. Needs $needs.

python example.py memo.wav
"""

import json
import sys
import wave
from pathlib import Path

import $module
import numpy as np

$opened
with wave.open(sys.argv[1]) as file:
    if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (16000, 1, 2):
        sys.exit("give a 16 kHz mono 16-bit WAV")
    samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
$heard
if $softmax:
    raised = np.exp(logits - logits.max())
    logits = raised / raised.sum()
for label, value in zip(json.loads(told["labels"]), logits):
    print(f"{label:<12} {value:.3f}")
''')
ONNX = {
    "needs": "numpy and onnxruntime",
    "module": "onnxruntime",
    "opened": """session = onnxruntime.InferenceSession(
    Path(__file__).with_name("model.onnx"), providers=["CPUExecutionProvider"]
)
told = session.get_modelmeta().custom_metadata_map""",
    "heard": 'logits = session.run(["logits"], {"samples": samples[None]})[0][0]',
}
COREML = {
    "needs": "numpy and coremltools on macOS;\nit was written on another system, where it could "
    "not be run",
    "module": "coremltools",
    "opened": """model = coremltools.models.MLModel(
    str(Path(__file__).with_name("model.mlpackage")),
    compute_units=coremltools.ComputeUnit.CPU_ONLY,
)
told = model.user_defined_metadata""",
    "heard": 'logits = model.predict({"samples": samples[None]})["logits"][0]',
}


def example(card: Card, form: dict[str, str]) -> str:
    """The page for a model: ``form`` is :data:`ONNX` or :data:`COREML`."""
    softmax = str(not names_dimensions(card.labels))
    return PAGE.substitute(name=json.dumps(card.name), softmax=softmax, **form)
