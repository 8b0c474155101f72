"""What the phrase under way sounds like so far: a glance at its last seconds, cheap and passing."""

from dataclasses import dataclass

from sottovoce.analysis.certainty import CertaintyRule, possible_labels
from sottovoce.analysis.dimensions import stress_of
from sottovoce.analysis.listening import hear
from sottovoce.analysis.stress import Doubt
from sottovoce.domain import Baseline, Emotion, Index, Segment
from sottovoce.models.judge import Judge
from sottovoce.speech import SpeechStream

LEAST_S = 1.0  # of less, nothing is said
MOST_S = 3.0  # of more, it would cost as much as the whole


@dataclass(frozen=True, slots=True)
class Running:
    """The sound of the last seconds of a phrase.

    ``possible`` are the labels it could be, likeliest first; empty for a model that was not judged
    on held-out voices. What share of the time they hold the true one was measured on whole memos,
    so no figure is given for it here.
    """

    segment: Segment
    emotion: Emotion
    possible: tuple[str, ...]
    stress: Index


def glance(speech: SpeechStream, model: Judge, baseline: Baseline | None) -> Running | None:
    """Hear the phrase under way as far as it got; None between phrases and at their beginning."""
    window = speech.latest(MOST_S)
    if window is None or window.segment.duration_s < LEAST_S:
        return None
    emotion, certainty = hear(window, model, baseline).emotion, model.card.certainty
    rule = CertaintyRule(**certainty) if certainty else None
    return Running(
        segment=window.segment,
        emotion=emotion,
        possible=possible_labels(emotion.probabilities, rule) if rule else (),
        stress=stress_of(emotion, [window.segment.duration_s], Doubt(**model.card.doubt)),
    )
