"""Short-time power spectrum of a window of sound, relative to the window's own loud level.

Frames of 25 ms under a Hann window each 10 ms, as in speech recognition since Davis & Mermelstein
(1980, doi:10.1109/TASSP.1980.1163420). What follows from it (mel bands, spectral shape, loudness)
does not change with the gain of the recording: it is taken out here, once.
"""

from dataclasses import dataclass

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.decibels import decibels
from sottovoce.features.frames import frames

WIDTH_S = 0.025
WIDTH_SAMPLES = round(WIDTH_S * SAMPLE_RATE_HZ)  # 400 samples
FFT_SIZE = 512  # the next power of two
BINS = FFT_SIZE // 2 + 1  # 257
BIN_HZ = SAMPLE_RATE_HZ / FFT_SIZE  # 31.25 Hz
FREQUENCIES_HZ = (np.arange(BINS) * BIN_HZ).astype(np.float32)

LOWEST_HZ = 50.0  # below are rumble and hum, not voice
LOUD_PERCENTILE = 95.0
FLOOR_DB = -60.0  # white noise this far below the loud frames covers the room and the bit depth
SILENCE_MS = 1e-14  # mean square, -140 dBFS: a window without more is digital silence


@dataclass(frozen=True, slots=True, eq=False)
class Spectrum:
    """Power per frame and bin, and the level it is relative to.

    ``power`` is float32 [frames, 257]; a row sums to the mean square of its frame over
    ``level_ms``, the mean square of the window's loud frames (95th percentile). Bins below 50 Hz
    are zero, and all are in digital silence.
    """

    power: FloatArray
    level_ms: float

    @property
    def level_dbfs(self) -> FloatArray:
        """Level of each frame relative to full scale, float32 [frames], at least -140 dB."""
        return decibels(self.power.sum(axis=1) * np.float32(self.level_ms), SILENCE_MS)

    @property
    def floored(self) -> FloatArray:
        """``power`` over a white floor 60 dB below the loud frames, float32 [frames, 257]."""
        return self.power + np.float32(10 ** (FLOOR_DB / 10) / BINS)


def spectrum(samples: FloatArray) -> Spectrum:
    """Measure the spectrum of a window.

    >>> tone = np.sin(2 * np.pi * 1000 * np.arange(16_000) / 16_000).astype(np.float32)
    >>> heard = spectrum(tone)
    >>> float(FREQUENCIES_HZ[heard.power[50].argmax()]), round(heard.level_ms, 2)
    (1000.0, 0.5)
    """
    power = _mean_square_per_bin(samples)
    energy = power.sum(axis=1)
    level_ms = float(np.percentile(energy, LOUD_PERCENTILE)) if len(energy) else 0.0
    scale = 1.0 / level_ms if level_ms > SILENCE_MS else 0.0
    return Spectrum(power * np.float32(scale), level_ms)


def _mean_square_per_bin(samples: FloatArray) -> FloatArray:
    framed = frames(samples - _offset(samples), WIDTH_SAMPLES)
    bins = np.fft.rfft(framed * _HANN, FFT_SIZE)
    return np.asarray((bins.real**2 + bins.imag**2) * _PER_BIN)


def _offset(samples: FloatArray) -> np.float32:
    return np.float32(samples.mean(dtype=np.float64)) if len(samples) else np.float32(0)


def _hann() -> FloatArray:
    place = (np.arange(WIDTH_SAMPLES) + 0.5) / WIDTH_SAMPLES
    return (0.5 - 0.5 * np.cos(2 * np.pi * place)).astype(np.float32)


def _per_bin() -> FloatArray:
    """From squared magnitude to mean square of the frame: Parseval, and nothing under 50 Hz."""
    voice = FREQUENCIES_HZ >= LOWEST_HZ
    return np.where(voice, 2 / (FFT_SIZE * np.sum(_HANN**2)), 0).astype(np.float32)


_HANN = _hann()
_PER_BIN = _per_bin()
