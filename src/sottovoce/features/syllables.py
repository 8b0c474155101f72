"""Syllable nuclei: where the voice swells, one peak of intensity a syllable.

De Jong & Wempe (2009), "Praat script to detect syllable nuclei and measure speech rate
automatically", doi:10.3758/BRM.41.2.385: a peak counts when it is loud enough for its window, when
a dip lies before it, and when it is voiced.
"""

import numpy as np
import numpy.typing as npt

from sottovoce.domain import FloatArray
from sottovoce.features.frames import HOP_S, frames

WIDTH_SAMPLES = 1024  # 64 ms, as Praat's intensity with a lowest pitch of 50 Hz
BELOW_LOUD_DB = 25.0  # quieter peaks are no nuclei
DIP_DB = 2.0  # the valley between two nuclei is at least this deep
LOUD_PERCENTILE = 99.0
SILENCE_MS = 1e-14  # mean square, -140 dBFS

BoolArray = npt.NDArray[np.bool_]

_WINDOW = np.hanning(WIDTH_SAMPLES + 2)[1:-1].astype(np.float32)
_WEIGHT = _WINDOW / _WINDOW.sum()


def intensity_dbfs(samples: FloatArray) -> FloatArray:
    """Smoothed level, dB relative to full scale, float32 [frames], at least -140.

    >>> float(intensity_dbfs(np.full(4_800, 0.1, dtype=np.float32))[15].round(2))
    -20.0
    """
    mean_square = frames(samples**2, WIDTH_SAMPLES) @ _WEIGHT
    return 10 * np.log10(np.maximum(mean_square, np.float32(SILENCE_MS)))


def syllable_nuclei_s(samples: FloatArray, voiced: BoolArray) -> FloatArray:
    """Times of the syllable nuclei in a window, seconds from its start, float32 [nuclei], rising.

    ``voiced`` is the mask [frames] of a pitch track.
    """
    if not len(voiced):
        return np.zeros(0, dtype=np.float32)
    level_db = intensity_dbfs(samples)
    threshold_db = np.percentile(level_db, LOUD_PERCENTILE) - BELOW_LOUD_DB
    peaks = _peaks(level_db)
    peaks = _separated(level_db, peaks[level_db[peaks] > threshold_db])
    nuclei = [frame for frame in peaks if voiced[frame]]
    return ((np.array(nuclei, dtype=np.float32) + 0.5) * np.float32(HOP_S)).astype(np.float32)


def _peaks(level_db: FloatArray) -> npt.NDArray[np.intp]:
    rising = np.diff(level_db, prepend=-np.inf) > 0
    falling = np.diff(level_db, append=-np.inf) <= 0
    return np.flatnonzero(rising & falling)


def _separated(level_db: FloatArray, peaks: npt.NDArray[np.intp]) -> list[int]:
    """Of peaks without a dip between them, keep the highest."""
    kept: list[int] = []
    for peak in peaks.tolist():
        if kept and level_db[kept[-1] : peak].min() > min(level_db[kept[-1]], level_db[peak]) - DIP_DB:
            kept[-1] = max(kept[-1], peak, key=level_db.__getitem__)
        else:
            kept.append(peak)
    return kept
