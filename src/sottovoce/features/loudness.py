"""Loudness as an ear would weigh it, from mel bands.

Bands are weighted by the equal-loudness curve of Hermansky (1990, doi:10.1121/1.399423), compressed
to the power 0.3 and summed, as in the Geneva set (Eyben et al. 2016).
"""

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.features.mel import mel_edges_hz, mel_filters

COMPRESSION = 0.3  # Stevens' power law for loudness; GeMAPS has 0.33
BANDS = 26


def equal_loudness(frequency_hz: FloatArray) -> FloatArray:
    """Sensitivity of the ear at 40 phon as a power gain (Hermansky 1990, eq. 4), largest near 3 kHz.

    >>> gain = equal_loudness(np.array([100.0, 1000.0, 3000.0], dtype=np.float32))
    >>> bool(gain[0] < gain[1] < gain[2])
    True
    """
    w2 = (2 * np.pi * frequency_hz.astype(np.float64)) ** 2
    gain = (w2 + 56.8e6) * w2**2 / ((w2 + 6.3e6) ** 2 * (w2 + 0.38e9))
    return gain.astype(np.float32)


_FILTERS = mel_filters(BANDS) * equal_loudness(mel_edges_hz(BANDS)[1:-1])


def specific_loudness(power: FloatArray) -> FloatArray:
    """Compressed level of each of 26 auditory bands, float32 [frames, 26], no unit."""
    return (power @ _FILTERS) ** np.float32(COMPRESSION)


def sharpness(bands: FloatArray) -> FloatArray:
    """Where on the critical-band scale the loudness lies, float32 [frames] (Zwicker & Fastl 1999).

    The first moment of ``specific_loudness`` over band number, with the extra weight of high bands,
    in units of 24 bands of one Bark.
    """
    return (bands @ _SHARPNESS) / bands.sum(axis=1)


def auditory_flux(bands: FloatArray) -> FloatArray:
    """Root of the summed squared change of log loudness since the frame before; first frame 0."""
    change = np.diff(np.log(bands), axis=0, prepend=np.log(bands[:1]))
    return np.sqrt(np.einsum("ij,ij->i", change, change))


def _sharpness_weights() -> FloatArray:
    bark = np.arange(1, BANDS + 1) * 24 / BANDS
    return (bark * np.where(bark < 16, 1, 0.066 * np.exp(0.171 * bark))).astype(np.float32)


_SHARPNESS = _sharpness_weights()
