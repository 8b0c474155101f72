"""A checkpoint folder, read and checked: every weight there, none too many, each of its shape."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.models.labels import DIMENSIONS, names_dimensions
from sottovoce.runtime import file_sha256
from sottovoce.wav2vec2.architecture import Architecture, read_architecture
from sottovoce.wav2vec2.errors import CheckpointError
from sottovoce.wav2vec2.heads import PROJECTED, Head, head_of
from sottovoce.wav2vec2.shapes import check_shapes, expected_shapes
from sottovoce.wav2vec2.weights import encoder_names, read_weights, weight_files

CONFIG = "config.json"
PREPROCESSOR = "preprocessor_config.json"
LICENCE_LINE = re.compile(r"^license:\s*[\"']?([^\s\"']+)", re.MULTILINE)
UNKNOWN_LICENCE = "not stated by the checkpoint; ask its author before you use it"


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """What was read from a checkpoint folder.

    ``labels`` are its own words, in the order of the logits; ``normalise`` says whether its
    extractor brings each input to zero mean and unit variance; ``last_normed``, whether the last of
    its hidden states is counted after the encoder's final norm (as transformers did before 5).
    """

    folder: Path
    arch: Architecture
    head: Head
    weights: Mapping[str, FloatArray]
    labels: tuple[str, ...]
    dimensional: bool
    normalise: bool
    last_normed: bool
    licence: str
    sha256: str


def read_checkpoint(folder: Path) -> Checkpoint:
    """Read and check a checkpoint.

    Raises
    ------
    CheckpointError
        It is torn, of another task, or its weights are not those its configuration asks for.
    """
    config = read_json(folder / CONFIG)
    arch = read_architecture(config)
    files = weight_files(folder)
    weights = encoder_names(read_weights(files), arch.family)
    head = head_of(weights)
    labels = labels_of(config, head, len(weights.get(f"{head.last}.bias", ())))
    _check(config, arch, head, weights, len(labels))
    return Checkpoint(
        folder=folder,
        arch=arch,
        head=head,
        weights=weights,
        labels=labels,
        dimensional=names_dimensions(labels),
        normalise=_normalises(folder / PREPROCESSOR),
        last_normed=_last_normed(config),
        licence=_licence(folder),
        sha256=_digest(files),
    )


def labels_of(config: Mapping[str, Any], head: Head, outputs: int) -> tuple[str, ...]:
    """The checkpoint's own words for its outputs, in order.

    A regression head without words of its own has the published order.

    Raises
    ------
    CheckpointError
        There are not as many words as outputs.
    """
    named = config.get("id2label")
    if named is None:
        named = {str(index): f"LABEL_{index}" for index in range(outputs)}
    try:
        labels = tuple(str(named[str(index)]) for index in range(len(named)))
    except (KeyError, TypeError) as trouble:
        raise CheckpointError("the checkpoint's id2label does not count from 0") from trouble
    if len(labels) != outputs:
        raise CheckpointError(
            f"the checkpoint's config.json names {len(labels)} labels, its head gives {outputs}"
        )
    generic = all(label.startswith("LABEL_") for label in labels)
    regression = head.dimensional or config.get("problem_type") == "regression"
    return DIMENSIONS if generic and regression and outputs == len(DIMENSIONS) else labels


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object from a checkpoint folder.

    Raises
    ------
    CheckpointError
        It is not there, or not one.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as trouble:
        raise CheckpointError(f"'{path.parent}' holds no {path.name}") from trouble
    except (ValueError, OSError) as trouble:
        raise CheckpointError(f"'{path.name}' of the checkpoint is not readable JSON") from trouble
    if not isinstance(found, dict):
        raise CheckpointError(f"'{path.name}' of the checkpoint is not a JSON object")
    return found


def _check(
    config: Mapping[str, Any],
    arch: Architecture,
    head: Head,
    weights: Mapping[str, FloatArray],
    labels: int,
) -> None:
    pooling = config.get("pooling_mode", "mean")
    if pooling != "mean":
        raise CheckpointError(f"the checkpoint pools by '{pooling}'; only 'mean' is known")
    weighted = bool(config.get("use_weighted_layer_sum")) and head is PROJECTED
    projection = int(config.get("classifier_proj_size", 256))
    check_shapes(weights, expected_shapes(arch, head, labels, projection, weighted))


def _normalises(path: Path) -> bool:
    if not path.is_file():
        return True
    config = read_json(path)
    rate = config.get("sampling_rate", SAMPLE_RATE_HZ)
    if rate != SAMPLE_RATE_HZ:
        raise CheckpointError(
            f"the checkpoint hears {rate} Hz; sottovoce hears {SAMPLE_RATE_HZ} Hz"
        )
    return bool(config.get("do_normalize", True))


def _last_normed(config: Mapping[str, Any]) -> bool:
    told = config.get("tie_last_hidden_states")
    if told is not None:
        return bool(told)
    return int(str(config.get("transformers_version") or "4").split(".")[0]) < 5


def _licence(folder: Path) -> str:
    readme = folder / "README.md"
    text = readme.read_text(encoding="utf-8", errors="replace") if readme.is_file() else ""
    found = LICENCE_LINE.search(text)
    return found[1] if found else UNKNOWN_LICENCE


def _digest(files: list[Path]) -> str:
    if len(files) == 1:
        return file_sha256(files[0])
    return hashlib.sha256("".join(map(file_sha256, files)).encode()).hexdigest()
