"""Sound as it comes from a microphone or a socket: 16-bit little-endian PCM, in frames of any size.

>>> pcm = PcmStream()
>>> pcm.samples(b"\\x00\\x40\\x00").tolist(), pcm.samples(b"\\xc0").tolist()
([0.5], [-0.5])
"""

import hashlib

import numpy as np

from sottovoce.domain import FloatArray

SAMPLE_BYTES = 2
FULL_SCALE = np.float32(32_768)


class PcmStream:
    """One stream of mono PCM16; half a sample at the end of a frame waits for its other half."""

    def __init__(self) -> None:
        self._half = b""
        self._digest = hashlib.sha256()
        self.n_samples = 0

    def samples(self, frame: bytes) -> FloatArray:
        """The samples that are whole now, float32 [n] in [-1, 1): what decoding a file gives."""
        heard = self._half + frame
        whole = len(heard) - len(heard) % SAMPLE_BYTES
        self._half = heard[whole:]
        self._digest.update(heard[:whole])
        self.n_samples += whole // SAMPLE_BYTES
        return np.frombuffer(heard[:whole], dtype="<i2").astype(np.float32) / FULL_SCALE

    def forget_half(self) -> None:
        """Drop half a sample that waits: its other half will not come."""
        self._half = b""

    @property
    def sha256(self) -> str:
        """SHA-256 of all whole samples so far, in hexadecimal."""
        return self._digest.hexdigest()
