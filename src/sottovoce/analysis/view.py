"""What is said of how a memo sounded, from one point of view."""

from collections.abc import Sequence
from dataclasses import dataclass

from sottovoce.analysis.certainty import CertaintyRule, certainty_of
from sottovoce.analysis.dimensions import stress_of
from sottovoce.analysis.markers import ANXIETY, LOW_MOOD, marker_index
from sottovoce.analysis.stress import Doubt
from sottovoce.domain import Biomarkers, Emotion, Quality, View
from sottovoce.models.card import Card
from sottovoce.models.emotion import merge_emotions


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a view stands on beside the emotions: the same for every point of view.

    ``durations_s`` are those of the windows; ``distance`` is the memo's from all that the model was
    trained on, None where the model does not tell.
    """

    durations_s: Sequence[float]
    biomarkers: Biomarkers
    quality: Quality
    distance: float | None


def view_of(emotions: Sequence[Emotion], grounds: Grounds, card: Card) -> View:
    """Merge the windows' emotions and draw every index from them, with its doubt."""
    emotion, doubt = merge_emotions(emotions, grounds.durations_s), Doubt(**card.doubt)
    shares, biomarkers = emotion.probabilities, grounds.biomarkers
    rule = CertaintyRule(**card.certainty) if card.certainty else None
    return View(
        emotion=emotion,
        certainty=certainty_of(emotion, grounds.quality, grounds.distance, rule) if rule else None,
        stress=stress_of(emotion, grounds.durations_s, doubt),
        anxiety=marker_index(ANXIETY, shares, biomarkers, doubt),
        low_mood=marker_index(LOW_MOOD, shares, biomarkers, doubt),
    )
