"""Syllable nuclei: where the voice swells, one peak of intensity a syllable.

De Jong & Wempe (2009), "Praat script to detect syllable nuclei and measure speech rate
automatically", doi:10.3758/BRM.41.2.385: a peak counts when it is loud enough for its window, when
a dip parts it from the one before, and when it is voiced. Unlike theirs, the intensity is that of
300 to 3000 Hz, where vowels stand out from what lies between them, and a shallower dip will do: on
1,828 Polish sentences (nEMO) that counts as many nuclei as are written, where theirs finds 0.86.
"""

import numpy as np
import numpy.typing as npt

from sottovoce.domain import Descriptors, FloatArray
from sottovoce.features.decibels import decibels
from sottovoce.features.frames import HOP_S
from sottovoce.features.mel import mel_edges_hz

BAND_HZ = (300.0, 3_000.0)
SMOOTHING = np.hanning(7)[1:-1]  # five frames
BELOW_LOUD_DB = 25.0  # quieter peaks are no nuclei
LOUD_PERCENTILE = 99.0
DIP_DB = 1.0  # the valley between two nuclei is at least this deep

BoolArray = npt.NDArray[np.bool_]


def sonority_db(described: Descriptors) -> FloatArray:
    """Smoothed level of 300 to 3000 Hz, relative to the loud frames, float32 [frames]."""
    centres_hz = mel_edges_hz()[1:-1]
    inside = np.flatnonzero((centres_hz >= BAND_HZ[0]) & (centres_hz <= BAND_HZ[1])) + 1
    bands_db = np.stack([described.column(f"mel_{band:02d}_db") for band in inside])
    power = np.sum(10 ** (bands_db / 10), axis=0)
    padded = np.pad(power, len(SMOOTHING) // 2, mode="edge")
    return decibels(np.convolve(padded, SMOOTHING / SMOOTHING.sum(), "valid"))


def syllable_nuclei_s(level_db: FloatArray, voiced: BoolArray) -> FloatArray:
    """Times of the syllable nuclei in a window, seconds from its start, float32 [nuclei], rising.

    ``level_db`` [frames] is a contour of intensity (``sonority_db``), ``voiced`` the mask [frames]
    of a pitch track.

    >>> swells = np.tile(np.float32([0, 3, 6, 3]), 3)
    >>> [round(float(time_s), 3) for time_s in syllable_nuclei_s(swells, swells >= 0)]
    [0.025, 0.065, 0.105]
    """
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
