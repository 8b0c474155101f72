"""One recording on its way out of the decoder: what it is, then its sound, block by block."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from sottovoce import errors
from sottovoce.audio.child import Child, ChildStoppedError
from sottovoce.audio.limits import Limits
from sottovoce.audio.protocol import Ending, Kind, TrackInfo, WorkerError, unpack
from sottovoce.audio.source import Encoded
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray

LARGEST_SAMPLE = np.nextafter(np.float32(1), np.float32(0))
"""The largest float32 below full scale: samples are in [-1, 1), as in a 16-bit file."""

EARLIEST_YEAR = 1990
"""Before digital recorders; an earlier date is that of a clock never set."""

_ERRORS: dict[str, type[errors.InputError]] = {
    error.type: error
    for error in (
        errors.InputError,
        errors.UnsupportedFormatError,
        errors.CorruptAudioError,
        errors.NoAudioError,
        errors.DecoderLimitError,
    )
}


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """What is known of a recording before its sound is read.

    ``source_rate_hz`` and ``channels`` are those before conversion to 16 kHz mono. ``started_at``
    is the aware UTC instant that the container names as its creation, or None.
    """

    source: str
    container: str
    codec: str
    source_rate_hz: int
    channels: int
    started_at: datetime | None


class DecodeStream:
    """A recording being decoded; :class:`sottovoce.audio.decode.Decoder` makes it.

    ``info`` is known at once. When all blocks are read, ``sha256`` is that of the encoded bytes and
    ``damaged_packets`` counts what could not be decoded and was left out.
    """

    def __init__(self, encoded: Encoded, child: Child, limits: Limits) -> None:
        self._encoded, self._child, self._limits = encoded, child, limits
        self._samples, self._waited_s = 0, 0.0
        self._open = True
        self.sha256 = ""
        self.damaged_packets = 0
        self.info = self._begin()

    def blocks(self) -> Iterator[FloatArray]:
        """The sound, in blocks of one second (the last one shorter), float32 in [-1, 1).

        Raises
        ------
        TooLongError, InvalidSamplesError, CorruptAudioError, DecoderLimitError
            The recording turned out so while it was decoded.
        """
        while self._open:
            kind, payload = self._receive()
            if kind is Kind.BLOCK:
                yield self._checked(payload)
            else:
                self._end(unpack(Ending, payload))

    @property
    def share_read(self) -> float:
        """Which share of the encoded bytes the decoder has read, 0..1; it may leap and go back."""
        try:
            return min(self._encoded.file.tell() / self._encoded.size_bytes, 1.0)
        except (ValueError, OSError):  # closed, or closing in another thread
            return 1.0

    def close(self) -> None:
        """Read no more; a decoder in the middle of its answer is stopped."""
        self._open = False
        if self._child.answering:
            self._child.kill()

    def _begin(self) -> StreamInfo:
        container = self._encoded.container()
        try:
            self._child.request(container.demuxer, self._encoded.file.fileno())
        except ChildStoppedError as error:
            raise self._stopped(error) from error
        track = unpack(TrackInfo, self._receive()[1])
        return StreamInfo(
            source=self._encoded.name,
            container=container.name,
            codec=track.codec,
            source_rate_hz=track.source_rate_hz,
            channels=track.channels,
            started_at=instant(track.creation_time),
        )

    def _end(self, ending: Ending) -> None:
        self._open = False
        self.damaged_packets = ending.damaged_packets
        self.sha256 = self._encoded.sha256()

    def _receive(self) -> tuple[Kind, bytearray]:
        begun_s = time.monotonic()
        try:
            kind, payload = self._child.receive(self._patience_s())
        except TimeoutError as error:
            seconds = f"{self._limits.stall_s:g} s"
            raise errors.DecoderLimitError(
                f"{self._encoded.label} kept the decoder busy for {seconds} without giving sound; "
                "it was left out: export it again as wav or flac"
            ) from error
        except ChildStoppedError as error:
            raise self._stopped(error) from error
        self._waited_s += time.monotonic() - begun_s
        if kind is Kind.TROUBLE:
            trouble = unpack(WorkerError, payload)
            raise self._refused(trouble) from trouble
        return kind, payload

    def _patience_s(self) -> float:
        ahead_s = self._samples / SAMPLE_RATE_HZ - self._waited_s
        return self._limits.stall_s + min(ahead_s, 0.0)

    def _checked(self, payload: bytearray) -> FloatArray:
        block = np.frombuffer(payload, dtype=np.float32)
        self._samples += len(block)
        if self._samples > self._limits.max_samples:
            limit_s = self._limits.max_duration_s
            raise errors.TooLongError(
                f"{self._encoded.label} is longer than {limit_s:g} s ({limit_s / 60:g} min); "
                "raise the limit with --max-duration"
            )
        if not np.isfinite(block).all():
            raise errors.InvalidSamplesError(
                f"{self._encoded.label} holds samples that are not numbers (NaN or infinite); "
                "export it again as 16-bit wav or flac"
            )
        return np.clip(block, np.float32(-1), LARGEST_SAMPLE, out=block)

    def _refused(self, trouble: WorkerError) -> errors.InputError:
        kind = _ERRORS[trouble.type]
        if kind is errors.DecoderLimitError:
            self._child.kill()  # what it could not have is still partly held
        return kind(f"{self._encoded.label} {trouble.phrase}")

    def _stopped(self, error: ChildStoppedError) -> errors.DecoderLimitError:
        return errors.DecoderLimitError(
            f"the decoder stopped ({error}) while it read {self._encoded.label}; "
            "the file may be damaged or hostile: export it again as wav or flac"
        )


def instant(text: str) -> datetime | None:
    """A container's creation time in UTC, or None when there is none to believe.

    >>> instant("2026-11-21T07:30:00.000000Z").isoformat()
    '2026-11-21T07:30:00+00:00'
    >>> instant("1904-01-01T00:00:00Z") is None
    True
    """
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    believable = time.tzinfo is not None and time.year >= EARLIEST_YEAR
    return time.astimezone(UTC) if believable else None
