"""An imported model as a Core ML package, for Apple's devices.

The converter runs anywhere, the result only on macOS and iOS. So what is compared here, before
anything is written, is the torch model that is converted (with ONNX Runtime, on speech) and every
weight in the package (with the model's own). It stays in float32: half precision is what the
devices like, and what cannot be judged here.
"""

import io
import logging
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.models.card import Card
from sottovoce.models.labels import names_dimensions
from sottovoce.models.speech_model import SHORTEST_SAMPLES, SpeechModel
from sottovoce.wav2vec2.agreement import Agreement, agreement
from sottovoce.wav2vec2.errors import ExportError
from sottovoce.wav2vec2.examples import COREML, EXAMPLE_FILE, example
from sottovoce.wav2vec2.export import exported
from sottovoce.wav2vec2.graph.files import read_model
from sottovoce.wav2vec2.graph.model import Model

PACKAGE = "model.mlpackage"
LONGEST_SAMPLES = 30 * SAMPLE_RATE_HZ
PARITY = 1e-4


def export_coreml(
    card: Card, output: Path, int8: bool, windows: Sequence[FloatArray]
) -> Agreement | None:
    """Write ``output`` with a Core ML package and an example; how far its eight bits agree.

    Its input is ``samples`` [1, n], n from 0.1 s to 30 s at 16 kHz; its output ``logits``
    [1, labels]. Labels, preprocessing, licence and source stand in its metadata. With ``int8`` the
    weights are stored in eight bits, and multiplied in float32.

    Raises
    ------
    ExportError
        The model is not an imported one in float32, there is something at ``output``, or the
        package does not hold the model's weights.
    """
    from sottovoce.wav2vec2.torch_graph import TorchGraph

    with exported(card, output) as folder:
        model = read_model(card.folder, card.file)
        graph = TorchGraph(model).eval()
        exact = [SpeechModel(card).logits(one) for one in windows]
        _check_parity(exact, heard(graph, windows))
        reached = None
        with _quiet():
            package = _described(_converted(graph, windows[0]), card, model)
            names = same_weights(package, dict(graph.named_buffers()))
            if int8:
                package = _eight_bits(package)
                _restore(graph, package, names)
                dimensional = names_dimensions(card.labels)
                reached = agreement(exact, heard(graph, windows), dimensional)
            package.save(str(folder / PACKAGE))
        (folder / EXAMPLE_FILE).write_text(example(card, COREML), encoding="utf-8")
    return reached


def heard(graph: Any, windows: Sequence[FloatArray]) -> list[FloatArray]:
    """The logits that torch gives for each window."""
    import torch

    with torch.inference_mode():
        return [graph(torch.from_numpy(one)[None])[0].numpy() for one in windows]


def same_weights(package: Any, weights: Mapping[str, Any]) -> dict[str, str]:
    """For each weight, the name under which the package holds its very numbers.

    Weights that are alike are stored once.

    Raises
    ------
    ExportError
        One is not there.
    """
    stored = _weights(package)
    places = {_key(values): name for name, values in stored.items()}
    found = {name: places.get(_key(values.numpy())) for name, values in weights.items()}
    lost = [name for name, place in found.items() if place is None]
    if lost:
        raise ExportError(f"Core ML's converter changed the weight '{lost[0]}'; nothing is written")
    return {name: place for name, place in found.items() if place is not None}


def _key(values: Any) -> bytes:
    """The same for the same numbers, whatever their shape."""
    return sha256(np.ascontiguousarray(values).data).digest()


def _check_parity(exact: Sequence[FloatArray], found: Sequence[FloatArray]) -> None:
    difference = max(float(np.abs(a - b).max()) for a, b in zip(exact, found, strict=True))
    if not difference <= PARITY:
        raise ExportError(f"the model differs by {difference:.1e} on the logits once rebuilt")


def _converted(graph: Any, samples: FloatArray) -> Any:
    import coremltools as ct
    import torch

    with torch.no_grad():
        traced = torch.jit.trace(graph, torch.from_numpy(samples)[None])  # type: ignore[no-untyped-call]
    length = ct.RangeDim(SHORTEST_SAMPLES, LONGEST_SAMPLES, default=len(samples))
    return ct.convert(
        traced,
        inputs=[ct.TensorType("samples", shape=ct.Shape((1, length)))],
        outputs=[ct.TensorType("logits")],
        convert_to="mlprogram",
        minimum_deployment_target=ct.target.iOS16,
        compute_precision=ct.precision.FLOAT32,
        compute_units=ct.ComputeUnit.CPU_ONLY,
        skip_model_load=True,
    )


def _described(package: Any, card: Card, model: Model) -> Any:
    told = {entry.key: entry.value for entry in model.graph.metadata_props}
    package.short_description = card.summary
    package.license = card.licence
    package.author = told["source"]
    package.input_description["samples"] = "16 kHz mono sound in [-1, 1), 0.1 to 30 s"
    package.output_description["logits"] = told["output"]
    package.user_defined_metadata.update(told)
    return package


def _eight_bits(package: Any) -> Any:
    from coremltools.optimize import coreml

    each_output = coreml.OpLinearQuantizerConfig(mode="linear_symmetric")
    return coreml.linear_quantize_weights(package, coreml.OptimizationConfig(each_output))


def _restore(graph: Any, package: Any, names: Mapping[str, str]) -> None:
    """Put the package's weights, as they are when they are multiplied, into the torch model."""
    import torch
    from coremltools.optimize.coreml import decompress_weights

    found = _weights(decompress_weights(package))
    stored = {name.removesuffix("_quantized"): values for name, values in found.items()}
    for name, values in graph.named_buffers():
        values.copy_(torch.from_numpy(stored[names[name]]).reshape(values.shape))


def _weights(package: Any) -> dict[str, FloatArray]:
    from coremltools.optimize.coreml import get_weights_metadata

    found = get_weights_metadata(package, weight_threshold=1)
    return {name: one.val for name, one in found.items() if one.val.dtype == np.float32}


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the converter's talk of versions it was not tried with, and its bars."""
    logging.getLogger("coremltools").setLevel(logging.CRITICAL)
    with warnings.catch_warnings(action="ignore"), redirect_stderr(io.StringIO()):
        yield
