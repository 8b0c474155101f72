"""Loudness and noise."""

import numpy as np

from sottovoce.domain import FloatArray

LOUDEST = float(np.nextafter(np.float32(1.0), np.float32(0.0)))


def change_gain(samples: FloatArray, gain_db: float) -> FloatArray:
    """Make a sound louder or softer; what would leave [-1, 1) is clipped, as a recorder does.

    >>> change_gain(np.array([0.5], np.float32), -20.0).tolist()
    [0.05000000074505806]
    """
    louder: FloatArray = np.clip(samples * np.float32(10 ** (gain_db / 20)), -1.0, LOUDEST)
    return louder


def add_noise(
    samples: FloatArray, noise: FloatArray, snr_db: float, random: np.random.Generator
) -> FloatArray:
    """Add noise at a signal-to-noise ratio, from a random place in it and around.

    The ratio is that of the mean powers over the whole clip, pauses included. Where the sum would
    leave [-1, 1) all of it is made softer, so the ratio holds.

    Parameters
    ----------
    samples
        The clip.
    noise
        Another sound of any length, not silent throughout.
    snr_db
        Power of the clip over that of the noise added, in dB.
    random
        Chooses the place.
    """
    start = random.choice(np.flatnonzero(noise))
    around = np.take(noise, np.arange(start, start + len(samples)), mode="wrap")
    gain = np.sqrt(_power(samples) / (_power(around) * 10 ** (snr_db / 10)))
    return within_range(samples + np.float32(gain) * around)


def within_range(samples: FloatArray) -> FloatArray:
    """Make a sound just soft enough to lie in [-1, 1), if it does not."""
    peak = float(np.max(np.abs(samples), initial=0.0))
    return samples if peak <= LOUDEST else (samples * np.float32(LOUDEST / peak)).astype(np.float32)


def _power(samples: FloatArray) -> float:
    return float(np.mean(np.square(samples, dtype=np.float64)))
