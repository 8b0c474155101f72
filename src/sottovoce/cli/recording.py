"""One recording under way: from the microphone to the disk, then to the session that hears it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sottovoce.audio.pcm import SAMPLE_BYTES
from sottovoce.domain import SAMPLE_RATE_HZ

if TYPE_CHECKING:
    from sottovoce.analysis.events import Event
    from sottovoce.analysis.live import LiveSession
    from sottovoce.audio.reel import Reel
    from sottovoce.models.judge import Judge

FRAME_BYTES = 1 << 15
LONGEST_S = 1800.0
SOURCE = "microphone"


class SoundSource(Protocol):
    """What a recorder records from: see ``audio.capture.Microphone``."""

    def read(self) -> bytes:
        """The sound since the last call, waiting shortly for some."""
        ...

    def lost_s(self) -> float | None:
        """Seconds lost since the last call; None where nobody counted."""
        ...

    def pause(self) -> None:
        """Stop listening."""
        ...

    def resume(self) -> None:
        """Listen again."""
        ...


class Recorder:
    """Records at most ``most_s`` seconds; sound is on disk before it is heard."""

    def __init__(
        self, source: SoundSource, reel: "Reel", session: "LiveSession", most_s: float
    ) -> None:
        self._source, self._reel, self._session = source, reel, session
        self._left_bytes = round(most_s * SAMPLE_RATE_HZ) * SAMPLE_BYTES
        self.paused = False
        self.latest = b""

    @property
    def full(self) -> bool:
        """Whether it recorded as much as it may."""
        return not self._left_bytes

    @property
    def recorded_s(self) -> float:
        """Seconds recorded so far."""
        return self._session.received_s

    def step(self) -> "list[Event]":
        """Take what the microphone has, and hear it."""
        self.latest = self._source.read()[: self._left_bytes]
        if not self.latest:
            return []
        self._left_bytes -= len(self.latest)
        self._reel.append(self.latest)
        heard = [event for frame in frames(self.latest) for event in self._session.feed(frame)]
        return heard + self._losses()

    def toggle(self) -> "list[Event]":
        """Pause, when all that was said before is heard; or go on."""
        if self.paused:
            self._source.resume()
            self._session.resume()
            self.paused = False
            return []
        self._source.pause()
        events = self.step()
        self._session.pause()
        self.paused = True
        return events

    def _losses(self) -> "list[Event]":
        lost_s = self._source.lost_s()
        return [] if lost_s == 0.0 else self._session.lag(lost_s)


def frames(sound: bytes) -> Iterator[bytes]:
    """Sound in frames that a session takes.

    >>> [len(frame) for frame in frames(bytes(70_000))]
    [32768, 32768, 4464]
    """
    for at in range(0, len(sound), FRAME_BYTES):
        yield sound[at : at + FRAME_BYTES]


def opened(model: str | None) -> "Judge":
    """The emotion model of that name, or the embedded one."""
    from sottovoce.analysis.pipeline import load_model
    from sottovoce.models.registry import DEFAULT_MODEL

    return load_model(model or DEFAULT_MODEL)


def session_from(model: "Judge", began_at: datetime) -> "LiveSession":
    """A session that listens."""
    from sottovoce.analysis.live import LiveSession
    from sottovoce.analysis.live_limits import LiveLimits

    limits = LiveLimits(max_duration_s=LONGEST_S)
    session = LiveSession(SOURCE, model, source=SOURCE, recorded_at=began_at, limits=limits)
    session.start()
    return session


def reels_folder() -> Path:
    """Where sound is kept while it is recorded."""
    from sottovoce.config import read_settings

    return read_settings().recordings_folder
