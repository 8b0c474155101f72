"""Biomarkers of a memo from the measures of its windows.

Each window leaves a small :class:`Measures` behind, so that hours of sound fit in memory: 8 bytes
for each voiced 10 ms. Pitch and level are pooled over all voiced frames, the rest is averaged over
windows, weighted by their voiced time.

>>> summarise([], [], 3.0).pitch_median_hz is None
True
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sottovoce.domain import Biomarkers, Descriptors, FloatArray, Segment
from sottovoce.features.descriptors import SEMITONE_ZERO_HZ
from sottovoce.features.frames import FRAMES_PER_S
from sottovoce.features.prosody import Timing, rate_per_s, timing
from sottovoce.features.syllables import sonority_db, syllable_nuclei_s

LOW_PERCENTILE, HIGH_PERCENTILE = 5, 95  # beyond them lie octave errors and breaths
FEWEST_FRAMES = FRAMES_PER_S // 10  # 0.1 s of voice: of less, nothing is said about it


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """What a window leaves behind; ``phonated_frames`` are those that are voiced or creak.

    ``f0_semitones`` (above 27.5 Hz) and ``level_dbfs`` are float32 [voiced frames]; ``averages``
    are values of the window by the name of their biomarker, None where not measurable.
    """

    frames: int
    creaky_frames: int
    phonated_frames: int
    syllables: int
    f0_semitones: FloatArray
    level_dbfs: FloatArray
    averages: Mapping[str, float | None]


def measure(described: Descriptors) -> Measures:
    """Measure one window from its descriptors; of nothing, it leaves nothing behind."""
    voiced, creaky = described.voiced, described.column("creak") > 0
    return Measures(
        frames=len(voiced),
        creaky_frames=int(creaky.sum()),
        phonated_frames=int((creaky | voiced).sum()),
        syllables=len(syllable_nuclei_s(sonority_db(described), voiced)) if len(voiced) else 0,
        f0_semitones=described.column("f0_semitones")[voiced],
        level_dbfs=described.column("level_dbfs")[voiced],
        averages=_averages(described) if voiced.any() else {},
    )


def summarise(
    measures: Sequence[Measures], segments: Sequence[Segment], duration_s: float
) -> Biomarkers:
    """Biomarkers of a whole memo.

    Parameters
    ----------
    measures
        Of each window, in any order; windows may overlap.
    segments
        Stretches of speech, from which pauses are told.
    duration_s
        Length of the recording in seconds.

    Returns
    -------
    Biomarkers
        ``pitch_range_semitones`` and ``loudness_range_db`` run from the 5th to the 95th percentile
        of the voiced frames, ``loudness_dbfs`` is their median level. All but timing is None with
        less than 0.1 s of voice, timing is None without speech.
    """
    heard = timing(segments)
    return Biomarkers(
        **_voice(measures),
        **_rates(measures, heard),
        pause_ratio=heard.pause_ratio,
        pause_mean_s=heard.pause_mean_s,
        pause_rate_per_min=heard.pause_rate_per_min,
        latency_s=heard.latency_s,
        speech_ratio=heard.speech_s / duration_s if duration_s else None,
    )


def _averages(described: Descriptors) -> dict[str, float | None]:
    formants = {
        f"formant{n}_median_hz": _median(described.column(f"formant{n}_hz")) for n in (1, 2, 3)
    }
    means = {
        name: float(described.column(name)[described.voiced].mean(dtype=np.float64))
        for name in ("hnr_db", "alpha_ratio_db", "hammarberg_index_db")
    }
    cycles = {"jitter_ratio": described.jitter_ratio, "shimmer_db": described.shimmer_db}
    return {**formants, **means, **cycles}


def _median(column: FloatArray) -> float | None:
    defined = column[~np.isnan(column)]
    return float(np.median(defined)) if len(defined) else None


def _voice(measures: Sequence[Measures]) -> dict[str, float | None]:
    voiced_frames = sum(len(window.f0_semitones) for window in measures)
    if voiced_frames < FEWEST_FRAMES:
        return {}
    pitch = np.concatenate([window.f0_semitones for window in measures])
    level = np.concatenate([window.level_dbfs for window in measures])
    phonated_frames = sum(window.phonated_frames for window in measures)
    return {
        "pitch_median_hz": float(SEMITONE_ZERO_HZ * 2 ** (np.median(pitch) / 12)),
        "pitch_range_semitones": _range(pitch),
        "loudness_dbfs": float(np.median(level)),
        "loudness_range_db": _range(level),
        "creak_ratio": sum(window.creaky_frames for window in measures) / phonated_frames,
        **{name: _average(measures, name) for name in _names(measures)},
    }


def _range(values: FloatArray) -> float:
    low, high = np.percentile(values, [LOW_PERCENTILE, HIGH_PERCENTILE])
    return float(high - low)


def _names(measures: Sequence[Measures]) -> list[str]:
    return sorted({name for window in measures for name in window.averages})


def _average(measures: Sequence[Measures], name: str) -> float | None:
    """Mean over the windows that have a value, weighted by their voiced frames."""
    known = [
        (value, len(window.f0_semitones))
        for window in measures
        if (value := window.averages.get(name)) is not None
    ]
    weight = sum(frames for _, frames in known)
    return sum(value * frames for value, frames in known) / weight if weight else None


def _rates(measures: Sequence[Measures], heard: Timing) -> dict[str, float | None]:
    """Rates and voiced time; windows overlap, so counts are scaled to the time they cover."""
    window_frames = sum(window.frames for window in measures)
    if not window_frames:
        return {}
    cover = heard.phrases_s * FRAMES_PER_S / window_frames
    syllables = cover * sum(window.syllables for window in measures)
    voiced_frames = cover * sum(len(window.f0_semitones) for window in measures)
    return {
        "speech_rate_syllables_per_s": rate_per_s(syllables, heard.span_s),
        "articulation_rate_syllables_per_s": rate_per_s(syllables, heard.speech_s),
        "voiced_s": voiced_frames / FRAMES_PER_S,
    }
