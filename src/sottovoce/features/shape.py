"""Shape of a power spectrum, frame by frame.

Measures of the Geneva set (Eyben et al. 2016, "GeMAPS", doi:10.1109/TAFFC.2015.2457417) and of
Peeters (2004, "A large set of audio features"). Each takes power [frames, 257] with a value above
zero in every bin and returns float32 [frames].
"""

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.features.spectrum import BIN_HZ, FREQUENCIES_HZ

TINY = np.float32(1e-12)


def _band(low_hz: float, high_hz: float) -> slice:
    return slice(int(np.ceil(low_hz / BIN_HZ)), int(np.floor(high_hz / BIN_HZ)) + 1)


def _db(ratio: FloatArray) -> FloatArray:
    return 10 * np.log10(ratio + TINY)


def alpha_ratio_db(power: FloatArray) -> FloatArray:
    """Energy of 50 to 1000 Hz over that of 1 to 5 kHz, in dB (GeMAPS)."""
    low, high = power[:, _band(50, 1000)], power[:, _band(1000, 5000)]
    return _db(low.sum(axis=1)) - _db(high.sum(axis=1))


def hammarberg_index_db(power: FloatArray) -> FloatArray:
    """Highest peak of 0 to 2 kHz over that of 2 to 5 kHz, in dB (Hammarberg et al. 1980)."""
    return _db(power[:, _band(0, 2000)].max(axis=1)) - _db(power[:, _band(2000, 5000)].max(axis=1))


def slope_db_per_khz(power: FloatArray, low_hz: float, high_hz: float) -> FloatArray:
    """Slope of a straight line through the level of the bins in a band, in dB per kHz (GeMAPS)."""
    band = _band(low_hz, high_hz)
    khz = FREQUENCIES_HZ[band] / 1000
    centred = khz - khz.mean()
    return _db(power[:, band]) @ (centred / np.sum(centred**2))


def band_share_db(power: FloatArray, low_hz: float, high_hz: float) -> FloatArray:
    """Energy of a band over that of all bins, in dB."""
    return _db(power[:, _band(low_hz, high_hz)].sum(axis=1) / power.sum(axis=1))


def moments(power: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Centroid and spread in Hz, skewness and excess kurtosis of the spectrum as a distribution."""
    share = power / power.sum(axis=1, keepdims=True)
    centroid = share @ FREQUENCIES_HZ
    away = FREQUENCIES_HZ - centroid[:, None]
    moment = away * away
    weighted = share * moment
    variance = weighted.sum(axis=1)
    third = np.einsum("ij,ij->i", weighted, away)
    fourth = np.einsum("ij,ij->i", weighted, moment)
    return centroid, np.sqrt(variance), third / variance**1.5, fourth / variance**2 - 3


def roll_off_hz(power: FloatArray, share: float) -> FloatArray:
    """Frequency under which ``share`` (0..1) of the energy lies, in Hz."""
    below = np.cumsum(power, axis=1)
    bins = np.count_nonzero(below < share * below[:, -1:], axis=1)
    return (bins * BIN_HZ).astype(np.float32)


def entropy_ratio(power: FloatArray) -> FloatArray:
    """Shannon entropy of the spectrum as a distribution, over that of white: 0 (one line) to 1."""
    share = power / power.sum(axis=1, keepdims=True)
    return -np.einsum("ij,ij->i", share, np.log2(share)) / np.float32(np.log2(power.shape[1]))


def flatness_db(power: FloatArray) -> FloatArray:
    """Geometric over arithmetic mean of the bins, in dB: 0 is white (Johnston 1988)."""
    return np.mean(_db(power), axis=1) - _db(np.mean(power, axis=1))


def flux(power: FloatArray) -> FloatArray:
    """Root of the summed squared change of magnitude since the frame before (first frame: 0)."""
    change = np.diff(np.sqrt(power), axis=0, prepend=np.sqrt(power[:1]))
    return np.sqrt(np.einsum("ij,ij->i", change, change))
