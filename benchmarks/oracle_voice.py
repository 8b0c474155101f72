"""Which measures of the voice are compared with which oracle.

Ours follow Praat's definitions, so Praat with its frames where ours are is what the tests hold them
to. Praat as it comes differs from itself as much when a clip starts 5 ms later, because stretches
without a clear pitch fall one way or the other; and the two oracles agree on pitch only.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from oracle_clip import Clip, Comparison, Heard

LEAST_RANK = 0.9
ON_OUR_FRAMES, AS_IT_COMES = "ours, Praat on our frames", "ours, Praat"
WITH_ITSELF = "Praat from 5 ms on, Praat"
APART = "Praat and openSMILE do not rank clips alike either"
LOWEST_OF_EGEMAPS_HZ = 27.5


def semitones(f0_hz: np.ndarray) -> np.ndarray:
    """Pitch in semitones above the lowest A of a piano."""
    return 12 * np.log2(f0_hz / LOWEST_OF_EGEMAPS_HZ)


MEASURES: dict[str, Callable[[Heard], float]] = {
    "pitch mean Hz": lambda heard: float(np.mean(heard.f0_hz)),
    "pitch median Hz": lambda heard: float(np.median(heard.f0_hz)),
    "pitch spread semitones": lambda heard: float(np.std(semitones(heard.f0_hz))),
    "pitch 5 to 95 % semitones": lambda heard: float(
        np.subtract(*np.percentile(semitones(heard.f0_hz), [95, 5]))
    ),
    "voiced frames": lambda heard: float(len(heard.f0_hz)),
    "jitter": lambda heard: heard.jitter_ratio,
    "shimmer dB": lambda heard: heard.shimmer_db,
    "HNR dB": lambda heard: heard.hnr_db,
    **{
        f"formant {n + 1} {name} Hz": lambda heard, n=n, of=of: float(of(heard.formants_hz[:, n]))
        for n in range(3)
        for name, of in (("mean", np.nanmean), ("median", np.nanmedian))
    },
}


@dataclass(frozen=True)
class Functional:
    """One functional of eGeMAPSv02 that stands beside a measure of ours."""

    name: str
    converted: Callable[[float], float] = float
    least_rank: float | None = None
    note: str = ""


EGEMAPS = {
    "pitch median Hz": Functional(
        "F0semitoneFrom27.5Hz_sma3nz_percentile50.0",
        lambda semitones: LOWEST_OF_EGEMAPS_HZ * 2 ** (semitones / 12),
        least_rank=0.95,
    ),
    "jitter": Functional("jitterLocal_sma3nz_amean", note=APART),
    "shimmer dB": Functional("shimmerLocaldB_sma3nz_amean", note=APART),
    "HNR dB": Functional("HNRdBACF_sma3nz_amean", least_rank=0.8, note=APART),
    "formant 1 mean Hz": Functional("F1frequency_sma3nz_amean", note=APART),
    "formant 2 mean Hz": Functional("F2frequency_sma3nz_amean", note=APART),
    "formant 3 mean Hz": Functional("F3frequency_sma3nz_amean", note=APART),
}


def _with_praat(measure: str, of: Callable[[Heard], float]) -> list[Comparison]:
    def ours(clip: Clip) -> float:
        return of(clip.ours)

    def praat(clip: Clip) -> float:
        return of(clip.praat)

    def on_our_frames(clip: Clip) -> float:
        return of(clip.praat_on_our_frames)

    def later(clip: Clip) -> float:
        return of(clip.praat_later)

    return [
        Comparison(measure, ON_OUR_FRAMES, ours, on_our_frames, LEAST_RANK),
        Comparison(measure, AS_IT_COMES, ours, praat),
        Comparison(measure, WITH_ITSELF, later, praat),
    ]


def _with_egemaps(measure: str, of: Callable[[Heard], float]) -> list[Comparison]:
    functional = EGEMAPS[measure]

    def smiled(clip: Clip) -> float:
        return functional.converted(clip.egemaps[functional.name])

    return [
        Comparison(
            measure,
            "ours, openSMILE",
            lambda clip: of(clip.ours),
            smiled,
            functional.least_rank,
            functional.note,
        ),
        Comparison(measure, "Praat, openSMILE", lambda clip: of(clip.praat), smiled),
    ]


VOICE = tuple(
    comparison
    for measure, of in MEASURES.items()
    for comparison in _with_praat(measure, of)
    + (_with_egemaps(measure, of) if measure in EGEMAPS else [])
)
