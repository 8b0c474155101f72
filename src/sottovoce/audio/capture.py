"""Sound from a microphone: 16 kHz mono PCM16, from PortAudio's thread to the one that reads.

PortAudio calls from a thread of its own that must not wait, so sound passes through a
:class:`sottovoce.audio.ring.Ring`; what was lost on the way is told, never filled in.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sottovoce.audio.microphones import Listed, MicrophoneError, portaudio, refusal
from sottovoce.audio.pcm import SAMPLE_BYTES
from sottovoce.audio.ring import Ring
from sottovoce.domain import SAMPLE_RATE_HZ

HELD_S = 20  # how far the reader may fall behind
PIECE_S = 0.1  # how long a reader waits for sound
PATIENCE_S = 10.0  # a device may take seconds to wake


class LostMicrophoneError(MicrophoneError):
    """The microphone went away, or fell silent altogether, while it recorded."""

    type = "microphone_lost"


class Microphone:
    """An open microphone; :func:`open_microphone` makes it.

    ``paused`` microphones are stopped: the device is not listening.
    """

    def __init__(self, listed: Listed) -> None:
        self.name, self.paused = listed.name, False
        self._ring = Ring(HELD_S * SAMPLE_RATE_HZ * SAMPLE_BYTES)
        self._overflows, self._told_overflows = 0, 0
        self._stream = self._opened(listed.number)
        self._last_s = time.monotonic()

    def read(self) -> bytes:
        """The sound since the last call; empty when none came within a tenth of a second.

        Raises
        ------
        LostMicrophoneError
            The device is gone; what it gave before was read.
        """
        sound = self._ring.take(PIECE_S)
        now_s = time.monotonic()
        if sound or self.paused:
            self._last_s = now_s
        elif not self._stream.active:
            raise LostMicrophoneError(
                f"the microphone '{self.name}' went away; what it gave was heard"
            )
        elif now_s - self._last_s > PATIENCE_S:
            raise LostMicrophoneError(
                f"the microphone '{self.name}' gives no sound; check that it is on"
            )
        return sound

    def lost_s(self) -> float | None:
        """Seconds lost since the last call, 0.0 if none; None where nobody counted them."""
        counted_s = self._ring.lost_bytes() / SAMPLE_BYTES / SAMPLE_RATE_HZ
        overflows = self._overflows
        uncounted, self._told_overflows = overflows != self._told_overflows, overflows
        return None if uncounted else counted_s

    def pause(self) -> None:
        """Stop listening until :meth:`resume`."""
        self.paused = True
        self._stream.stop()

    def resume(self) -> None:
        """Listen again."""
        with refused(self.name):
            self._stream.start()
        self._last_s = time.monotonic()
        self.paused = False

    def close(self) -> None:
        """Let go of the device."""
        self._stream.close(ignore_errors=True)

    def _opened(self, number: int) -> Any:
        with refused(self.name):
            stream = portaudio().RawInputStream(
                samplerate=SAMPLE_RATE_HZ,
                channels=1,
                dtype="int16",
                device=number,
                latency="high",
                callback=self._take,
            )
            stream.start()
        return stream

    def _take(self, sound: Any, _frames: int, _times: Any, status: Any) -> None:
        if status.input_overflow:
            self._overflows += 1
        self._ring.put(bytes(sound))


@contextmanager
def open_microphone(listed: Listed) -> Iterator[Microphone]:
    """Listen to a microphone, and let go of it in the end.

    Raises
    ------
    MicrophoneError
        It cannot be used now.
    """
    microphone = Microphone(listed)
    try:
        yield microphone
    finally:
        microphone.close()


@contextmanager
def refused(name: str) -> Iterator[None]:
    """Tell what PortAudio refuses in one sentence."""
    library = portaudio()
    try:
        yield
    except library.PortAudioError as fault:
        words, *code = fault.args
        raise refusal(name, code[0] if code else None, str(words)) from fault
