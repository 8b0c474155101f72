"""Functionals: a window's descriptors over time as one vector of fixed length, always finite.

Each descriptor is summed up by the statistics of ``sottovoce.features.statistics`` three times:
over all frames, over the loud ones, over the voiced ones; its delta twice, over the loud and the
voiced ones. The rhythm of loud and voiced stretches follows. The practice is that of Schuller et
al. (2009, "The Interspeech 2009 emotion challenge"); what is described and summed up is our own
choice.

>>> from sottovoce.features.descriptors import describe
>>> vector = functionals(describe(np.zeros(16_000, dtype=np.float32)))
>>> len(vector) == len(functional_names()), bool(np.isfinite(vector).all())
(True, True)
"""

import hashlib
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sottovoce.domain import Descriptors, FloatArray
from sottovoce.features.deltas import deltas
from sottovoce.features.descriptors import describe
from sottovoce.features.rhythm import RHYTHM, rhythm
from sottovoce.features.statistics import STATISTICS, statistics

ABSOLUTE = frozenset({"level_dbfs"})  # what the gain of the recording changes is left out
FEWEST_FRAMES = 5  # of fewer loud frames all are taken, of fewer voiced ones the loud
RULES = 1  # raised when numbers change under the same names

BoolArray = npt.NDArray[np.bool_]


def functionals(described: Descriptors) -> FloatArray:
    """Sum up a window, float32 [len(functional_names())], finite.

    Where a descriptor is undefined, its contour runs straight from one defined frame to the next;
    in a window that never defines it, it is that of ordinary speech (``UNHEARD``). A window shorter
    than one frame gives zeros.
    """
    if not len(described.values):
        return np.zeros(len(functional_names()), dtype=np.float32)
    contours = _contours(described)
    moving = np.concatenate([contours, deltas(contours)])
    loud, voiced = _selections(described)
    summed = (statistics(contours), statistics(moving[:, loud]), statistics(moving[:, voiced]))
    rhythms = (rhythm(described.loud), rhythm(described.voiced))
    return np.concatenate([*(table.ravel() for table in summed), *rhythms])


@lru_cache(maxsize=1)
def functional_names() -> tuple[str, ...]:
    """``selection.descriptor.statistic`` in the order of :func:`functionals`.

    >>> functional_names()[:2]
    ('all.level_db.mean', 'all.level_db.slope')
    """
    columns = [name for name in _described_names() if name not in ABSOLUTE]
    moving = [*columns, *(f"{name}.delta" for name in columns)]
    contours = {"all": columns, "loud": moving, "voiced": moving}
    summed = [f"{s}.{c}.{f}" for s in contours for c in contours[s] for f in STATISTICS]
    rhythms = [f"{selection}.rhythm.{name}" for selection in ("loud", "voiced") for name in RHYTHM]
    return (*summed, *rhythms)


def functional_digest() -> str:
    """What the functionals of this version are, in 16 hexadecimal digits.

    A model belongs to one digest: its numbers mean nothing on other functionals.

    >>> len(functional_digest())
    16
    """
    content = "\n".join((str(RULES), *functional_names()))
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _described_names() -> tuple[str, ...]:
    return describe(np.zeros(0, dtype=np.float32)).names


def _contours(described: Descriptors) -> FloatArray:
    """Descriptors over time without gaps, float32 [descriptors, frames]."""
    kept = [index for index, name in enumerate(described.names) if name not in ABSOLUTE]
    contours = np.ascontiguousarray(described.values[:, kept].T)
    for row in np.flatnonzero(np.isnan(contours).any(axis=1)):
        contours[row] = _bridged(contours[row], UNHEARD[described.names[kept[row]]])
    return contours


def _bridged(contour: FloatArray, default: float) -> FloatArray:
    defined = np.flatnonzero(~np.isnan(contour))
    if not len(defined):
        return np.full_like(contour, default)
    return np.interp(np.arange(len(contour)), defined, contour[defined]).astype(np.float32)


def _selections(described: Descriptors) -> tuple[BoolArray, BoolArray]:
    """The loud and the voiced frames, or what stands for them; neither is empty."""
    everything = np.ones_like(described.loud)
    loud = described.loud if described.loud.sum() >= FEWEST_FRAMES else everything
    voiced = described.voiced if described.voiced.sum() >= FEWEST_FRAMES else loud
    return loud, voiced


UNHEARD = {  # medians over the voiced frames of RAVDESS and nEMO
    "f0_semitones": 33.3,
    "hnr_db": 11.4,
    "jitter_ratio": 0.017,
    "shimmer_db": 1.1,
    "formant1_hz": 483.0,
    "formant2_hz": 1622.0,
    "formant3_hz": 2692.0,
    "h1_h2_db": 1.7,
    "h1_a1_db": 0.0,
    "h1_a3_db": 25.9,
    "cepstral_peak_db": 2.3,
}
