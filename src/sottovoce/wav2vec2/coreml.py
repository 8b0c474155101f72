"""Core ML for iPhones and Macs, traced from the checkpoint that a model was imported from.

coremltools converts torch programs, not ONNX, so the checkpoint's folder has to be there still, and
be the one of the card. Predicting needs macOS; what can be checked here is that it converts.
"""

import json
from pathlib import Path
from typing import Any

from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.errors import MissingExtraError
from sottovoce.models.card import SPEECH, Card
from sottovoce.wav2vec2.checkpoint import Checkpoint, read_checkpoint
from sottovoce.wav2vec2.errors import ExportError
from sottovoce.wav2vec2.graph.convolutions import NORMALISE_EPSILON
from sottovoce.wav2vec2.metadata import our_labels, preprocessing_of
from sottovoce.wav2vec2.reference import torch_forward
from sottovoce.wav2vec2.shelf import shelved

HOW = "Core ML needs coremltools: pip install 'sottovoce[coreml]'"
PACKAGE = "model.mlpackage"
EXAMPLE_FILE = "example.py"
WINDOW_S = 6
EXAMPLE = '''"""On macOS: hears six seconds of 16 kHz mono float32 samples.

python example.py samples.npy
"""

import json
import sys
from pathlib import Path

import coremltools
import numpy as np

model = coremltools.models.MLModel(str(Path(__file__).with_name("model.mlpackage")))
samples = np.load(sys.argv[1]).astype(np.float32)[None, :96000]
logits = model.predict({"samples": samples})["logits"][0]
for label, value in zip(json.loads(model.user_defined_metadata["labels"]), logits):
    print(f"{label:<12} {value:.3f}")
'''


def export_coreml(card: Card, output: Path, int8: bool) -> None:
    """Write ``output`` with a Core ML package for windows of six seconds, and an example.

    Raises
    ------
    ExportError
        The checkpoint is no longer there or has changed, or there is something at ``output``.
    MissingExtraError
        coremltools is not installed.
    """
    try:
        import coremltools
    except ImportError as trouble:
        raise MissingExtraError(HOW) from trouble
    if output.exists():
        raise ExportError(f"there is already something at '{output}'; name another --output")
    checkpoint = source_of(card)
    model = _converted(coremltools, checkpoint, int8)
    model.user_defined_metadata["labels"] = json.dumps(our_labels(checkpoint))
    model.user_defined_metadata["preprocessing"] = json.dumps(preprocessing_of(checkpoint))
    model.license = card.licence
    with shelved(output.absolute().parent, output.name) as folder:
        model.save(str(folder / PACKAGE))
        (folder / EXAMPLE_FILE).write_text(EXAMPLE, encoding="utf-8")


def source_of(card: Card) -> Checkpoint:
    """The checkpoint a model was imported from.

    Raises
    ------
    ExportError
        It is not there, or not the same any more.
    """
    folder = Path(card.text.get("source", "")).expanduser()
    if card.kind != SPEECH or not folder.is_dir():
        raise ExportError(
            f"the checkpoint that '{card.name}' was imported from is not at '{folder}'"
        )
    checkpoint = read_checkpoint(folder)
    if checkpoint.sha256 != card.text["source_sha256"]:
        raise ExportError(f"the checkpoint at '{folder}' has changed; import it again")
    return checkpoint


def _converted(coremltools: Any, checkpoint: Checkpoint, int8: bool) -> Any:
    import torch

    forward = torch_forward(checkpoint)
    epsilon = float(NORMALISE_EPSILON)

    class Window(torch.nn.Module):
        def forward(self, samples: Any) -> Any:
            if checkpoint.normalise:
                centred = samples - samples.mean(dim=-1, keepdim=True)
                power = (centred * centred).mean(dim=-1, keepdim=True)
                samples = centred / torch.sqrt(power + epsilon)
            return forward(samples)

    shape = (1, WINDOW_S * SAMPLE_RATE_HZ)
    with torch.no_grad():
        traced = torch.jit.trace(Window(), torch.zeros(shape))  # type: ignore[no-untyped-call]
    model = coremltools.convert(
        traced,
        inputs=[coremltools.TensorType(name="samples", shape=shape)],
        outputs=[coremltools.TensorType(name="logits")],
        convert_to="mlprogram",
        minimum_deployment_target=coremltools.target.iOS16,
    )
    if not int8:
        return model
    optimise = coremltools.optimize.coreml
    how = optimise.OptimizationConfig(global_config=optimise.OpLinearQuantizerConfig())
    return optimise.linear_quantize_weights(model, how)
