"""Real voices to make interviews from: calm clips of acted corpora, without their silences."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from sottovoce.audio.decode import Decoder
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.training.errors import CorpusError
from sottovoce.training.manifest import read_manifest

Voices = Mapping[str, Sequence[FloatArray]]
PLAIN = ("neutral", "calm")
FRAME_SAMPLES = SAMPLE_RATE_HZ // 50
SILENT_SHARE = 0.02  # of the loudest frame: what lies below at the edges is no speech
MOST_CLIPS = 16


def read_voices(
    labels: Sequence[Path], most_clips: int = MOST_CLIPS
) -> dict[str, list[FloatArray]]:
    """The plain clips of each speaker of some manifests, trimmed, at one level.

    Raises
    ------
    CorpusError
        There are fewer than three voices.
    """
    clips = [clip for file in labels for clip in read_manifest(file).clips]
    voices: dict[str, list[FloatArray]] = {}
    with Decoder() as decoder:
        for clip in clips:
            own = voices.setdefault(clip.speaker, [])
            if clip.emotion in PLAIN and len(own) < most_clips:
                own.append(levelled(trimmed(decoder.decode(clip.path).samples)))
    found = {speaker: own for speaker, own in voices.items() if own}
    if len(found) < 3:
        raise CorpusError(f"{len(found)} voices were found; at least 3 are needed")
    return found


def trimmed(samples: FloatArray) -> FloatArray:
    """Speech without the silence before and after it.

    >>> sound = np.concatenate([np.zeros(3200), np.ones(640), np.zeros(960)]).astype(np.float32)
    >>> len(trimmed(sound))
    640
    """
    whole = samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    if not len(whole):
        return samples
    levels = np.sqrt((whole**2).mean(axis=1))
    loud = np.flatnonzero(levels > SILENT_SHARE * levels.max())
    if not len(loud):
        return samples
    return samples[loud[0] * FRAME_SAMPLES : (loud[-1] + 1) * FRAME_SAMPLES]


def levelled(samples: FloatArray, level: float = 0.05) -> FloatArray:
    """The same sound at a given root mean square, kept from clipping."""
    own = float(np.sqrt(np.mean(samples**2))) or 1.0
    return np.asarray(np.clip(samples * (level / own), -0.99, 0.99), dtype=np.float32)
