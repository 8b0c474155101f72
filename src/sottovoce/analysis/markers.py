"""Anxiety and low-mood markers: experimental, stated formulas, never a diagnosis.

Each marker is a weighted mean of *signs* between 0 and 1. Half of the weight is what the emotion
model heard; the other half are measures of the voice, each placed between the middle and the far
end of ordinary speech: the 50th and the 97.5th (or 2.5th) percentile over the 612 neutral and calm
clips of RAVDESS and nEMO, as ``benchmarks/reference_ranges.py`` prints them. Those short read
sentences hold no pauses, so the range of ``pause_ratio`` is a convention. A sign that cannot be
measured is left out, the others carry its weight, and the interval widens.

The directions follow reviews of voice in anxiety (raised pitch, more jitter, pauses: Weeks et al.
2012, Özseven et al. 2018) and depression (flat pitch and loudness, slow speech, long pauses, creak:
Cummins et al. 2015, Low, Bentley & Ghosh 2020). The weights are a convention. No one has shown
that such a sum says anything about one person; it is here to be watched against one's own normal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from sottovoce.analysis.stress import Doubt, clamp
from sottovoce.domain import Biomarkers, Index

EMOTION_SHARE = 0.5
MISSING_SPREAD = 0.29  # standard deviation of a sign that could be anything in 0..1
Z_90 = 1.645


@dataclass(frozen=True, slots=True)
class Sign:
    """One measure as a sign: 0 at ``usual``, 1 at ``extreme`` (which may be the smaller)."""

    measure: str
    usual: float
    extreme: float

    def strength(self, biomarkers: Biomarkers) -> float | None:
        """How far the measure has gone from usual to extreme, 0..1; None when unmeasured.

        >>> Sign("pause_ratio", 0.0, 0.5).strength(Biomarkers(pause_ratio=0.25))
        0.5
        """
        value: float | None = getattr(biomarkers, self.measure)
        if value is None:
            return None
        return clamp((value - self.usual) / (self.extreme - self.usual))


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker's formula: weights over emotions (0..1 each) and equally weighted signs."""

    method: str
    emotions: Mapping[str, float]
    signs: tuple[Sign, ...]


ANXIETY = Marker(
    method="experimental-anxiety/1",
    emotions={"fearful": 1.0, "sad": 0.3, "surprised": 0.2},
    signs=(
        Sign("pitch_median_hz", 147.0, 233.0),
        Sign("jitter_ratio", 0.024, 0.040),
        Sign("pause_ratio", 0.10, 0.45),
        Sign("articulation_rate_syllables_per_s", 4.1, 5.5),
    ),
)
LOW_MOOD = Marker(
    method="experimental-low-mood/1",
    emotions={"sad": 1.0, "fearful": 0.2, "calm": 0.1, "neutral": 0.2},
    signs=(
        Sign("pitch_range_semitones", 8.1, 4.1),
        Sign("loudness_range_db", 20.3, 15.0),
        Sign("speech_rate_syllables_per_s", 4.1, 2.6),
        Sign("pause_ratio", 0.10, 0.45),
        Sign("creak_ratio", 0.0, 0.14),
    ),
)


def marker_index(
    marker: Marker, probabilities: Mapping[str, float], biomarkers: Biomarkers, doubt: Doubt
) -> Index:
    """A marker's value in 0..1 with its contributions and a 90 % interval.

    The interval adds, as independent, the spread of the emotion part (widened by the model's own
    measured doubt) and the spread of each sign that is missing.

    Examples
    --------
    >>> doubt = Doubt(quantile=1.5, floor=0.05, correlation=0.3)
    >>> low = marker_index(LOW_MOOD, {"sad": 1.0}, Biomarkers(pause_ratio=0.45), doubt)
    >>> low.value, sorted(low.contributions)
    (1.0, ['pause_ratio', 'sad'])
    """
    strengths = {sign.measure: sign.strength(biomarkers) for sign in marker.signs}
    known = {name: value for name, value in strengths.items() if value is not None}
    emotion_share = EMOTION_SHARE if known else 1.0
    shares = {
        label: emotion_share * weight * probabilities.get(label, 0.0)
        for label, weight in marker.emotions.items()
    }
    shares |= {name: (1.0 - emotion_share) * s / len(known) for name, s in known.items()}
    value = clamp(sum(shares.values()))
    half = half_width(marker, probabilities, len(known), doubt)
    contributions = {name: share for name, share in shares.items() if share}
    return Index(value, clamp(value - half), clamp(value + half), contributions, marker.method)


def half_width(
    marker: Marker, probabilities: Mapping[str, float], n_known: int, doubt: Doubt
) -> float:
    """Half of the 90 % interval of a marker."""
    mean = sum(w * probabilities.get(label, 0.0) for label, w in marker.emotions.items())
    square = sum(w * w * probabilities.get(label, 0.0) for label, w in marker.emotions.items())
    emotion_spread = sqrt(max(0.0, square - mean * mean)) + doubt.floor
    emotion_share = EMOTION_SHARE if n_known else 1.0
    n_missing = len(marker.signs) - n_known
    missing_spread = MISSING_SPREAD * (1.0 - EMOTION_SHARE) * n_missing / len(marker.signs)
    return sqrt(
        (emotion_share * doubt.quantile * emotion_spread) ** 2 + (Z_90 * missing_spread) ** 2
    )
