"""An interview becomes numbers: the speech of one side, segment by segment, and as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

import numpy as np

from sottovoce.analysis.listening import Described
from sottovoce.audio.quality import QualityMeter
from sottovoce.domain import SAMPLE_RATE_HZ, Biomarkers, FloatArray, Segment, Window
from sottovoce.features.biomarkers import Measures, measure, summarise
from sottovoce.features.descriptors import describe
from sottovoce.models.embed import pooled
from sottovoce.models.speech_model import SpeechModel
from sottovoce.risk.features.described import FeatureSet
from sottovoce.risk.features.markers import marker_values
from sottovoce.risk.words.sentiment import Sentiment
from sottovoce.speech import SpeechStream

NOT_KNOWN = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What was heard of one person.

    ``segments`` float32 [n, features]; ``embeddings`` float32 [n, width], of width 0 without an
    encoder; ``markers`` float32 [13], NaN where not measurable; ``starts_s`` float64 [n], when each
    segment began; ``snr_db`` float64 [1], NaN where not measurable. n is 0 without speech.
    ``words`` float32 [7] is what a transcript gave, NaN where there is none; of length 0 where
    words are not listened to.
    """

    segments: FloatArray
    embeddings: FloatArray
    markers: FloatArray
    starts_s: np.ndarray
    snr_db: np.ndarray
    words: FloatArray = field(default_factory=lambda: np.zeros(0, np.float32))

    def __len__(self) -> int:
        return len(self.segments)

    def arrays(self) -> dict[str, np.ndarray]:
        """What the sound gave, each field by its name, as a cache keeps them."""
        return {name: getattr(self, name) for name in OF_THE_SOUND}


OF_THE_SOUND = tuple(one.name for one in fields(Heard) if one.name != "words")


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A stretch of sound of one speaker.

    ``start_s`` is its place in the recording; ``answer_to_s`` when the other speaker ended before
    it, None where nobody asked.
    """

    samples: FloatArray
    start_s: float = 0.0
    answer_to_s: float | None = None


@dataclass(frozen=True, slots=True)
class Ears:
    """How to hear: a feature set, a speech model for embeddings, a sentiment to listen to words."""

    features: FeatureSet
    encoder: SpeechModel | None = None
    sentiment: Sentiment | None = None


class _Notes:
    """What is gathered while piece after piece is heard."""

    def __init__(self) -> None:
        self.segments: list[FloatArray] = []
        self.embeddings: list[FloatArray] = []
        self.starts_s: list[float] = []
        self.measures: list[Measures] = []
        self.spoken: list[Segment] = []
        self.latencies_s: list[float] = []
        self.meter, self.length_s = QualityMeter(), 0.0


def hear(pieces: Sequence[Piece], ears: Ears) -> Heard:
    """Hear all that one person says; each piece is searched for speech by itself.

    Pauses are those within the pieces: the pieces are put end to end, and what the other says lies
    in none of them. Latency is the median time from the other's last word to the first of the
    answer; without another speaker, the time before the first word.
    """
    notes = _Notes()
    for piece in pieces:
        _hear_piece(piece, ears, notes)
    biomarkers = summarise(notes.measures, notes.spoken, notes.length_s)
    if notes.latencies_s:
        biomarkers = replace(biomarkers, latency_s=float(np.median(notes.latencies_s)))
    return _heard(notes, biomarkers, ears)


def _hear_piece(piece: Piece, ears: Ears, notes: _Notes) -> None:
    stream = SpeechStream()
    for window in stream.push(piece.samples) + stream.finish():
        _hear_window(window, piece, ears, notes)
    notes.meter.push(piece.samples)
    spoken = stream.segments
    notes.spoken += [moved(one, notes.length_s) for one in spoken]
    notes.length_s += stream.duration_s
    if spoken and piece.answer_to_s is not None:
        notes.latencies_s.append(piece.start_s + spoken[0].start_s - piece.answer_to_s)


def _hear_window(window: Window, piece: Piece, ears: Ears, notes: _Notes) -> None:
    described = Described(window.samples, describe(window.samples))
    notes.segments.append(ears.features.describe(described))
    notes.starts_s.append(piece.start_s + window.segment.start_s)
    notes.measures.append(measure(described.descriptors))
    if ears.encoder:
        notes.embeddings.append(pooled(ears.encoder.means(window.samples), -1))


def _heard(notes: _Notes, biomarkers: Biomarkers, ears: Ears) -> Heard:
    count = len(notes.segments)
    snr_db = notes.meter.finish(notes.spoken).snr_db
    return Heard(
        segments=stacked(notes.segments, (count, len(ears.features.names()) if not count else -1)),
        embeddings=stacked(notes.embeddings, (count, 0 if not ears.encoder else -1)),
        markers=marker_values(biomarkers),
        starts_s=np.array(notes.starts_s, dtype=np.float64),
        snr_db=np.array([NOT_KNOWN if snr_db is None else snr_db]),
    )


def stacked(rows: Sequence[FloatArray], empty: tuple[int, int]) -> FloatArray:
    """Rows as a table; an empty one of a given shape where there are none."""
    if not rows:
        return np.zeros((empty[0], max(0, empty[1])), np.float32)
    return np.stack(rows).astype(np.float32)


def moved(segment: Segment, by_s: float) -> Segment:
    """The same segment later."""
    return Segment(segment.start_s + by_s, segment.end_s + by_s, segment.speech_probability)


def from_arrays(arrays: Mapping[str, np.ndarray]) -> Heard:
    """What a cache kept."""
    return Heard(**{name: arrays[name] for name in OF_THE_SOUND})


def samples_between(samples: FloatArray, start_s: float, end_s: float) -> FloatArray:
    """The sound from one time to another."""
    return samples[round(start_s * SAMPLE_RATE_HZ) : round(end_s * SAMPLE_RATE_HZ)]
