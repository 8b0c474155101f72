"""Probability of speech in a stream, whatever its level and however high the voice.

Two ears listen, one to the sound as it is and one to the sound an octave lower, both at the volume
that the stream's past asks for; the surer one is believed. Blocks are counted from the start of
the stream and every call to the model has the same shape, so the numbers do not depend on how the
sound arrived.

>>> VoiceActivity().hear(np.zeros(BLOCK_SAMPLES, dtype=np.float32)).max() < 0.1
np.True_
"""

from collections import deque

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.speech.ear import FRAME_SAMPLES, Ear
from sottovoce.speech.octave import HalfSpeed
from sottovoce.speech.volume import Volume

BLOCK_FRAMES = 8
BLOCK_SAMPLES = BLOCK_FRAMES * FRAME_SAMPLES  # 0.256 s
REHEARD_BLOCKS = 8  # two seconds of background, heard again when the volume is changed


class VoiceActivity:
    """Listens to one stream, block by block."""

    def __init__(self) -> None:
        self._volume = Volume()
        self._gain_db: float | None = None
        self._recent: deque[FloatArray] = deque(maxlen=REHEARD_BLOCKS)

    def hear(self, block: FloatArray) -> FloatArray:
        """Probability of speech in each frame of the next 4096 samples, float32 [8], 0..1."""
        gain_db = self._volume.gain_db(block)
        if gain_db != self._gain_db:
            self._start_afresh(gain_db)
        self._recent.append(block)
        return self._listen(block)

    def _start_afresh(self, gain_db: float) -> None:
        """New ears that have heard the last seconds at the new volume."""
        self._gain_db = gain_db
        self._factor = np.float32(10 ** (gain_db / 20))
        self._plain, self._low, self._half_speed = Ear(), Ear(), HalfSpeed()
        for block in self._recent:
            self._listen(block)

    def _listen(self, block: FloatArray) -> FloatArray:
        loud = np.clip(block * self._factor, -1.0, 1.0)
        plain = self._plain.probabilities(loud)
        low = self._low.probabilities(self._half_speed.play(loud))
        surer: FloatArray = np.maximum(plain, low.reshape(BLOCK_FRAMES, 2).max(axis=1))
        return surer
