"""Describe clips for training by the very functions that the product listens with."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from sottovoce.audio.decode import Decoder
from sottovoce.domain import FloatArray
from sottovoce.features.descriptors import describe
from sottovoce.features.functionals import functionals
from sottovoce.speech import find_windows
from sottovoce.training.augment.levels import add_noise
from sottovoce.training.cache import Describe, Windows
from sottovoce.training.manifest import Clip

DESCRIBED_BY = ("sottovoce.features", "sottovoce.speech")

SNR_RANGE_DB = (5.0, 25.0)

Change = Callable[[FloatArray, Path], FloatArray]


def describer(decoder: Decoder, change: Change | None = None) -> Describe:
    """Path to the (duration in s, functionals) of each of its windows.

    Parameters
    ----------
    decoder
        A running decoder.
    change
        What to do to the samples first (noise, a codec ...), by the clip's path.
    """

    def windows_of(path: Path) -> Windows:
        samples = decoder.decode(path).samples
        heard = change(samples, path) if change else samples
        return [
            (window.segment.duration_s, functionals(describe(window.samples)))
            for window in find_windows(heard)
        ]

    return windows_of


def decoded_by(decoder: Decoder) -> Callable[[Path], FloatArray]:
    """Path to samples."""
    return lambda path: decoder.decode(path).samples


def window_sounds(clips: Iterable[Clip], decoder: Decoder) -> Iterator[FloatArray]:
    """Samples of every window of every clip, in the order of ``examples.gather``."""
    for clip in clips:
        for window in find_windows(decoder.decode(clip.path).samples):
            yield window.samples


def noisy_vectors(
    sounds: Iterable[FloatArray], noises: Sequence[FloatArray], seed: int
) -> FloatArray:
    """Functionals of windows with noise in them, float32 [windows, n].

    Each window gets one of the noises at 5 to 25 dB SNR, drawn by the seed.
    """
    random = np.random.default_rng(seed)
    vectors = []
    for sound in sounds:
        noise = noises[int(random.integers(len(noises)))]
        heard = add_noise(sound, noise, float(random.uniform(*SNR_RANGE_DB)), random)
        vectors.append(functionals(describe(heard)))
    return np.stack(vectors)


def code_digest() -> str:
    """SHA-256 of the code that describes: features kept by an older version are not used.

    >>> len(code_digest())
    64
    """
    digest = hashlib.sha256()
    for package in DESCRIBED_BY:
        spec = find_spec(package)
        folder = Path(spec.origin).parent if spec and spec.origin else Path()
        for file in sorted(folder.rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()
