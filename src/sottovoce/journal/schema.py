"""The tables. Every row has an owner, and points only at rows of the same owner.

``HEAD`` is the newest migration; a journal at ``HEAD`` is opened without loading Alembic.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Double,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

HEAD = "0009"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """An aware datetime as whole microseconds since 1970, UTC: the same number in any database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> int | None:
        """To the database."""
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, _dialect: Any) -> datetime | None:
        """From the database."""
        return None if value is None else EPOCH + value * MICROSECOND


class Base(DeclarativeBase):
    """All tables of the journal."""

    type_annotation_map = {str: Text, datetime: Instant, float: Double}  # noqa: RUF012 (as SQLAlchemy wants it)


class OwnedRow:
    """What every table begins with."""

    owner: Mapped[str] = mapped_column(primary_key=True)


def of_the_same_owner() -> ForeignKeyConstraint:
    """``entry_id`` is an entry of the row's own owner; the row goes when the entry goes."""
    return ForeignKeyConstraint(
        ["owner", "entry_id"],
        ["entries.owner", "entries.id"],
        ondelete="CASCADE",
    )


class MeasuresRow:
    """The measures that insights read, beside the ``gist`` they are a part of.

    None where a measure was not taken, and all None where the recording was not usable.
    """

    stress: Mapped[float | None]
    anxiety: Mapped[float | None]
    low_mood: Mapped[float | None]
    pitch_median_hz: Mapped[float | None]
    pitch_range_semitones: Mapped[float | None]
    loudness_dbfs: Mapped[float | None]
    loudness_range_db: Mapped[float | None]
    jitter_ratio: Mapped[float | None]
    shimmer_db: Mapped[float | None]
    hnr_db: Mapped[float | None]
    creak_ratio: Mapped[float | None]
    formant1_median_hz: Mapped[float | None]
    formant2_median_hz: Mapped[float | None]
    formant3_median_hz: Mapped[float | None]
    alpha_ratio_db: Mapped[float | None]
    hammarberg_index_db: Mapped[float | None]
    speech_rate_syllables_per_s: Mapped[float | None]
    articulation_rate_syllables_per_s: Mapped[float | None]
    pause_ratio: Mapped[float | None]
    pause_mean_s: Mapped[float | None]
    pause_rate_per_min: Mapped[float | None]
    latency_s: Mapped[float | None]
    speech_ratio: Mapped[float | None]
    voiced_s: Mapped[float | None]


class EmotionsRow:
    """The probability of each emotion, a part of the ``gist`` too; None where measures are."""

    emotion_angry: Mapped[float | None]
    emotion_calm: Mapped[float | None]
    emotion_disgust: Mapped[float | None]
    emotion_fearful: Mapped[float | None]
    emotion_happy: Mapped[float | None]
    emotion_neutral: Mapped[float | None]
    emotion_sad: Mapped[float | None]
    emotion_surprised: Mapped[float | None]


WHEN = ("owner", "recorded_at", "offset_min", "deleted_at", "valence")
BODY, EMOTIONS = (tuple(row.__annotations__) for row in (MeasuresRow, EmotionsRow))
MEASURES = (*BODY, *EMOTIONS)


class EntryRow(EmotionsRow, MeasuresRow, OwnedRow, Base):
    """An entry without its whole analysis; ``gist`` is the part of it that lists need.

    ``tags`` and ``gist`` are JSON. Two indexes hold all that insights read, so that ten years of a
    measure are read without touching the entries themselves (PostgreSQL takes 32 columns in one).
    """

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("owner", "sha256"),
        CheckConstraint("valence BETWEEN 1 AND 7", name="valence_1_to_7"),
        CheckConstraint("(valence IS NULL) = (valence_at IS NULL)", name="valence_has_a_time"),
        Index("entries_by_recording", "owner", "recorded_at", "id"),
        Index("entries_by_adding", "owner", "added_at"),
        Index("entries_by_deleting", "owner", "deleted_at"),
        Index("entries_by_measure", *WHEN, *BODY),
        Index("entries_by_emotion", *WHEN, *EMOTIONS),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    recorded_at: Mapped[datetime]
    zone: Mapped[str]
    offset_min: Mapped[int]
    added_at: Mapped[datetime]
    gist: Mapped[str]
    note: Mapped[str]
    tags: Mapped[str]
    valence: Mapped[int | None]
    valence_at: Mapped[datetime | None]
    example: Mapped[bool]
    deleted_at: Mapped[datetime | None]


class AnalysisRow(OwnedRow, Base):
    """The whole analysis of an entry: the JSON object that ``analyze --json`` printed."""

    __tablename__ = "analyses"
    __table_args__ = (of_the_same_owner(),)

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[str]


class QuestionnaireRow(OwnedRow, Base):
    """A person's own answers; ``answers`` is JSON, ``entry_id`` None where no memo goes with it."""

    __tablename__ = "questionnaires"
    __table_args__ = (
        of_the_same_owner(),
        Index("questionnaires_by_entry", "owner", "entry_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str | None]
    name: Mapped[str]
    answers: Mapped[str]
    answered_at: Mapped[datetime]


class SoundRow(OwnedRow, Base):
    """The key of an entry's kept audio, locked; without this row its chunks say nothing."""

    __tablename__ = "sounds"
    __table_args__ = (of_the_same_owner(),)

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    locked_key: Mapped[bytes] = mapped_column(LargeBinary)
    suffix: Mapped[str]


class ChunkRow(OwnedRow, Base):
    """A piece of kept audio, sealed."""

    __tablename__ = "sound_chunks"
    __table_args__ = (of_the_same_owner(),)

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class WaveformRow(OwnedRow, Base):
    """The waveform of an entry's kept audio, locked under a key made of the audio's own."""

    __tablename__ = "sound_waveforms"
    __table_args__ = (of_the_same_owner(),)

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    locked: Mapped[bytes] = mapped_column(LargeBinary)


class TranscriptRow(OwnedRow, Base):
    """What was said in an entry's memo, sealed."""

    __tablename__ = "transcripts"
    __table_args__ = (of_the_same_owner(),)

    entry_id: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
