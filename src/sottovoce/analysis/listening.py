"""A stream of sound, heard window by window, in bounded memory."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from sottovoce.analysis.in_order import in_order
from sottovoce.audio.quality import QualityMeter
from sottovoce.domain import (
    Baseline,
    Descriptors,
    Emotion,
    FloatArray,
    Quality,
    Segment,
    Window,
)
from sottovoce.features.biomarkers import Measures, measure
from sottovoce.features.descriptors import describe
from sottovoce.features.functionals import functionals
from sottovoce.features.net_input import net_input
from sottovoce.models.emotion import Judged
from sottovoce.models.judge import Images, Judge
from sottovoce.speech import SpeechStream


@dataclass(frozen=True, slots=True)
class Heard:
    """One window, heard: its place, what the model said, what was measured."""

    segment: Segment
    judged: Judged
    measures: Measures

    @property
    def emotion(self) -> Emotion:
        """Against the voice's own normal where it is known, else the absolute view."""
        return self.judged.own or self.judged.emotion


@dataclass(frozen=True, slots=True)
class Hearing:
    """Everything heard in one stream of sound, before it is concluded."""

    windows: Sequence[Heard]
    segments: Sequence[Segment]
    quality: Quality
    duration_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Described:
    """One window, as models may want to hear it: the sound, functionals, images."""

    samples: FloatArray
    descriptors: Descriptors

    def functionals(self) -> FloatArray:
        """Functionals of the descriptors."""
        return functionals(self.descriptors)

    def images(self) -> Images:
        """Mel image and correlogram."""
        return net_input(self.samples)


class Listener:
    """Hears a stream as it comes, piece by piece."""

    def __init__(self, model: Judge, baseline: Baseline | None = None) -> None:
        self.speech = SpeechStream()
        self._meter, self._heard = QualityMeter(), list[Heard]()
        self._hear = partial(hear, model=model, baseline=baseline)

    def push(self, samples: FloatArray) -> list[Heard]:
        """Hear the next samples, float32 [n]; the windows that are now certain."""
        self._meter.push(samples)
        return self._kept(self.speech.push(samples))

    def finish(self, samples: FloatArray) -> list[Heard]:
        """Hear the last samples; the windows that remain."""
        return self.push(samples) + self._kept(self.speech.finish())

    def hearing(self) -> Hearing:
        """Everything heard, of a finished stream."""
        segments = self.speech.segments
        return Hearing(self._heard, segments, self._meter.finish(segments), self.speech.duration_s)

    def _kept(self, windows: Iterable[Window]) -> list[Heard]:
        heard = [self._hear(window) for window in windows]
        self._heard += heard
        return heard


def listen(
    blocks: Iterable[FloatArray],
    model: Judge,
    baseline: Baseline | None = None,
    threads: int = 1,
) -> Hearing:
    """Hear a stream of sound, window by window, in bounded memory."""
    meter, speech = QualityMeter(), SpeechStream()
    windows = windows_of(blocks, meter, speech)
    heard = list(in_order(partial(hear, model=model, baseline=baseline), windows, threads))
    return Hearing(heard, speech.segments, meter.finish(speech.segments), speech.duration_s)


def windows_of(
    blocks: Iterable[FloatArray], meter: QualityMeter, speech: SpeechStream
) -> Iterator[Window]:
    """The windows of a stream, each as soon as it is certain."""
    for block in blocks:
        meter.push(block)
        yield from speech.push(block)
    yield from speech.finish()


def hear(window: Window, model: Judge, baseline: Baseline | None) -> Heard:
    """Describe one window and let the model judge it."""
    descriptors = describe(window.samples)
    judged = model.hear(Described(window.samples, descriptors), baseline)
    return Heard(window.segment, judged, measure(descriptors))
