"""An analysis, as ``sottovoce analyze --json`` prints it."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from sottovoce.server.schemas.parts import Answer, Instant, Share

Probabilities = dict[str, Share]


class Told(Answer):
    """The recording itself."""

    duration_s: float
    speech_s: float
    sha256: str
    recorded_at: Instant | None


class Quality(Answer):
    """How far the recording can be trusted; levels in dB of full scale."""

    verdict: Literal["ok", "poor", "unusable"]
    peak_dbfs: float | None
    clipped_ratio: Share
    noise_floor_dbfs: float | None
    snr_db: float | None
    speech_s: float


class Index(Answer):
    """A value with its 90 % interval, and what it is made of."""

    value: Share
    low: Share
    high: Share
    contributions: dict[str, float]
    method: str


class Certainty(Answer):
    """Whether one label stands alone, and which it could be."""

    verdict: Literal["clear", "uncertain"]
    possible: list[str]
    coverage: Share
    reasons: list[str]


class Span(Answer):
    """A stretch of speech in its place in time."""

    start_s: float
    end_s: float
    emotions: Probabilities
    stress: Share


class ModelName(Answer):
    """Which weights spoke."""

    name: str
    sha256: str


class Analysis(Answer):
    """How a memo sounded: what could not be said is null, and ``reasons`` says why."""

    path: str
    status: Literal["ok", "unusable"]
    reasons: list[str]
    recording: Told
    quality: Quality
    emotion: str | None
    confidence: Share | None
    emotions: Probabilities | None
    certainty: Certainty | None
    dimensions: dict[str, float | None] | None
    stress: Index | None
    anxiety: Index | None
    low_mood: Index | None
    biomarkers: dict[str, float | None]
    segments: list[Span]
    model: ModelName
    versions: dict[str, str]
    elapsed_s: float


class SimpleAnswer(Answer):
    """The simple door's answer."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "emotion": "calm",
                    "confidence": 0.62,
                    "stress_score": 0.21,
                    "status": "ok",
                    "reasons": [],
                },
                {
                    "emotion": None,
                    "confidence": None,
                    "stress_score": None,
                    "status": "unusable",
                    "reasons": ["no speech was found"],
                },
            ]
        },
    )

    emotion: Annotated[str | None, Field(description="How the voice sounded most.")]
    confidence: Annotated[Share | None, Field(description="A calibrated probability.")]
    stress_score: Annotated[Share | None, Field(description="The stress index, 0 to 1.")]
    status: Literal["ok", "unusable"]
    reasons: list[str]


class Analysed(Answer):
    """A memo that was heard, and the entry it became where it was to be kept."""

    entry_id: str | None
    outcome: Literal["added", "already there", "restored"] | None
    analysis: Analysis
