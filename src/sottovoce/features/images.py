"""Two images of one window, on the grid of 10 ms: what sounds when, and what repeats when.

The mel image shows timbre, rhythm and contrast; the correlogram (Licklider 1951; Slaney & Lyon
1990) shows pitch, its movement and its roughness. Neither changes with recording gain: the level
of the window is taken out before anything is compressed or floored.
"""

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.frames import frames
from sottovoce.features.level import levelled
from sottovoce.features.mel import mel_filters
from sottovoce.features.product import product
from sottovoce.features.spectrum import spectrum

BANDS = 64
LAGS = 48
LOWEST_PITCH_HZ = 60.0
HIGHEST_PITCH_HZ = 600.0

WIDTH_SAMPLES = round(0.040 * SAMPLE_RATE_HZ)  # 640 samples: at least two periods of any voice
FFT_SIZE = 960  # holds a frame and its longest lag, 640 + 267 samples, and is quick
SILENT_ENERGY = 1e-8  # of a frame whose window has a peak of one; -100 dB and less is nothing


def mel_image(samples: FloatArray) -> FloatArray:
    """Natural logarithm of mel band power relative to the window's loud frames.

    float32 [frames, 64] of a window float32 [n] at 16 kHz; 64 triangles from 50 to 7600 Hz (see
    :mod:`sottovoce.features.mel`) over a white floor 60 dB below the loud frames.

    >>> mel_image(np.zeros(16_000, dtype=np.float32)).shape
    (100, 64)
    """
    image: FloatArray = np.log(product(spectrum(samples).floored, _FILTERS))
    return image


def correlogram(samples: FloatArray) -> FloatArray:
    """How alike each frame of 40 ms is to itself one period later, for periods of a voice.

    float32 [frames, 48] in [-1, 1]: autocorrelation divided by that of the frame's Hann window
    (Boersma 1993, equation 9) at 48 lags, evenly spaced in pitch from 60 to 600 Hz; zero where
    nothing was recorded.

    >>> time_s = np.arange(16_000) / 16_000
    >>> tone = np.sin(2 * np.pi * 200 * time_s).astype(np.float32)
    >>> row = correlogram(tone)[50]
    >>> round(float(row[np.argmin(np.abs(lag_pitches_hz() - 200))]), 1)
    1.0
    """
    views = frames(levelled(samples), WIDTH_SAMPLES)
    windowed = views - views.mean(axis=1, keepdims=True)
    windowed *= _HANN
    alike = product(_power(windowed), _FROM_POWER)
    normal = alike[:, :1] + np.float32(SILENT_ENERGY)
    return np.asarray(np.clip(alike[:, 1:] / (normal * _OF_WINDOW), -1, 1), dtype=np.float32)


def lag_pitches_hz() -> FloatArray:
    """The pitch whose period is each lag of the correlogram, float32 [48].

    >>> lag_pitches_hz()[[0, -1]].tolist()
    [60.0, 600.0]
    """
    return np.geomspace(LOWEST_PITCH_HZ, HIGHEST_PITCH_HZ, LAGS).astype(np.float32)


def _power(windowed: FloatArray) -> FloatArray:
    bins = np.fft.rfft(windowed, FFT_SIZE)
    return np.asarray(np.square(bins.real) + np.square(bins.imag), dtype=np.float32)


def _from_power() -> FloatArray:
    """Inverse transform to lag 0 and to the (fractional) lags of the image, [481, 1 + 48]."""
    lags = np.concatenate([[0.0], SAMPLE_RATE_HZ / lag_pitches_hz().astype(np.float64)])
    turns = np.arange(FFT_SIZE // 2 + 1)[:, None] * lags / FFT_SIZE
    weights = np.full((FFT_SIZE // 2 + 1, 1), 2 / FFT_SIZE)
    weights[[0, -1]] = 1 / FFT_SIZE
    return np.asarray(weights * np.cos(2 * np.pi * turns), dtype=np.float32)


def _of_window() -> FloatArray:
    alike = product(_power(_HANN[None]), _FROM_POWER)
    return np.asarray(alike[0, 1:] / alike[0, 0])


_FILTERS = mel_filters(BANDS)
_HANN = np.hanning(WIDTH_SAMPLES + 2)[1:-1].astype(np.float32)
_FROM_POWER = _from_power()
_OF_WINDOW = _of_window()
