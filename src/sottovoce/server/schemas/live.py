"""What is said over the live socket: a client's messages, and the service's events."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, TypeAdapter

from sottovoce.server.schemas.analysis import (
    Analysis,
    Index,
    ModelName,
    Probabilities,
    Span,
)
from sottovoce.server.schemas.memos import known_zone
from sottovoce.server.schemas.parts import Answer, Message, Note, ProblemBody, Share, Tags

Number = Annotated[int, Field(ge=0, description="Counts up from 0 without gaps.")]


class Finalize(Message):
    """Hear all that was sent before; then `session` says how much that was. It goes on."""

    type: Literal["finalize"]


class Pause(Message):
    """Take no sound until `resume`; what comes then follows straight on."""

    type: Literal["pause"]


class Resume(Message):
    """Take sound again."""

    type: Literal["resume"]


class KeepAlive(Message):
    """There is nothing to send, and somebody is here."""

    type: Literal["keep_alive"]


class Lost(Message):
    """Sound was lost on the client's side: how many seconds, null where nobody counted."""

    type: Literal["lost"]
    seconds: Annotated[float | None, Field(ge=0, le=3600, allow_inf_nan=False)] = None


class Stop(Message):
    """End the recording; with `save`, keep the summary as an entry of the journal."""

    type: Literal["stop"]
    save: bool = False
    note: Note = ""
    tags: Annotated[Tags, Field(default_factory=list)]
    zone: Annotated[str, AfterValidator(known_zone)] | None = None


Said = Finalize | Pause | Resume | KeepAlive | Lost | Stop
SAID: TypeAdapter[Said] = TypeAdapter(Annotated[Said, Field(discriminator="type")])


class Limits(Answer):
    """The largest frame in bytes, and the longest recording in seconds."""

    frame_bytes: int
    duration_s: float


class Session(Answer):
    """The session is open: a client sends what follows `received_samples`."""

    type: Literal["session"]
    seq: Number
    id: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    encoding: Literal["pcm_s16le"]
    sample_rate_hz: Literal[16000]
    channels: Literal[1]
    limits: Limits
    model: ModelName
    received_samples: Annotated[int, Field(ge=0)]


class Running(Answer):
    """How the phrase under way sounds so far."""

    start_s: float
    end_s: float
    emotion: str | None
    confidence: Share | None
    emotions: Probabilities
    possible: list[str]
    stress: Index


class Partial(Answer):
    """Where it stands, each half second of sound."""

    type: Literal["partial"]
    seq: Number
    time_s: float
    level_dbfs: float
    peak_dbfs: float
    level: Literal["too quiet", "good", "clipping"]
    speaking: bool
    running: Running | None


class Final(Span):
    """One window of the timeline, for good."""

    type: Literal["final"]
    seq: Number


class Warned(Answer):
    """Something a person can act on while they speak."""

    type: Literal["warning"]
    seq: Number
    about: Literal["too_quiet", "clipping", "late"]
    message: str


class Summary(Answer):
    """The recording as a whole, and the entry it became where it was to be kept."""

    type: Literal["summary"]
    seq: Number
    analysis: Analysis
    entry_id: str | None
    outcome: Literal["added", "already there", "restored"] | None


class LiveProblem(ProblemBody):
    """A problem; of a message in the wrong state, which ones it needs, and the one it found."""

    expected: list[Literal["new", "listening", "paused", "finished"]] | None = None
    found: Literal["new", "listening", "paused", "finished"] | None = None


class Error(Answer):
    """A message was not taken, or the line will be closed; it has no number."""

    type: Literal["error"]
    problem: LiveProblem


MESSAGES: tuple[type[BaseModel], ...] = (Finalize, Pause, Resume, KeepAlive, Lost, Stop)
EVENTS: tuple[type[BaseModel], ...] = (Session, Partial, Final, Warned, Summary, Error)
