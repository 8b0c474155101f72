"""The resonances of the mouth and throat: the first three formants of each voiced frame.

Linear prediction of order 10 from 0 to 5500 Hz, as Praat's defaults have it, by the autocorrelation
method. The band is cut out of the power spectrum (selective linear prediction: Makhoul 1975,
"Spectral linear prediction: properties and applications", IEEE Trans. ASSP 23, 283-296), so nothing
is resampled; formants are the roots of the predictor (Markel and Gray 1976, "Linear Prediction of
Speech"). Harmonics are wide apart in high voices and pull the formants towards themselves.

>>> voiced = np.array([False] * 3)
>>> track_formants(np.zeros(480, dtype=np.float32), voiced).shape
(3, 3)
"""

import numpy as np
import numpy.typing as npt

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.frames import frames
from sottovoce.features.level import levelled

FORMANTS = 3
TOP_HZ = 5_500
ORDER = 10  # two for each of five resonances below TOP_HZ
EDGE_HZ = 50  # roots nearer to 0 or to TOP_HZ are the slope of the spectrum
EMPHASIS_FROM_HZ = 50
WIDTH_SAMPLES = 512  # 32 ms
TOP_BIN = TOP_HZ * WIDTH_SAMPLES // SAMPLE_RATE_HZ
TINY = 1e-12

BoolArray = npt.NDArray[np.bool_]
Reals = npt.NDArray[np.float64]


def _autocorrelation_weights() -> Reals:
    """From power up to TOP_HZ, emphasised by 6 dB an octave, to autocorrelation [lags, bins]."""
    angle = np.pi * np.arange(TOP_BIN + 1) / TOP_BIN
    pole = np.exp(-np.pi * EMPHASIS_FROM_HZ / TOP_HZ)
    emphasis = 1 + pole**2 - 2 * pole * np.cos(angle)
    emphasis[[0, -1]] /= 2
    weights: Reals = np.cos(np.arange(ORDER + 1)[:, None] * angle) * emphasis
    return weights


WINDOW = np.hanning(WIDTH_SAMPLES + 2)[1:-1].astype(np.float32)
WEIGHTS = _autocorrelation_weights()


def track_formants(samples: FloatArray, voiced: BoolArray) -> FloatArray:
    """Frequency of the first three formants in Hz, float32 [frames, 3]; NaN where not voiced.

    ``voiced`` [frames] says where to look. A formant that is not found is NaN as well.
    """
    return track_resonances(samples, voiced)[0]


def track_resonances(samples: FloatArray, voiced: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Frequency and bandwidth of the first three formants in Hz, each float32 [frames, 3].

    Every second frame is analysed; a frame between two takes their mean.
    """
    analysed = _analysed(voiced)
    found = np.full((2, len(voiced), FORMANTS), np.nan, np.float32)
    if analysed.any():
        framed = frames(levelled(samples), WIDTH_SAMPLES)[analysed] * WINDOW
        found[:, analysed] = _resonances(_predictors(framed))
    between = voiced & ~analysed
    found[:, between] = _mean_of_neighbours(found)[:, between]
    return found[0], found[1]


def _analysed(voiced: BoolArray) -> BoolArray:
    """Every second frame of the grid, and those with no voiced frame beside them."""
    padded = np.pad(voiced, 1)
    alone = ~(padded[:-2] | padded[2:])
    analysed: BoolArray = voiced & (alone | (np.arange(len(voiced)) % 2 == 0))
    return analysed


def _mean_of_neighbours(found: FloatArray) -> FloatArray:
    padded = np.pad(found, ((0, 0), (1, 1), (0, 0)), constant_values=np.nan)
    before, after = padded[:, :-2], padded[:, 2:]
    first = np.where(np.isnan(before), after, before)
    second = np.where(np.isnan(after), before, after)
    return np.asarray((first + second) / 2, dtype=np.float32)


def _predictors(windowed: FloatArray) -> Reals:
    """Coefficients of the prediction error filter, [frames, 1 + ORDER], by Levinson's recursion."""
    spectrum = np.fft.rfft(windowed)[:, : TOP_BIN + 1]
    power = np.square(spectrum.real, dtype=np.float64) + np.square(spectrum.imag, dtype=np.float64)
    correlation = np.einsum("nb,lb->nl", power, WEIGHTS)
    error = correlation[:, 0] + TINY
    filters: Reals = np.zeros_like(correlation)
    filters[:, 0] = 1
    for order in range(1, ORDER + 1):
        known = filters[:, :order]
        reflection = -(known * correlation[:, order:0:-1]).sum(axis=1) / error
        filters[:, 1 : order + 1] += reflection[:, None] * known[:, ::-1]
        error *= 1 - reflection**2
    return filters


def _resonances(filters: Reals) -> Reals:
    """Frequencies and bandwidths of the lowest roots, in Hz, [2, frames, FORMANTS]."""
    companion = np.zeros((len(filters), ORDER, ORDER))
    companion[:, 0] = -filters[:, 1:]
    companion[:, np.arange(1, ORDER), np.arange(ORDER - 1)] = 1
    roots = np.linalg.eigvals(companion)
    hertz = np.angle(roots) * TOP_HZ / np.pi
    hertz[(hertz < EDGE_HZ) | (hertz > TOP_HZ - EDGE_HZ)] = np.nan
    lowest = np.argsort(hertz, axis=1)[:, :FORMANTS]
    frequency = np.take_along_axis(hertz, lowest, axis=1)
    radius = np.abs(np.take_along_axis(roots, lowest, axis=1))
    bandwidth = -np.log(np.maximum(radius, TINY)) * 2 * TOP_HZ / np.pi
    return np.stack([frequency, np.where(np.isnan(frequency), np.nan, bandwidth)])
