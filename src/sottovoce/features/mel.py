"""Mel bands and cepstral coefficients of a power spectrum.

Bands are triangles that overlap by half, evenly spaced on the mel scale of O'Shaughnessy (1987),
``2595 log10(1 + f / 700)``, as in HTK. Coefficients are the orthonormal cosine transform of their
levels (Davis & Mermelstein 1980, doi:10.1109/TASSP.1980.1163420), without liftering.
"""

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.features.decibels import decibels
from sottovoce.features.product import product
from sottovoce.features.spectrum import FREQUENCIES_HZ

BANDS = 26
LOW_HZ = 50.0
HIGH_HZ = 7600.0
COEFFICIENTS = 14  # number 0, the mean level, is left out


def hz_to_mel(frequency_hz: float) -> float:
    """Pitch height in mel.

    >>> round(hz_to_mel(1000.0))
    1000
    """
    return float(2595 * np.log10(1 + frequency_hz / 700))


def mel_edges_hz(bands: int = BANDS) -> FloatArray:
    """Edges of the triangles, float32 [bands + 2]: band ``i`` spans edges ``i`` to ``i + 2``."""
    mel = np.linspace(hz_to_mel(LOW_HZ), hz_to_mel(HIGH_HZ), bands + 2)
    return (700 * (10 ** (mel / 2595) - 1)).astype(np.float32)


def mel_filters(bands: int = BANDS) -> FloatArray:
    """Weight of each bin in each band, float32 [257, bands], between 0 and 1 at the band's centre.

    >>> mel_filters().shape
    (257, 26)
    """
    edges = mel_edges_hz(bands)
    bins = FREQUENCIES_HZ[:, None]
    rise = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    fall = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    return np.clip(np.minimum(rise, fall), 0, 1).astype(np.float32)


def log_mel_db(power: FloatArray) -> FloatArray:
    """Level of each mel band in dB relative to the unit of ``power``, float32 [frames, 26].

    ``power`` is [frames, 257] and positive in every bin (see ``Spectrum.floored``).
    """
    return decibels(product(power, _FILTERS))


def mfcc(levels_db: FloatArray) -> FloatArray:
    """Mel-frequency cepstral coefficients 1 to 14 of ``log_mel_db``, float32 [frames, 14].

    >>> bool(np.allclose(mfcc(np.full((3, 26), -20, dtype=np.float32)), 0, atol=1e-4))
    True
    """
    return product(levels_db, _COSINES)


def _cosines() -> FloatArray:
    band = np.arange(BANDS)[:, None] + 0.5
    order = np.arange(1, COEFFICIENTS + 1)
    basis = np.sqrt(2 / BANDS) * np.cos(np.pi * order * band / BANDS)
    return np.asarray(basis, dtype=np.float32)


_FILTERS = mel_filters()
_COSINES = _cosines()
