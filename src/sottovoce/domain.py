"""The nouns of the house. Frozen values, units in their names; open this file first.

A :class:`Recording` is heard as :class:`Segment` after segment; each is described
(:class:`Biomarkers`), judged (:class:`Emotion`, :class:`Index`) and the whole becomes one
:class:`Analysis`, which holds no samples.

>>> Segment(start_s=0.5, end_s=2.0, speech_probability=0.97).duration_s
1.5
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Literal

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]

SAMPLE_RATE_HZ = 16_000
UNNAMED = "unnamed"  # the whole share, of a model that names no emotion
LABELS = ("angry", "calm", "disgust", "fearful", "happy", "neutral", "sad", "surprised")

Verdict = Literal["ok", "poor", "unusable"]
Status = Literal["ok", "unusable", "error"]


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """Decoded sound: mono, 16 kHz, float32 in [-1, 1), finite; ``audio.decode`` promises it.

    ``started_at`` is the aware UTC instant the container names, or None. ``source`` says where the
    sound came from (a path, ``-`` for standard input, ``<bytes>``). ``sha256`` is that of the
    encoded bytes.
    """

    samples: FloatArray
    source: str = "<samples>"
    sha256: str = ""
    started_at: datetime | None = None
    sample_rate_hz: int = SAMPLE_RATE_HZ

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.sample_rate_hz


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of speech in its place in time.

    ``speech_probability`` is the mean of the voice activity model's frames, 0..1.
    """

    start_s: float
    end_s: float
    speech_probability: float

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A span of at most eight seconds that is described and judged as one, with its samples.

    Short pauses inside a phrase belong to its window; nothing is ever glued together.
    """

    segment: Segment
    samples: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Descriptors:
    """Low-level descriptors of one window on a grid of 10 ms.

    ``values`` is float32 [frames, len(names)]; NaN where a descriptor is not defined (pitch in an
    unvoiced frame). ``voiced`` and ``loud`` are boolean masks [frames]. ``jitter_ratio`` and
    ``shimmer_db`` are those of all cycles of the window; None where there are too few.
    """

    names: tuple[str, ...]
    values: FloatArray
    voiced: npt.NDArray[np.bool_]
    loud: npt.NDArray[np.bool_]
    jitter_ratio: float | None = None
    shimmer_db: float | None = None

    def column(self, name: str) -> FloatArray:
        """One descriptor over time, float32 [frames]."""
        return self.values[:, self.names.index(name)]


@dataclass(frozen=True, slots=True)
class Quality:
    """How far the recording can be trusted.

    Levels in dB relative to full scale; ``snr_db`` and ``noise_floor_dbfs`` are None when there is
    no speech, or no pause, to measure them on. ``reasons`` are sentences a person can act on.
    """

    peak_dbfs: float | None
    clipped_ratio: float
    noise_floor_dbfs: float | None
    snr_db: float | None
    speech_s: float
    verdict: Verdict
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Biomarkers:
    """Measures of how the voice sounded, each None when it could not be measured.

    Definitions and papers stand with the functions of ``sottovoce.features`` that compute them.
    """

    pitch_median_hz: float | None = None
    pitch_range_semitones: float | None = None
    loudness_dbfs: float | None = None
    loudness_range_db: float | None = None
    jitter_ratio: float | None = None
    shimmer_db: float | None = None
    hnr_db: float | None = None
    creak_ratio: float | None = None
    formant1_median_hz: float | None = None
    formant2_median_hz: float | None = None
    formant3_median_hz: float | None = None
    alpha_ratio_db: float | None = None
    hammarberg_index_db: float | None = None
    speech_rate_syllables_per_s: float | None = None
    articulation_rate_syllables_per_s: float | None = None
    pause_ratio: float | None = None
    pause_mean_s: float | None = None
    pause_rate_per_min: float | None = None
    latency_s: float | None = None
    speech_ratio: float | None = None
    voiced_s: float | None = None

    def as_dict(self) -> dict[str, float | None]:
        """Name with unit to value, in the order above.

        >>> Biomarkers(pitch_median_hz=200.0).as_dict()["pitch_median_hz"]
        200.0
        """
        return {f.name: getattr(self, f.name) for f in fields(self)}


@dataclass(frozen=True, slots=True)
class ModelId:
    """Which weights spoke: the model's name and the SHA-256 of its file."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Emotion:
    """What a model heard: a probability per label (they sum to 1).

    Where ``calibrated`` is False they are a softmax as it came, and no confidence. A model that
    gives dimensions only has the whole probability on :data:`UNNAMED`.

    ``arousal``, ``valence`` and ``dominance`` are in -1..1, None for models that do not give them;
    ``arousal_sd`` and ``valence_sd`` are their standard deviations under the probabilities.
    """

    probabilities: Mapping[str, float]
    model: ModelId
    arousal: float | None = None
    valence: float | None = None
    dominance: float | None = None
    arousal_sd: float | None = None
    valence_sd: float | None = None
    calibrated: bool = True

    @property
    def label(self) -> str:
        """The most probable label."""
        return max(self.probabilities, key=self.probabilities.__getitem__)

    @property
    def confidence(self) -> float:
        """The probability of :attr:`label`."""
        return self.probabilities[self.label]


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """A voice's own normal as one model hears it: what its earlier memos have in common.

    ``memos`` is how many there were; ``mean`` and ``deviation``, float32 [n], are those of their
    functionals; ``embedding``, float32 [e], is the mean of what the model made of their windows;
    ``labels``, float32 [labels], how probable each was in them on the whole, so that memos of one
    mood are not taken for the voice. Each memo weighs the same. Only the model it was made with can
    use it.
    """

    memos: int
    model: ModelId
    mean: FloatArray
    deviation: FloatArray
    embedding: FloatArray
    labels: FloatArray


