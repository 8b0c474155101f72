"""Knowing when it doesn't know: one label, several, or nothing to go by, with reasons.

A label is possible when its probability reaches a threshold that, on held-out voices, let the true
label through as often as promised (least ambiguous sets: Sadinle, Lei & Wasserman, 2019; fitted in
``training.conformal``). The answer is clear when one label alone is possible, the recording is good
and the voice lies where the model was trained.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sottovoce.domain import Certainty, Emotion, Quality


@dataclass(frozen=True, slots=True)
class CertaintyRule:
    """How sure is sure, measured on speakers the model was not trained on; in the model's card.

    A label is possible from ``least_probability`` (0..1) on; the possible ones miss the true label
    in ``error_rate`` (0..1) of recordings. ``far`` is the distance that one in a hundred held-out
    recordings exceeds; None for models that tell no distance.
    """

    least_probability: float
    error_rate: float
    far: float | None = None


def certainty_of(
    emotion: Emotion, quality: Quality, distance: float | None, rule: CertaintyRule
) -> Certainty:
    """Whether the answer is clear, and what else it could be.

    Parameters
    ----------
    emotion
        Merged over the whole memo.
    quality
        Its reasons (short, noisy, clipped ...) speak against a clear answer.
    distance
        How far the voice lies from what the model was trained on, where it tells.
    rule
        From the model's card.

    Examples
    --------
    >>> from sottovoce.domain import ModelId
    >>> good = Quality(-6.0, 0.0, -60.0, 30.0, 3.0, "ok")
    >>> rule = CertaintyRule(least_probability=0.15, error_rate=0.2)
    >>> two = Emotion({"sad": 0.5, "calm": 0.4, "happy": 0.1}, ModelId("m", "0"))
    >>> certainty_of(two, good, None, rule).reasons
    ('it could be sad or calm',)
    """
    possible = possible_labels(emotion.probabilities, rule)
    reasons = [*_ambiguous(possible), *_strange(distance, rule), *quality.reasons]
    return Certainty(
        clear=not reasons,
        possible=possible,
        coverage=round(1.0 - rule.error_rate, 6),
        reasons=tuple(reasons),
    )


def possible_labels(probabilities: Mapping[str, float], rule: CertaintyRule) -> tuple[str, ...]:
    """Labels that are probable enough, likeliest first.

    >>> possible_labels({"sad": 0.5, "calm": 0.4, "happy": 0.1}, CertaintyRule(0.15, 0.2))
    ('sad', 'calm')
    """
    likeliest_first = sorted(probabilities, key=lambda label: -probabilities[label])
    enough = (label for label in likeliest_first if probabilities[label] >= rule.least_probability)
    return tuple(enough)


def _ambiguous(possible: tuple[str, ...]) -> list[str]:
    if len(possible) == 1:
        return []
    if not possible:
        return ["no emotion stands out"]
    return [f"it could be {', '.join(possible[:-1])} or {possible[-1]}"]


def _strange(distance: float | None, rule: CertaintyRule) -> list[str]:
    if distance is None or rule.far is None or distance <= rule.far:
        return []
    return ["it sounds unlike anything the model was trained on"]
