"""Synthetic voices whose pitch, jitter, shimmer, noise and formants are known.

A train of glottal pulses, each at its own fractional time and with its own amplitude, is shaped by
a glottis (-12 dB an octave), by the lips (+6 dB an octave) and by a cascade of resonators.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray

NEUTRAL_HZ = (500.0, 1500.0, 2500.0, 3500.0, 4500.0)
OPEN_HZ = (730.0, 1090.0, 2440.0, 3400.0, 4500.0)
FRONT_HZ = (300.0, 2200.0, 2900.0, 3500.0, 4500.0)
BANDWIDTHS_HZ = (70.0, 90.0, 120.0, 180.0, 250.0)
GLOTTIS_HZ = 120.0
TAPS = 24


@dataclass(frozen=True)
class Voice:
    """What was made, and what is true of it."""

    samples: FloatArray
    pulse_samples: np.ndarray
    jitter_ratio: float
    shimmer_db: float


def voice(
    f0_hz: float | Sequence[float] = 120.0,
    duration_s: float = 1.0,
    *,
    jitter: float = 0.0,
    shimmer_db: float = 0.0,
    hnr_db: float | None = None,
    formants_hz: Sequence[float] = NEUTRAL_HZ,
    peak: float = 0.5,
    seed: int = 0,
) -> Voice:
    """A held vowel; ``f0_hz`` may be a list of values through which the pitch glides.

    Jitter and shimmer are normal from cycle to cycle and about the size asked for; the size they
    came out at is in the result. With ``hnr_db`` white noise is added at that distance.
    """
    random = np.random.default_rng(seed)
    pulses = pulse_times(f0_hz, duration_s, jitter * np.sqrt(np.pi) / 2, random)
    levels_db = random.normal(0, shimmer_db * np.sqrt(np.pi) / 2, len(pulses))
    n_samples = round(duration_s * SAMPLE_RATE_HZ)
    tone = mouth(pulse_train(pulses, 10 ** (levels_db / 20), n_samples), formants_hz)
    samples = tone if hnr_db is None else noisy(tone, hnr_db, random)
    periods = np.diff(pulses)
    return Voice(
        scaled(samples, peak),
        pulses,
        float(np.abs(np.diff(periods)).mean() / periods.mean()),
        float(np.abs(np.diff(levels_db)).mean()),
    )


def fry(
    duration_s: float = 1.0, low_hz: float = 30.0, high_hz: float = 50.0, seed: int = 0
) -> Voice:
    """Vocal fry: damped pulses at irregular distances."""
    random = np.random.default_rng(seed)
    count = int(duration_s * high_hz)
    pulses = 200 + np.cumsum(SAMPLE_RATE_HZ / random.uniform(low_hz, high_hz, count))
    n_samples = round(duration_s * SAMPLE_RATE_HZ)
    pulses = pulses[pulses < n_samples - 200]
    tone = mouth(pulse_train(pulses, np.ones(len(pulses)), n_samples), NEUTRAL_HZ)
    periods = np.diff(pulses)
    jitter = float(np.abs(np.diff(periods)).mean() / periods.mean())
    return Voice(scaled(noisy(tone, 40.0, random), 0.5), pulses, jitter, 0.0)


def syllables(f0_hz: float, count: int, *, peak: float = 0.5, seed: int = 0) -> FloatArray:
    """Quarter-second syllables of two vowels, a breath between them: heard as speech."""
    sounds = []
    for number in range(count):
        vowel = OPEN_HZ if number % 2 else FRONT_HZ
        tone = voice([f0_hz, 1.2 * f0_hz], 0.18, jitter=0.01, formants_hz=vowel, seed=seed + number)
        breath = np.random.default_rng(seed + number).normal(scale=0.02, size=1_000)
        sounds += [tone.samples * np.sqrt(np.hanning(len(tone.samples))), breath]
    return scaled(np.concatenate(sounds), peak)


def pulse_times(
    f0_hz: float | Sequence[float], duration_s: float, spread: float, random: np.random.Generator
) -> np.ndarray:
    """Times of the pulses in samples, their periods spread normally about those of the pitch."""
    course = np.atleast_1d(np.asarray(f0_hz, dtype=float))
    knots = np.linspace(0, duration_s * SAMPLE_RATE_HZ, len(course))
    times = [60.0]
    while times[-1] < duration_s * SAMPLE_RATE_HZ - 60:
        period = SAMPLE_RATE_HZ / np.interp(times[-1], knots, course)
        times.append(times[-1] + period * (1 + random.normal(0, spread)))
    return np.array(times[:-1])


def pulse_train(times: np.ndarray, amplitudes: np.ndarray, n_samples: int) -> np.ndarray:
    """Band-limited impulses at fractional times."""
    index = np.rint(times).astype(int)[:, None] + np.arange(-TAPS, TAPS + 1)
    distance = index - times[:, None]
    kernel = np.sinc(distance) * (0.5 + 0.5 * np.cos(np.pi * distance / (TAPS + 1)))
    train = np.zeros(n_samples + 2 * TAPS)
    np.add.at(train, index + TAPS, amplitudes[:, None] * kernel)
    return train[TAPS : TAPS + n_samples]


def mouth(source: np.ndarray, formants_hz: Sequence[float]) -> np.ndarray:
    """The sound of a pulse train through glottis, lips and the resonators of a vowel."""
    pole = np.exp(-2 * np.pi * GLOTTIS_HZ / SAMPLE_RATE_HZ)
    sound = lfilter([1, -1], np.convolve([1, -pole], [1, -pole]), source)
    for hertz, width_hz in zip(formants_hz, BANDWIDTHS_HZ, strict=True):
        radius = np.exp(-np.pi * width_hz / SAMPLE_RATE_HZ)
        middle = -2 * radius * np.cos(2 * np.pi * hertz / SAMPLE_RATE_HZ)
        sound = lfilter([1 + middle + radius**2], [1, middle, radius**2], sound)
    return sound


def noisy(tone: np.ndarray, hnr_db: float, random: np.random.Generator) -> np.ndarray:
    """The tone with white noise whose power lies ``hnr_db`` below its own."""
    noise = random.normal(0, 1, len(tone))
    return tone + noise * tone.std() / noise.std() * 10 ** (-hnr_db / 20)


def scaled(sound: np.ndarray, peak: float) -> FloatArray:
    """The sound at a given peak, float32."""
    return (sound * (peak / np.abs(sound).max())).astype(np.float32)
