"""Levels in dB: of speech, of the pauses between, and of one against the other.

>>> powers = np.float32([0.01] * 50 + [1e-6] * 50)
>>> levels = speech_and_noise(powers, [Segment(0.0, 1.0, 0.9)])
>>> round(decibels(levels.noise)), round(levels.snr_db)
(-60, 40)
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray, Segment

FRAME_SAMPLES = 320
FRAME_S = FRAME_SAMPLES / SAMPLE_RATE_HZ  # 0.02 s
MARGIN_S = 0.1  # around speech, that counts neither as speech nor as pause
MIN_PAUSE_S = 0.2
FLOOR_POWER = 1e-12  # -120 dBFS; 16-bit silence with dither is at -98
MIN_SNR_DB, MAX_SNR_DB = -20.0, 100.0


@dataclass(frozen=True, slots=True)
class Levels:
    """Mean power of the speech and median power of the pauses; None where there is none."""

    speech: float | None
    noise: float | None

    @property
    def snr_db(self) -> float | None:
        """Power of the speech, that of the noise taken off, over the noise; -20 to 100 dB."""
        if self.speech is None or self.noise is None:
            return None
        noise = max(self.noise, FLOOR_POWER)
        ratio_db = decibels(max(self.speech - noise, FLOOR_POWER)) - decibels(noise)
        return min(max(ratio_db, MIN_SNR_DB), MAX_SNR_DB)


def frame_powers(samples: FloatArray) -> FloatArray:
    """Mean square in whole frames of 20 ms about the mean of all, float32 [n // 320]."""
    whole = samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES]
    centred = (whole - np.mean(samples, dtype=np.float64)).reshape(-1, FRAME_SAMPLES)
    return np.asarray(np.mean(centred**2, axis=1), dtype=np.float32)


def speech_and_noise(powers: FloatArray, segments: Sequence[Segment]) -> Levels:
    """Levels in and between segments, from the power of each 20 ms, float32 [frames].

    The noise is None when the pauses, 0.1 s away from speech, last less than 0.2 s.
    """
    speech = powers[_marked(len(powers), segments, 0.0)]
    pauses = powers[~_marked(len(powers), segments, MARGIN_S)]
    enough = len(pauses) * FRAME_S >= MIN_PAUSE_S
    return Levels(
        speech=float(np.mean(speech, dtype=np.float64)) if len(speech) else None,
        noise=float(np.median(pauses)) if enough else None,
    )


def decibels(power: float) -> float:
    """Power relative to full scale in dB, not below -120.

    >>> decibels(0.01)
    -20.0
    """
    return float(10 * np.log10(max(power, FLOOR_POWER)))


def _marked(n_frames: int, segments: Sequence[Segment], margin_s: float) -> npt.NDArray[np.bool_]:
    marked = np.zeros(n_frames, dtype=np.bool_)
    for segment in segments:
        first = max(0, round((segment.start_s - margin_s) / FRAME_S))
        marked[first : round((segment.end_s + margin_s) / FRAME_S)] = True
    return marked