@dataclass(frozen=True, slots=True)
class Certainty:
    """Whether the answer is clear, and which labels it could be.

    ``possible`` holds the true label in at least ``coverage`` (0..1) of the recordings of voices
    like those the model was judged on, likeliest first. ``clear`` is whether one label stands
    alone and nothing speaks against trusting it; ``reasons`` are sentences, empty when clear.
    """

    clear: bool
    possible: tuple[str, ...]
    coverage: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    """A value in 0..1 with a 90 % interval, the signed share of each contribution, its method."""

    value: float
    low: float
    high: float
    contributions: Mapping[str, float]
    method: str


@dataclass(frozen=True, slots=True)
class View:
    """What is said of how a memo sounded, from one point of view: of all voices, or of one's own.

    ``certainty`` is None for models that were not judged on held-out voices.
    """

    emotion: Emotion
    certainty: Certainty | None
    stress: Index
    anxiety: Index
    low_mood: Index


@dataclass(frozen=True, slots=True)
class SegmentAnalysis:
    """What was heard in one window of the recording; ``stress`` is the value of its index."""

    segment: Segment
    emotions: Mapping[str, float]
    stress: float


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """Features of a published set over the whole recording, as its own software gives them."""

    set_name: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything said about one recording; ``None`` where it was too poor to say.

    An unusable recording is an answer: what can be measured is given, ``reasons`` says the rest.
    Against a baseline of ``baseline_memos`` memos, ``emotion`` and what follows from it are those
    of the voice's own normal, and ``absolute`` is the same without it; both None without a
    baseline.
    """

    source: str
    status: Status
    reasons: tuple[str, ...]
    duration_s: float
    sha256: str
    recorded_at: datetime | None
    quality: Quality
    emotion: Emotion | None
    certainty: Certainty | None
    stress: Index | None
    anxiety: Index | None
    low_mood: Index | None
    biomarkers: Biomarkers
    segments: tuple[SegmentAnalysis, ...]
    model: ModelId
    versions: Mapping[str, str] = field(default_factory=dict)
    elapsed_s: float = 0.0
    features: FeatureTable | None = None
    absolute: View | None = None
    baseline_memos: int | None = None
