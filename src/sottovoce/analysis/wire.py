"""An Analysis as the JSON object of ``analyze --json``: the outside contract, in one place."""

from math import isfinite
from typing import Any

from sottovoce.domain import (
    UNNAMED,
    Analysis,
    Certainty,
    Emotion,
    FeatureTable,
    Index,
    Quality,
    SegmentAnalysis,
    View,
)
from sottovoce.errors import SottovoceError


def analysis_to_wire(analysis: Analysis) -> dict[str, Any]:
    """All that is said about one recording, as plain JSON values in the contract's order."""
    emotion = analysis.emotion
    extra: dict[str, Any] = {}
    if analysis.features:
        extra["features"] = features_to_wire(analysis.features)
    if analysis.baseline_memos is not None:
        extra["baseline"] = {"memos": analysis.baseline_memos}
        extra["absolute"] = view_to_wire(analysis.absolute)
    return {
        "path": analysis.source,
        "status": analysis.status,
        "reasons": list(analysis.reasons),
        "recording": {
            "duration_s": round(analysis.duration_s, 3),
            "speech_s": round(analysis.quality.speech_s, 3),
            "sha256": analysis.sha256,
            "recorded_at": analysis.recorded_at.isoformat() if analysis.recorded_at else None,
        },
        "quality": quality_to_wire(analysis.quality),
        "emotion": named_label(emotion),
        "confidence": confidence_to_wire(emotion),
        "emotions": rounded(emotion.probabilities) if emotion else None,
        "certainty": certainty_to_wire(analysis.certainty),
        "dimensions": dimensions_to_wire(emotion),
        "stress": index_to_wire(analysis.stress),
        "anxiety": index_to_wire(analysis.anxiety),
        "low_mood": index_to_wire(analysis.low_mood),
        "biomarkers": rounded(analysis.biomarkers.as_dict()),
        "segments": [segment_to_wire(segment) for segment in analysis.segments],
        "model": {"name": analysis.model.name, "sha256": analysis.model.sha256},
        "versions": dict(analysis.versions),
        "elapsed_s": round(analysis.elapsed_s, 3),
        **extra,
    }


def trouble_to_wire(source: str, trouble: SottovoceError) -> dict[str, Any]:
    """The JSON object of an input that could not be analysed.

    >>> from sottovoce.errors import NotFoundError
    >>> trouble_to_wire("a.wav", NotFoundError("'a.wav' does not exist"))["error"]
    {'type': 'not_found', 'message': "'a.wav' does not exist"}
    """
    message = str(trouble)
    return {
        "path": source,
        "status": "error",
        "reasons": [message],
        "error": {"type": trouble.type, "message": message},
    }


def quality_to_wire(quality: Quality) -> dict[str, Any]:
    """Levels with one decimal; None where they could not be measured."""
    return {
        "verdict": quality.verdict,
        "peak_dbfs": round_or_none(quality.peak_dbfs, 1),
        "clipped_ratio": round(quality.clipped_ratio, 5),
        "noise_floor_dbfs": round_or_none(quality.noise_floor_dbfs, 1),
        "snr_db": round_or_none(quality.snr_db, 1),
        "speech_s": round(quality.speech_s, 3),
    }


def view_to_wire(view: View | None) -> dict[str, Any] | None:
    """The same scores from another point of view: what they are without the baseline."""
    if view is None:
        return None
    return {
        "emotion": view.emotion.label,
        "confidence": round(view.emotion.confidence, 4),
        "emotions": rounded(view.emotion.probabilities),
        "certainty": certainty_to_wire(view.certainty),
        "dimensions": dimensions_to_wire(view.emotion),
        "stress": index_to_wire(view.stress),
        "anxiety": index_to_wire(view.anxiety),
        "low_mood": index_to_wire(view.low_mood),
    }


def certainty_to_wire(certainty: Certainty | None) -> dict[str, Any] | None:
    """Clear or uncertain, the labels it could be, and why.

    >>> certainty_to_wire(Certainty(False, ("sad", "calm"), 0.8, ("it could be sad or calm",)))
    ... # doctest: +NORMALIZE_WHITESPACE
    {'verdict': 'uncertain', 'possible': ['sad', 'calm'], 'coverage': 0.8,
     'reasons': ['it could be sad or calm']}
    """
    if certainty is None:
        return None
    return {
        "verdict": "clear" if certainty.clear else "uncertain",
        "possible": list(certainty.possible),
        "coverage": certainty.coverage,
        "reasons": list(certainty.reasons),
    }


def confidence_to_wire(emotion: Emotion | None) -> float | None:
    """The probability of the label; None where there is none, or the model is not calibrated."""
    return round(emotion.confidence, 4) if emotion and emotion.calibrated else None


def named_label(emotion: Emotion | None) -> str | None:
    """The most probable label; None where there is none, or the model names no emotion."""
    return emotion.label if emotion and emotion.label != UNNAMED else None


def dimensions_to_wire(emotion: Emotion | None) -> dict[str, float | None] | None:
    """Arousal, valence and dominance, -1..1, where the model gives them, with their deviations."""
    if emotion is None:
        return None
    return rounded(
        {
            "arousal": emotion.arousal,
            "valence": emotion.valence,
            "dominance": emotion.dominance,
            "arousal_sd": emotion.arousal_sd,
            "valence_sd": emotion.valence_sd,
        }
    )


def features_to_wire(features: FeatureTable) -> dict[str, Any]:
    """A feature table unrounded; what is not a number becomes null."""
    values = {name: x if isfinite(x) else None for name, x in features.values.items()}
    return {"set": features.set_name, "values": values}


def index_to_wire(index: Index | None) -> dict[str, Any] | None:
    """An index with its interval; rounding keeps low <= value <= high."""
    if index is None:
        return None
    return {
        "value": round(index.value, 4),
        "low": round(index.low, 4),
        "high": round(index.high, 4),
        "contributions": rounded(index.contributions),
        "method": index.method,
    }


def segment_to_wire(heard: SegmentAnalysis) -> dict[str, Any]:
    """One window of the timeline."""
    return {
        "start_s": round(heard.segment.start_s, 3),
        "end_s": round(heard.segment.end_s, 3),
        "emotions": rounded(heard.emotions),
        "stress": round(heard.stress, 4),
    }


def rounded(values: Any) -> dict[str, float | None]:
    """Values with four significant decimals."""
    return {name: round_or_none(value, 4) for name, value in values.items()}


def round_or_none(value: float | None, digits: int) -> float | None:
    """Rounded, or None where there is nothing to round.

    >>> round_or_none(None, 1), round_or_none(1.26, 1)
    (None, 1.3)
    """
    return None if value is None else round(value, digits)
