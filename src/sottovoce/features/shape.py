"""Shape of a power spectrum, frame by frame.

Measures of the Geneva set (Eyben et al. 2016, "GeMAPS", doi:10.1109/TAFFC.2015.2457417) and of
Peeters (2004, "A large set of audio features for sound description"). Each takes power, float32
[frames, 257] above zero in every bin (``Spectrum.floored``), and returns float32 [frames].
"""

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.features.decibels import decibels
from sottovoce.features.spectrum import BIN_HZ, FREQUENCIES_HZ, LOWEST_HZ


def alpha_ratio_db(power: FloatArray) -> FloatArray:
    """Energy of 50 to 1000 Hz over that of 1 to 5 kHz, in dB: high is dark, low is bright (GeMAPS).

    openSMILE gives the same ratio upside down.

    >>> alpha_ratio_db(np.ones((1, 257), dtype=np.float32)).round(1)  # 31 bins over 129
    array([-6.2], dtype=float32)
    """
    low, high = power[:, _band(50, 1000)], power[:, _band(1000, 5000)]
    return decibels(low.sum(axis=1)) - decibels(high.sum(axis=1))


def hammarberg_index_db(power: FloatArray) -> FloatArray:
    """Strongest bin of 0 to 2 kHz over that of 2 to 5 kHz, in dB.

    Hammarberg et al. (1980), "Perceptual and acoustic correlates of abnormal voice qualities".
    """
    low, high = power[:, _band(0, 2000)], power[:, _band(2000, 5000)]
    return decibels(low.max(axis=1)) - decibels(high.max(axis=1))


def slope_db_per_khz(power: FloatArray, low_hz: float, high_hz: float) -> FloatArray:
    """Slope of the straight line through the levels of a band's bins, in dB per kHz (GeMAPS).

    Bins under 50 Hz take no part. openSMILE's slopes are other numbers: they change with the gain
    of the recording.
    """
    band = _band(max(low_hz, LOWEST_HZ), high_hz)
    centred = (FREQUENCIES_HZ[band] - FREQUENCIES_HZ[band].mean()) / 1000
    weights = centred / np.sum(centred**2)
    return np.asarray(np.einsum("fb,b->f", decibels(power[:, band]), weights))


def band_share_db(power: FloatArray, low_hz: float, high_hz: float) -> FloatArray:
    """Energy of a band over that of all bins, in dB, at most 0."""
    return decibels(power[:, _band(low_hz, high_hz)].sum(axis=1)) - decibels(power.sum(axis=1))


def moments(power: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Centroid and spread in Hz, skewness and excess kurtosis of power over frequency (Peeters).

    >>> [round(float(moment[0])) for moment in moments(np.ones((1, 257), dtype=np.float32))]
    [4000, 2318, 0, -1]
    """
    share = power / power.sum(axis=1, keepdims=True)
    centroid_hz = np.einsum("fb,b->f", share, FREQUENCIES_HZ)
    away = FREQUENCIES_HZ - centroid_hz[:, None]
    squared = away * away
    weighted = share * squared
    variance = np.maximum(weighted.sum(axis=1), np.float32(BIN_HZ**2))
    third = np.einsum("fb,fb->f", weighted, away)
    fourth = np.einsum("fb,fb->f", weighted, squared)
    return centroid_hz, np.sqrt(variance), third / variance**1.5, fourth / variance**2 - 3


def roll_off_hz(power: FloatArray, share: float) -> FloatArray:
    """Frequency under which ``share`` (0..1) of the energy lies, in Hz (Peeters)."""
    below = np.cumsum(power, axis=1)
    bins = np.count_nonzero(below < np.float32(share) * below[:, -1:], axis=1)
    return np.asarray(bins * BIN_HZ, dtype=np.float32)


def entropy_ratio(power: FloatArray) -> FloatArray:
    """Shannon entropy of power over frequency, over that of white: 0 (one line) to 1.

    Misra et al. (2004), "Spectral entropy based feature for robust ASR", ICASSP.
    """
    share = power / power.sum(axis=1, keepdims=True)
    bits = -np.einsum("fb,fb->f", share, np.log2(share))
    return np.asarray(bits / np.log2(power.shape[1]), dtype=np.float32)


def flatness_db(power: FloatArray) -> FloatArray:
    """Geometric over arithmetic mean of the bins, in dB, at most 0: white (Johnston 1988)."""
    return np.asarray(decibels(power).mean(axis=1) - decibels(power.mean(axis=1)))


def flux(power: FloatArray) -> FloatArray:
    """Root of the summed squared change of magnitude since the frame before; first frame 0."""
    magnitude = np.sqrt(power)
    change = np.diff(magnitude, axis=0, prepend=magnitude[:1])
    return np.asarray(np.sqrt(np.einsum("fb,fb->f", change, change)))


def _band(low_hz: float, high_hz: float) -> slice:
    """Bins from ``low_hz`` to ``high_hz``, both included."""
    return slice(int(np.ceil(low_hz / BIN_HZ)), int(np.floor(high_hz / BIN_HZ)) + 1)
