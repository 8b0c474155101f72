"""How alike a frame is to itself one period later (Boersma 1993, equations 6 to 9).

The autocorrelation of a windowed frame divided by that of its window: 1 at lag 0, near 1 at each
period of a clean voice, near 0 in noise. Used for pitch and for the harmonics-to-noise ratio.

>>> cycles = np.sin(2 * np.pi * np.arange(WIDTH_SAMPLES) / 80).astype(np.float32)
>>> correlation = normalised(cycles[None] * WINDOW)
>>> round(float(correlation[0, 80]), 2), round(float(correlation[0, 40]), 2)
(1.0, -1.0)
"""

import numpy as np
import numpy.typing as npt

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray

FLOOR_HZ = 75.0
CEILING_HZ = 600.0
LONGEST_SAMPLES = int(SAMPLE_RATE_HZ / FLOOR_HZ)  # the longest period, 213 samples
SHORTEST_SAMPLES = int(SAMPLE_RATE_HZ / CEILING_HZ)  # the shortest, 26 samples
WIDTH_SAMPLES = round(3 * SAMPLE_RATE_HZ / FLOOR_HZ)  # three longest periods, 640 samples
TAPS = 12  # neighbours each side that take part when a peak is refined
LAGS = LONGEST_SAMPLES + TAPS + 3
FFT_SAMPLES = 864  # WIDTH_SAMPLES + LAGS, but for the few samples where the window is next to zero
FINENESS = 8  # interpolated values for each sample

IntArray = npt.NDArray[np.intp]


def _of_window(window: FloatArray) -> FloatArray:
    power = np.abs(np.fft.rfft(window, FFT_SAMPLES)) ** 2
    correlation = np.fft.irfft(power, FFT_SAMPLES)[:LAGS]
    correlation /= correlation[0]
    return correlation.astype(np.float32)


def _sinc_kernel(fractions: FloatArray) -> FloatArray:
    """Weights of the neighbours for each fraction of a sample, [fractions, 2 * TAPS + 1]."""
    distance = fractions[:, None] - np.arange(-TAPS, TAPS + 1)
    taper = 0.5 + 0.5 * np.cos(np.pi * distance / (TAPS + 1))
    kernel: FloatArray = np.sinc(distance) * taper * (np.abs(distance) <= TAPS)
    return kernel.astype(np.float32)


FRACTIONS = (np.arange(-FINENESS, FINENESS + 1) / FINENESS).astype(np.float32)
KERNEL = _sinc_kernel(FRACTIONS)
WINDOW = np.hanning(WIDTH_SAMPLES + 2)[1:-1].astype(np.float32)
OF_WINDOW = _of_window(WINDOW)


def normalised(windowed: FloatArray) -> FloatArray:
    """Normalised autocorrelation, float32 [frames, LAGS], of frames that are not all zero.

    ``windowed`` is float32 [frames, WIDTH_SAMPLES]: frames without their mean, times ``WINDOW``.
    """
    spectrum = np.fft.rfft(windowed, FFT_SAMPLES)
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    correlation = np.fft.irfft(power, FFT_SAMPLES)[:, :LAGS]
    return np.asarray(correlation / (correlation[:, :1] * OF_WINDOW), dtype=np.float32)


def parabola(
    left: FloatArray, middle: FloatArray, right: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Offset and height of the top of the parabola through three points, the middle one highest.

    >>> top = [np.array([height], dtype=np.float32) for height in (0.0, 1.0, 0.5)]
    >>> [round(float(value[0]), 3) for value in parabola(*top)]
    [0.167, 1.021]
    """
    slope = right - left
    bend = 2 * middle - left - right
    offset = np.clip(slope / (2 * np.maximum(bend, np.float32(1e-9))), -1, 1)
    return offset, middle + slope * offset / 4


def refined(
    correlation: FloatArray, row: IntArray, lag: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Lag in samples and height of the peaks near ``lag``, by windowed-sinc interpolation.

    Eight values for each sample are interpolated within one sample of the nearest, and a parabola
    is laid through the highest: peaks of high voices are narrow and lie between samples.
    """
    nearest = np.rint(lag).astype(np.intp)
    values = correlation[row[:, None], nearest[:, None] + np.arange(-TAPS, TAPS + 1)]
    fine = np.einsum("nt,ft->nf", values, KERNEL)
    best = np.clip(fine.argmax(axis=1), 1, len(FRACTIONS) - 2)
    each = np.arange(len(best))
    offset, height = parabola(fine[each, best - 1], fine[each, best], fine[each, best + 1])
    shift = FRACTIONS[best] + offset / FINENESS
    return (nearest + shift).astype(np.float32), height
