"""Loudness as an ear would weigh it, from mel bands.

Bands are weighted by the equal-loudness curve of Hermansky (1990, doi:10.1121/1.399423), compressed
to the power 0.3 and summed, as in the Geneva set (Eyben et al. 2016). All return float32 [frames].
"""

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.features.mel import mel_edges_hz, mel_filters
from sottovoce.features.product import product

COMPRESSION = 0.3  # Stevens' power law of loudness
BANDS = 26


def equal_loudness(frequency_hz: FloatArray) -> FloatArray:
    """Sensitivity of the ear at 40 phon as a gain of power (Hermansky 1990, eq. 4 and 5).

    >>> gain = equal_loudness(np.array([100.0, 1000.0, 3000.0], dtype=np.float32))
    >>> bool(gain[0] < gain[1] < gain[2])
    True
    """
    w2 = (2 * np.pi * frequency_hz.astype(np.float64)) ** 2
    low = (w2 + 56.8e6) * w2**2 / ((w2 + 6.3e6) ** 2 * (w2 + 0.38e9))
    return np.asarray(low / (1 + w2**3 / 9.58e26), dtype=np.float32)


def specific_loudness(power: FloatArray) -> FloatArray:
    """Loudness of each of 26 auditory bands, float32 [frames, 26], no unit.

    ``power`` is float32 [frames, 257] above zero in every bin.
    """
    return np.asarray(product(power, _FILTERS) ** np.float32(COMPRESSION))


def sharpness(bands: FloatArray) -> FloatArray:
    """Centre of ``specific_loudness`` over critical bands, the high ones weighing more, in Bark.

    Zwicker & Fastl (1999), "Psychoacoustics", chapter 9, without its factor of calibration.
    """
    return np.asarray(np.einsum("fb,b->f", bands, _SHARPNESS) / bands.sum(axis=1))


def auditory_flux(bands: FloatArray) -> FloatArray:
    """Root of the summed squared change of log loudness since the frame before; first frame 0."""
    change = np.diff(np.log(bands), axis=0, prepend=np.log(bands[:1]))
    return np.asarray(np.sqrt(np.einsum("fb,fb->f", change, change)))


def _sharpness_weights() -> FloatArray:
    bark = np.arange(1, BANDS + 1) * 24 / BANDS
    return (bark * np.where(bark < 16, 1, 0.066 * np.exp(0.171 * bark))).astype(np.float32)


_FILTERS = mel_filters(BANDS) * equal_loudness(mel_edges_hz(BANDS)[1:-1])
_SHARPNESS = _sharpness_weights()
