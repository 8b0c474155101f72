"""A stream of sound, heard window by window, in bounded memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sottovoce.audio.quality import QualityMeter
from sottovoce.domain import Baseline, Emotion, FloatArray, Quality, Segment, Window
from sottovoce.features.biomarkers import Measures, measure
from sottovoce.features.descriptors import describe
from sottovoce.features.functionals import functionals
from sottovoce.features.net_input import net_input
from sottovoce.models.emotion import EmotionModel, Judged
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


def listen(
    blocks: Iterable[FloatArray], model: EmotionModel, baseline: Baseline | None = None
) -> Hearing:
    """Hear a stream of sound, window by window, in bounded memory."""
    meter, speech = QualityMeter(), SpeechStream()
    heard: list[Heard] = []
    for block in blocks:
        meter.push(block)
        heard += [hear(window, model, baseline) for window in speech.push(block)]
    heard += [hear(window, model, baseline) for window in speech.finish()]
    return Hearing(heard, speech.segments, meter.finish(speech.segments), speech.duration_s)


def hear(window: Window, model: EmotionModel, baseline: Baseline | None) -> Heard:
    """Describe one window and let the model judge it."""
    described = describe(window.samples)
    images = net_input(window.samples) if model.sees_images else None
    judged = model.judge(functionals(described), images, baseline)
    return Heard(window.segment, judged, measure(described))
