"""Speech to check a conversion on: recordings the user names, else the sample memos."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sottovoce.audio.decode import Decoder
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.runtime import ASSETS
from sottovoce.speech import find_windows
from sottovoce.wav2vec2.errors import CheckpointError

AT_MOST = 150
FIT_EVERY = 5
LONGEST_SAMPLES = 4 * SAMPLE_RATE_HZ
SAMPLE_MEMOS = "the sample memos (synthetic speech)"


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """Windows to fit eight-bit weights to, and others to check what they answer."""

    to_fit: list[FloatArray]
    to_check: list[FloatArray]


def split(windows: Sequence[FloatArray]) -> Speech:
    """Every fifth window to fit, the others to check; a lonely one serves both.

    >>> import numpy as np
    >>> found = split([np.float32([n]) for n in range(6)])
    >>> len(found.to_fit), len(found.to_check)
    (2, 4)
    """
    others = [one for index, one in enumerate(windows) if index % FIT_EVERY]
    return Speech(list(windows[::FIT_EVERY]), others or list(windows))


def speech_windows(paths: Sequence[Path]) -> list[FloatArray]:
    """Windows of at most four seconds of speech, float32 [n] each, spread over the recordings.

    Raises
    ------
    CheckpointError
        There is no speech in them.
    """
    files = [file for path in paths for file in _files(path)] or sorted(
        (ASSETS / "samples").glob("*.ogg")
    )
    step = max(1, len(files) // AT_MOST)
    with Decoder() as decoder:
        found = (
            window.samples[:LONGEST_SAMPLES]
            for file in files[::step]
            for window in find_windows(decoder.decode(file).samples)
        )
        windows = list(islice(found, AT_MOST))
    if not windows:
        raise CheckpointError("there is no speech in the recordings to check the model on")
    return windows


def _files(path: Path) -> list[Path]:
    return sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
