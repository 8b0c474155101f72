"""Sounds that disturb, some to learn with and others to be tested with, never of one source."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.training.checks import Decode
from sottovoce.training.corpora.base import audio_files
from sottovoce.training.errors import CorpusError

ESC_NAME = re.compile(r"^\d-(?P<source>\d+)-[A-Z](-\d+)?$")


@dataclass(frozen=True, slots=True)
class NoiseSplit:
    """Sound files for training and others for the test; no source is on both sides."""

    training: tuple[Path, ...]
    testing: tuple[Path, ...]


def split_noises(paths: Iterable[Path]) -> NoiseSplit:
    """Deal the sources of sounds into two halves, in the order of their hashes.

    Always the same for the same sources, whatever their order. A single source is all for training.

    >>> split = split_noises([Path("1-7-A.wav"), Path("1-7-B.wav"), Path("1-9-A.wav")])
    >>> [path.name for path in split.training], [path.name for path in split.testing]
    (['1-9-A.wav'], ['1-7-A.wav', '1-7-B.wav'])
    """
    files = sorted(paths)
    tested = set(sorted({noise_source(file) for file in files}, key=_digest)[1::2])
    return NoiseSplit(
        training=tuple(file for file in files if noise_source(file) not in tested),
        testing=tuple(file for file in files if noise_source(file) in tested),
    )


def noise_source(path: Path) -> str:
    """Which recording a sound was cut from: what ESC-50 (Piczak, 2015) writes into its file names.

    A file that is named otherwise is a source of its own.

    >>> noise_source(Path("1-172649-C.flac")), noise_source(Path("rain.wav"))
    ('172649', 'rain')
    """
    found = ESC_NAME.match(path.stem)
    return found["source"] if found else path.stem


def noises_for_training(folder: Path, decode: Decode) -> tuple[FloatArray, ...]:
    """The sounds of a folder to learn with, without silence at their ends.

    Raises
    ------
    CorpusError
        There is none.
    """
    noises = _read(split_noises(audio_files(folder)).training, decode)
    if not noises:
        raise CorpusError(f"'{folder}' holds no sound to add as noise")
    return noises


def noises_for_test(folder: Path, decode: Decode) -> tuple[FloatArray, ...]:
    """The sounds of a folder that are kept for the test, without silence at their ends."""
    return _read(split_noises(audio_files(folder)).testing, decode)


def _read(files: Iterable[Path], decode: Decode) -> tuple[FloatArray, ...]:
    """Sounds that are not silent throughout."""
    sounds = (np.trim_zeros(decode(file)) for file in files)
    return tuple(sound for sound in sounds if len(sound))


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()
