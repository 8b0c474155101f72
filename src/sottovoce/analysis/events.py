"""What a live session says, in order: frozen values, each with its number and its JSON form.

>>> Warned(3, "late", "0.5 s of sound came too late").to_wire()
{'type': 'warning', 'seq': 3, 'about': 'late', 'message': '0.5 s of sound came too late'}
"""

from dataclasses import dataclass
from typing import Any, Literal

from sottovoce.analysis.running import Running
from sottovoce.analysis.wire import (
    analysis_to_wire,
    confidence_to_wire,
    index_to_wire,
    named_label,
    rounded,
    segment_to_wire,
)
from sottovoce.audio.meter import Level
from sottovoce.domain import SAMPLE_RATE_HZ, Analysis, ModelId, SegmentAnalysis

About = Literal["too_quiet", "clipping", "late"]


@dataclass(frozen=True, slots=True)
class Greeting:
    """The session is open: its id, what it takes, and how much it has already.

    A client that comes back goes on with the sample after ``received_samples``.
    """

    seq: int
    session_id: str
    max_frame_bytes: int
    max_duration_s: float
    model: ModelId
    received_samples: int = 0

    def to_wire(self) -> dict[str, Any]:
        """The event ``session``."""
        return {
            "type": "session",
            "seq": self.seq,
            "id": self.session_id,
            "encoding": "pcm_s16le",
            "sample_rate_hz": SAMPLE_RATE_HZ,
            "channels": 1,
            "limits": {"frame_bytes": self.max_frame_bytes, "duration_s": self.max_duration_s},
            "model": {"name": self.model.name, "sha256": self.model.sha256},
            "received_samples": self.received_samples,
        }


@dataclass(frozen=True, slots=True)
class Partial:
    """Where the session stands after ``time_s`` seconds of sound.

    ``running`` is what the phrase under way sounds like so far, and will change; None between
    phrases.
    """

    seq: int
    time_s: float
    level: Level
    speaking: bool
    running: Running | None

    def to_wire(self) -> dict[str, Any]:
        """The event ``partial``."""
        return {
            "type": "partial",
            "seq": self.seq,
            "time_s": round(self.time_s, 3),
            "level_dbfs": round(self.level.dbfs, 1),
            "peak_dbfs": round(self.level.peak_dbfs, 1),
            "level": self.level.word,
            "speaking": self.speaking,
            "running": running_to_wire(self.running) if self.running else None,
        }


@dataclass(frozen=True, slots=True)
class Final:
    """One window of the timeline, for good: what follows can not change it."""

    seq: int
    heard: SegmentAnalysis

    def to_wire(self) -> dict[str, Any]:
        """The event ``final``: a segment of ``analyze --json``."""
        return {"type": "final", "seq": self.seq, **segment_to_wire(self.heard)}


@dataclass(frozen=True, slots=True)
class Warned:
    """Something a person can act on while they speak; told once, until it was over."""

    seq: int
    about: About
    message: str

    def to_wire(self) -> dict[str, Any]:
        """The event ``warning``."""
        return {"type": "warning", "seq": self.seq, "about": self.about, "message": self.message}


@dataclass(frozen=True, slots=True)
class Summary:
    """The session is over: everything said about the recording as a whole."""

    seq: int
    analysis: Analysis

    def to_wire(self) -> dict[str, Any]:
        """The event ``summary``; ``analysis`` is the object of ``analyze --json``."""
        return {
            "type": "summary",
            "seq": self.seq,
            "analysis": analysis_to_wire(self.analysis),
        }


Event = Greeting | Partial | Final | Warned | Summary


def running_to_wire(running: Running) -> dict[str, Any]:
    """Emotion and stress of the phrase under way, with the labels it could be."""
    emotion = running.emotion
    return {
        "start_s": round(running.segment.start_s, 3),
        "end_s": round(running.segment.end_s, 3),
        "emotion": named_label(emotion),
        "confidence": confidence_to_wire(emotion),
        "emotions": rounded(emotion.probabilities),
        "possible": list(running.possible),
        "stress": index_to_wire(running.stress),
    }
