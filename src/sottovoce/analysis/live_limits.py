"""What a live session refuses.

>>> LiveLimits(max_duration_s=1.0).check(bytes(32_000), received_s=0.5)
Traceback (most recent call last):
    ...
sottovoce.errors.TooLongError: the recording is as long as it may be, 1 s; finish it
"""

from dataclasses import dataclass

from sottovoce.audio.pcm import SAMPLE_BYTES
from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.errors import SottovoceError, TooLongError


class FrameError(SottovoceError):
    """A frame of sound is larger than a session takes."""

    type = "frame_too_large"


@dataclass(frozen=True, slots=True)
class LiveLimits:
    """The largest frame in bytes, and the longest session in seconds of sound."""

    max_frame_bytes: int = 64 * 1024
    max_duration_s: float = 30 * 60.0

    def check(self, frame: bytes, received_s: float) -> None:
        """Refuse a frame that is too large, or makes the recording too long.

        Raises
        ------
        FrameError, TooLongError
            It is.
        """
        if len(frame) > self.max_frame_bytes:
            raise FrameError(
                f"a frame of {len(frame)} bytes is larger than {self.max_frame_bytes}; "
                "send smaller ones"
            )
        if received_s + len(frame) / SAMPLE_BYTES / SAMPLE_RATE_HZ > self.max_duration_s:
            raise TooLongError(
                f"the recording is as long as it may be, {self.max_duration_s:g} s; finish it"
            )
