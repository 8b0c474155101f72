"""All that was heard in one stream of sound becomes one Analysis, whether it came whole or live."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from sottovoce import __version__
from sottovoce.analysis.dimensions import stress_of
from sottovoce.analysis.listening import Heard, Hearing
from sottovoce.analysis.stress import Doubt
from sottovoce.analysis.view import Grounds, view_of
from sottovoce.domain import Analysis, Baseline, Biomarkers, Emotion, SegmentAnalysis, View
from sottovoce.features.biomarkers import summarise
from sottovoce.models.emotion import Judged
from sottovoce.models.judge import Judge


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a sound came from.

    ``source`` is what results call it, ``sha256`` that of its bytes as they came, ``recorded_at``
    the aware UTC instant at which it began, or None.
    """

    source: str
    sha256: str
    recorded_at: datetime | None


def conclude(hearing: Hearing, origin: Origin, model: Judge, baseline: Baseline | None) -> Analysis:
    """Put all that was heard together, or say why it was too little."""
    biomarkers = summarise(
        [heard.measures for heard in hearing.windows], hearing.segments, hearing.duration_s
    )
    usable = hearing.quality.verdict != "unusable" and bool(hearing.windows)
    said, absolute = views(hearing, biomarkers, model, baseline) if usable else (None, None)
    return Analysis(
        source=origin.source,
        status="ok" if usable else "unusable",
        reasons=(*hearing.quality.reasons, *(model_reasons(said.emotion) if said else ())),
        duration_s=hearing.duration_s,
        sha256=origin.sha256,
        recorded_at=origin.recorded_at,
        quality=hearing.quality,
        emotion=said.emotion if said else None,
        certainty=said.certainty if said else None,
        stress=said.stress if said else None,
        anxiety=said.anxiety if said else None,
        low_mood=said.low_mood if said else None,
        biomarkers=biomarkers,
        segments=tuple(timeline(hearing.windows, Doubt(**model.card.doubt))) if usable else (),
        model=model.id,
        versions=versions(),
        absolute=absolute,
        baseline_memos=baseline.memos if baseline else None,
    )


def views(
    hearing: Hearing, biomarkers: Biomarkers, model: Judge, baseline: Baseline | None
) -> tuple[View, View | None]:
    """What is said, and the absolute view beside it where a baseline is given."""
    durations_s = [heard.segment.duration_s for heard in hearing.windows]
    distance = mean_distance([heard.judged for heard in hearing.windows], durations_s)
    grounds = Grounds(durations_s, biomarkers, hearing.quality, distance)
    said = view_of([heard.emotion for heard in hearing.windows], grounds, model.card)
    if baseline is None:
        return said, None
    return said, view_of([heard.judged.emotion for heard in hearing.windows], grounds, model.card)


def model_reasons(emotion: Emotion) -> tuple[str, ...]:
    """What a person has to know of a model that was not calibrated."""
    if emotion.calibrated:
        return ()
    name = emotion.model.name
    return (f"the model '{name}' is not calibrated: its figures are no confidence",)


def mean_distance(judged: Sequence[Judged], durations_s: Sequence[float]) -> float | None:
    """How far the memo lies from all that the model was trained on; None when it does not tell."""
    told = [
        (one.distance, duration_s)
        for one, duration_s in zip(judged, durations_s, strict=True)
        if one.distance is not None
    ]
    total_s = sum(duration_s for _, duration_s in told)
    return sum(distance * d for distance, d in told) / total_s if told else None


def timeline(windows: Sequence[Heard], doubt: Doubt) -> Iterator[SegmentAnalysis]:
    """Emotion and stress, window by window."""
    for heard in windows:
        stress = stress_of(heard.emotion, [heard.segment.duration_s], doubt).value
        yield SegmentAnalysis(heard.segment, heard.emotion.probabilities, stress)


def versions() -> dict[str, str]:
    """What made these numbers: with the same versions the same input gives the same numbers."""
    return {
        "sottovoce": __version__,
        "python": ".".join(map(str, sys.version_info[:3])),
        "numpy": version("numpy"),
        "onnxruntime": version("onnxruntime"),
        "av": version("av"),
    }
