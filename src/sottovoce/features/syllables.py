"""Syllable nuclei: where the voice swells, one peak of intensity a syllable.

De Jong & Wempe (2009), "Praat script to detect syllable nuclei and measure speech rate
automatically", doi:10.3758/BRM.41.2.385: a peak counts when it is loud enough for its window, when
a dip parts it from the one before, and when it is voiced.
"""

import numpy as np
import numpy.typing as npt

from sottovoce.domain import FloatArray
from sottovoce.features.decibels import decibels
from sottovoce.features.frames import HOP_S, frames

WIDTH_SAMPLES = 1024  # 64 ms, as Praat's intensity with a lowest pitch of 50 Hz
BELOW_LOUD_DB = 25.0  # quieter peaks are no nuclei
LOUD_PERCENTILE = 99.0
DIP_DB = 2.0  # the valley between two nuclei is at least this deep
SILENCE_MS = 1e-14  # mean square, -140 dBFS

BoolArray = npt.NDArray[np.bool_]

_HANN = np.hanning(WIDTH_SAMPLES + 2)[1:-1]
_WEIGHTS = (_HANN / _HANN.sum()).astype(np.float32)


def intensity_dbfs(samples: FloatArray) -> FloatArray:
    """Smoothed level, dB relative to full scale, float32 [frames], at least -140.

    >>> round(float(intensity_dbfs(np.full(4_800, 0.1, dtype=np.float32))[15]), 1)
    -20.0
    """
    mean_square = np.einsum("fs,s->f", frames(samples**2, WIDTH_SAMPLES), _WEIGHTS)
    return decibels(mean_square, SILENCE_MS)


def syllable_nuclei_s(samples: FloatArray, voiced: BoolArray) -> FloatArray:
    """Times of the syllable nuclei in a window, seconds from its start, float32 [nuclei], rising.

    ``voiced`` is the mask [frames] of a pitch track.
    """
    if not len(voiced):
        return np.zeros(0, dtype=np.float32)
    level_db = intensity_dbfs(samples)
    threshold_db = np.percentile(level_db, LOUD_PERCENTILE) - BELOW_LOUD_DB
    loud_peaks = [peak for peak in _peaks(level_db) if level_db[peak] > threshold_db]
    nuclei = [peak for peak in _parted(level_db, loud_peaks) if voiced[peak]]
    return (np.array(nuclei, dtype=np.float32) + np.float32(0.5)) * np.float32(HOP_S)


def _peaks(level_db: FloatArray) -> list[int]:
    rising = np.diff(level_db, prepend=-np.inf) > 0
    falling = np.diff(level_db, append=-np.inf) <= 0
    return list(np.flatnonzero(rising & falling).tolist())


def _parted(level_db: FloatArray, peaks: list[int]) -> list[int]:
    """Of peaks without a dip between them, the highest."""
    kept: list[int] = []
    for peak in peaks:
        if kept and _dip_db(level_db, kept[-1], peak) < DIP_DB:
            kept[-1] = max(kept[-1], peak, key=level_db.__getitem__)
        else:
            kept.append(peak)
    return kept


def _dip_db(level_db: FloatArray, left: int, right: int) -> float:
    """How far the valley between two peaks lies below the lower one."""
    return float(min(level_db[left], level_db[right]) - level_db[left:right].min())
