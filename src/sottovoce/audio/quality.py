"""What a recording is worth: levels, clipping, noise, speech, and a verdict with its reasons.

The meter takes a stream in pieces of any size and keeps four bytes for every 20 ms.
"""

import numpy as np

from sottovoce.audio.verdict import judge
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray, Quality, Segment

FRAME_SAMPLES = 320  # 20 ms
FRAME_S = FRAME_SAMPLES / SAMPLE_RATE_HZ
BLOCK_SAMPLES = SAMPLE_RATE_HZ  # heard at once: the result does not depend on how sound is cut
FLAT_SAMPLES = 4  # that many samples in a row at one level are clipped,
FLATNESS = 1e-4  # when they differ by no more than this
CLIP_LEVEL = 0.25  # and are at least this far from the middle
MARGIN_S = 0.1  # around speech, that counts neither as speech nor as pause
MIN_PAUSE_S = 0.2
FLOOR_DBFS = -120.0


class QualityMeter:
    """Measures one stream; :meth:`finish` says what it was worth."""

    def __init__(self) -> None:
        self._peak = 0.0
        self._clipped = 0
        self._samples = 0
        self._powers: list[FloatArray] = []
        self._waiting = np.zeros(0, np.float32)

    def push(self, samples: FloatArray) -> None:
        """Take the next samples, in [-1, 1)."""
        self._waiting = np.concatenate([self._waiting, samples])
        while len(self._waiting) >= BLOCK_SAMPLES:
            self._measure(self._waiting[:BLOCK_SAMPLES])
            self._waiting = self._waiting[BLOCK_SAMPLES:]

    def finish(self, segments: list[Segment]) -> Quality:
        """The quality of the whole stream, in which ``segments`` are speech."""
        if len(self._waiting):
            self._measure(self._waiting)
            self._waiting = self._waiting[:0]
        powers = np.concatenate(self._powers) if self._powers else np.zeros(0, np.float32)
        speech, pause = speech_and_pause(powers, segments)
        return judge(
            peak_dbfs=decibels(self._peak**2) if self._peak else None,
            clipped_ratio=self._clipped / max(1, self._samples),
            noise_floor_dbfs=None if pause is None else decibels(pause),
            snr_db=signal_to_noise_db(speech, pause),
            speech_s=sum(segment.duration_s for segment in segments),
        )

    def _measure(self, block: FloatArray) -> None:
        centred = block - block.mean()
        self._peak = max(self._peak, float(np.abs(centred).max()))
        self._clipped += clipped_samples(centred)
        self._samples += len(block)
        whole = centred[: len(centred) // FRAME_SAMPLES * FRAME_SAMPLES]
        self._powers.append(np.mean(whole.reshape(-1, FRAME_SAMPLES) ** 2, axis=1))


def clipped_samples(samples: FloatArray) -> int:
    """How many samples lie in flat stretches far from the middle, as clipping makes them.

    >>> square = np.repeat(np.float32([0.9, -0.9] * 10), 20)
    >>> clipped_samples(square), clipped_samples(np.sin(np.arange(400, dtype=np.float32) / 5))
    (400, 0)
    """
    if len(samples) < FLAT_SAMPLES:
        return 0
    stretches = np.lib.stride_tricks.sliding_window_view(samples, FLAT_SAMPLES)
    near = np.abs(samples[: len(stretches)]) >= CLIP_LEVEL
    begins = np.flatnonzero(near)
    flat = begins[np.ptp(stretches[begins], axis=1) <= FLATNESS]
    clipped = np.zeros(len(samples), dtype=bool)
    for offset in range(FLAT_SAMPLES):
        clipped[flat + offset] = True
    return int(clipped.sum())


def speech_and_pause(
    powers: FloatArray, segments: list[Segment]
) -> tuple[float | None, float | None]:
    """Mean power of the frames in speech, and median power of those in pauses.

    None where there are none, or less than 0.2 s of pauses.
    """
    in_speech = np.zeros(len(powers), dtype=bool)
    near_speech = np.zeros(len(powers), dtype=bool)
    for segment in segments:
        mark(in_speech, segment.start_s, segment.end_s)
        mark(near_speech, segment.start_s - MARGIN_S, segment.end_s + MARGIN_S)
    pauses = powers[~near_speech]
    speech = float(np.mean(powers[in_speech], dtype=np.float64)) if in_speech.any() else None
    enough = len(pauses) * FRAME_S >= MIN_PAUSE_S
    return speech, float(np.median(pauses)) if enough else None


def mark(frames: np.ndarray, start_s: float, end_s: float) -> None:
    """Set the frames between two instants."""
    frames[max(0, round(start_s / FRAME_S)) : max(0, round(end_s / FRAME_S))] = True


def signal_to_noise_db(speech: float | None, pause: float | None) -> float | None:
    """Power of the speech over that of the pauses, the pauses' own taken off; -20 to 100 dB.

    >>> round(signal_to_noise_db(0.11, 0.01))
    10
    """
    if speech is None or pause is None:
        return None
    alone = max(speech - pause, pause * 1e-2)
    return float(np.clip(decibels(alone) - decibels(pause), -20.0, 100.0))


def decibels(power: float) -> float:
    """Power relative to full scale in dB, not below -120.

    >>> decibels(0.01)
    -20.0
    """
    return float(10 * np.log10(max(power, 10 ** (FLOOR_DBFS / 10))))
