"""Voice quality from single harmonics of voiced frames.

Levels of the first two harmonics and of those at the first and third formant (Hanson 1997,
doi:10.1121/1.417991; Eyben et al. 2016, doi:10.1109/TAFFC.2015.2457417), and how far the pitch
stands out of the cepstrum (Hillenbrand & Houde 1996, doi:10.1044/jshr.3902.311). A breathy or lax
voice has a strong first harmonic, a pressed or bright one strong upper harmonics.
"""

from dataclasses import dataclass

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.autocorrelation import parabola
from sottovoce.features.decibels import decibels
from sottovoce.features.frames import frames
from sottovoce.features.product import product

WIDTH_S = 0.060  # long enough to part the harmonics of a low voice
WIDTH_SAMPLES = round(WIDTH_S * SAMPLE_RATE_HZ)  # 960 samples
FFT_SIZE = 1024
BIN_HZ = SAMPLE_RATE_HZ / FFT_SIZE  # 15.625 Hz
TOP_HZ = 4_000  # harmonics above drown in noise
TOP_BIN = round(TOP_HZ / BIN_HZ)  # 256
QUEFRENCY_HZ = 2 * TOP_HZ  # quefrencies per second of the cepstrum of that band
SIGMA = 0.4  # of the Gaussian window, in halves of its width
DEPTH = 1e-8  # power relative to the strongest bin of the frame, -80 dB, that is told from nothing
SEARCH = np.arange(-2, 3)  # bins, or quefrencies, around a place where its peak may lie
LINE = slice(QUEFRENCY_HZ // 500, QUEFRENCY_HZ // 60)  # quefrencies of 500 to 60 Hz


@dataclass(frozen=True, slots=True, eq=False)
class Harmonics:
    """Differences of level in dB, float32 [frames]; NaN where not voiced or without the formant.

    ``h1_h2_db`` first over second harmonic; ``h1_a1_db``, ``h1_a3_db`` first harmonic over the
    stronger of the two around the first and the third formant; ``cepstral_peak_db`` the peak of
    the cepstrum at the period over the straight line through the cepstrum.
    """

    h1_h2_db: FloatArray
    h1_a1_db: FloatArray
    h1_a3_db: FloatArray
    cepstral_peak_db: FloatArray


def harmonics(samples: FloatArray, f0_hz: FloatArray, formants_hz: FloatArray) -> Harmonics:
    """Measure the harmonics of a window.

    ``f0_hz`` [frames] is NaN where unvoiced, ``formants_hz`` is [frames, 3].

    >>> heard = harmonics(np.zeros(320, np.float32), np.full(2, np.nan), np.full((2, 3), np.nan))
    >>> heard.h1_h2_db
    array([nan, nan], dtype=float32)
    """
    voiced = ~np.isnan(f0_hz)
    columns = np.full((4, len(f0_hz)), np.nan, dtype=np.float32)
    if voiced.any():
        levels_db = _levels_db(frames(samples, WIDTH_SAMPLES)[voiced])
        columns[:, voiced] = _differences(levels_db, f0_hz[voiced], formants_hz[voiced])
    return Harmonics(*columns)


def _differences(levels_db: FloatArray, f0_hz: FloatArray, formants_hz: FloatArray) -> FloatArray:
    first = _peak(levels_db, f0_hz / BIN_HZ)
    return np.stack(
        [
            first - _peak(levels_db, 2 * f0_hz / BIN_HZ),
            first - _at_formant(levels_db, f0_hz, formants_hz[:, 0]),
            first - _at_formant(levels_db, f0_hz, formants_hz[:, 2]),
            _cepstral_peak_db(levels_db, np.float32(QUEFRENCY_HZ) / f0_hz),
        ]
    )


def _levels_db(framed: FloatArray) -> FloatArray:
    bins = np.fft.rfft(framed * _GAUSSIAN, FFT_SIZE)[:, : TOP_BIN + 1]
    power = bins.real**2 + bins.imag**2
    return decibels(power / power.max(axis=1, keepdims=True), DEPTH)


def _peak(values: FloatArray, place: FloatArray) -> FloatArray:
    """Height of the peak of each row within two columns of its place, by a parabola through it.

    The level of a line under a Gaussian window is a parabola.
    """
    columns = np.clip(np.rint(place).astype(np.intp)[:, None] + SEARCH, 1, values.shape[1] - 2)
    rows = np.arange(len(values))
    top = columns[rows, np.take_along_axis(values, columns, axis=1).argmax(axis=1)]
    left, middle, right = (values[rows, top + step] for step in (-1, 0, 1))
    inside = (middle >= left) & (middle >= right)
    return np.where(inside, parabola(left, middle, right)[1], middle).astype(np.float32)


def _at_formant(levels_db: FloatArray, f0_hz: FloatArray, formant_hz: FloatArray) -> FloatArray:
    number = np.floor(np.nan_to_num(formant_hz) / f0_hz)
    below = _peak(levels_db, number * f0_hz / BIN_HZ)
    above = _peak(levels_db, (number + 1) * f0_hz / BIN_HZ)
    stronger = np.maximum(below, above)
    stronger[np.isnan(formant_hz)] = np.nan
    return stronger


def _cepstral_peak_db(levels_db: FloatArray, period: FloatArray) -> FloatArray:
    cepstrum = np.asarray(np.fft.irfft(levels_db)[:, :TOP_BIN], dtype=np.float32)
    line = product(cepstrum[:, LINE], _LINE_FIT)
    base = line[:, 0] + line[:, 1] * period
    return np.asarray(_peak(cepstrum, period) - base, dtype=np.float32)


def _gaussian() -> FloatArray:
    half = WIDTH_SAMPLES / 2
    place = (np.arange(WIDTH_SAMPLES) + 0.5 - half) / half
    return np.asarray(np.exp(-0.5 * (place / SIGMA) ** 2), dtype=np.float32)


def _line_fit() -> FloatArray:
    """From values at the quefrencies of LINE to offset and slope of their least-squares line."""
    quefrency = np.arange(LINE.start, LINE.stop)
    design = np.stack([np.ones_like(quefrency), quefrency], axis=1)
    return np.linalg.pinv(design).T.astype(np.float32)


_GAUSSIAN = _gaussian()
_LINE_FIT = _line_fit()
