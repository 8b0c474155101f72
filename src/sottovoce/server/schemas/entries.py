"""Entries of the journal, and what may be changed of one."""

from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from sottovoce.server.schemas.parts import (
    NO_NUL,
    Answer,
    Instant,
    Message,
    Note,
    Share,
    Tags,
    Valence,
)

DAY_S = 86_400


class SelfReport(Answer):
    """The person's own word: 1 very unpleasant to 7 very pleasant."""

    valence: Valence
    reported_at: Instant


class QuestionnaireAnswer(Answer):
    """A person's own answers, with the published total and band."""

    name: Literal["phq-8", "gad-7"]
    answers: list[Annotated[int, Field(ge=0, le=3)]]
    answered_at: Instant
    total: int
    band: str


class EntryAnswer(Answer):
    """A memo that was kept. In lists ``analysis`` holds every measure, but no timeline.

    ``has_audio`` says whether its sound was kept too.
    """

    id: str
    recorded_at: Instant
    zone: str
    offset_min: int
    added_at: Instant
    note: str
    tags: list[str]
    self_report: SelfReport | None
    questionnaires: list[QuestionnaireAnswer]
    example: bool
    deleted_at: Instant | None
    has_audio: bool
    analysis: dict[str, Any]


class EntryPage(Answer):
    """Entries, the newest first; ``next`` is the address of the page after, null at the end."""

    entries: list[EntryAnswer]
    next: str | None


class TagCount(Answer):
    """A tag, and how many entries carry it."""

    tag: str
    n_entries: Annotated[int, Field(ge=1)]


class TagsAnswer(Answer):
    """The tags most used, and how many there are in all."""

    tags: list[TagCount]
    n_tags: Annotated[int, Field(ge=0)]


class Peaks(Answer):
    """A memo as a curve: the loudest sample of each of its equal shares, 0 to 1."""

    duration_s: Annotated[float, Field(ge=0)]
    peaks: list[Share]


class TranscriptText(Message):
    """What was said in a memo, a line each."""

    text: Annotated[str, Field(min_length=1, max_length=50_000, pattern=NO_NUL)]


class TranscriptLine(Message):
    """What was said in one go, from when to when, in seconds of the recording."""

    text: Annotated[str, Field(min_length=1, max_length=5_000, pattern=NO_NUL)]
    start: Annotated[float, Field(ge=0, le=DAY_S)]
    end: Annotated[float, Field(ge=0, le=DAY_S)]


class TranscriptLines(Message):
    """The same with its times, as captions and Whisper have it."""

    segments: Annotated[list[TranscriptLine], Field(min_length=1, max_length=2_000)]


class TranscriptAnswer(Answer):
    """What was said: ``text``, or ``segments`` with text and times in seconds."""

    transcript: dict[str, Any]


class Said(Message):
    """How the person felt, in their own word."""

    valence: Valence


class EntryPatch(Message):
    """What to change; what is left out stays as it is."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "minProperties": 1,
            "examples": [
                {"note": "after the talk", "tags": ["work"], "self_report": {"valence": 5}}
            ],
        },
    )

    note: Note = ""
    tags: Tags = Field(default_factory=list)
    self_report: Said = Field(default=None)  # type: ignore[assignment] # left out, never null

    @model_validator(mode="after")
    def says_something(self) -> Self:
        """Refuse an empty change."""
        if not self.model_fields_set:
            raise ValueError("nothing to change")
        return self


class Restored(Answer):
    """Which entry came back."""

    id: str
