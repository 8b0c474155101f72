"""Describe clips for training by the very functions that the product listens with."""

import hashlib
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from sottovoce.audio.decode import Decoder
from sottovoce.domain import FloatArray
from sottovoce.speech import find_windows
from sottovoce.training.augment.policy import Policy, augment, clip_random
from sottovoce.training.cache import Describe
from sottovoce.training.heard import Heard, hear

DESCRIBED_BY = ("sottovoce.features", "sottovoce.speech", "sottovoce.training.augment")

Change = Callable[[FloatArray, Path], FloatArray]


def describer(decoder: Decoder, change: Change | None = None) -> Describe:
    """Path to what is heard of a clip.

    Parameters
    ----------
    decoder
        A running decoder.
    change
        What to do to the samples first (noise, a codec ...), by the clip's path: speech is then
        looked for in the changed sound, as in life.
    """

    def described(path: Path) -> Heard:
        samples = decoder.decode(path).samples
        windows = find_windows(change(samples, path) if change else samples)
        return hear((window.segment.duration_s, window.samples) for window in windows)

    return described


def copier(decoder: Decoder, policy: Policy, noises: Sequence[FloatArray], seed: int) -> Describe:
    """Path to the functionals of a changed copy of each window, for training only.

    Windows are those of the clip as it is, so that each copy has its original. The file's name and
    the seed decide all chance.
    """

    def described(path: Path) -> Heard:
        random = clip_random(seed, path.name)
        windows = find_windows(decoder.decode(path).samples)
        changed = [
            (window.segment.duration_s, augment(window.samples, policy, noises, random))
            for window in windows
        ]
        return hear(changed, with_images=False)

    return described


def decoded_by(decoder: Decoder) -> Callable[[Path], FloatArray]:
    """Path to samples."""
    return lambda path: decoder.decode(path).samples


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


def sounds_digest(sounds: Sequence[FloatArray]) -> str:
    """SHA-256 of some sounds: copies with other noises in them are other copies.

    >>> len(sounds_digest([]))
    64
    """
    digest = hashlib.sha256()
    for sound in sounds:
        digest.update(sound.tobytes())
    return digest.hexdigest()
