"""Which measures of the spectrum are compared with openSMILE's eGeMAPSv02.

Ours are relative to the loud frames of a window over a floor of -60 dB, so they are compared over
voiced frames, where neither floor nor room is heard; loudness and flux, which openSMILE gives in
units of the recording and over all frames, are put back to its level first.
"""

from collections.abc import Callable
from functools import cache

import numpy as np
from oracle_clip import Clip, Comparison, smile

from sottovoce.domain import SAMPLE_RATE_HZ, Descriptors
from sottovoce.features.descriptors import SEMITONE_ZERO_HZ, describe
from sottovoce.features.frames import frames
from sottovoce.features.loudness import COMPRESSION
from sottovoce.features.spectrum import spectrum

LEAST_RANK = 0.9
OURS, WITH_ITSELF = "ours, openSMILE", "openSMILE, itself 20 dB softer"
GAIN = "openSMILE's slopes change with the gain of the recording"
PEAKS = "openSMILE differs as much from the Fourier sum at the harmonics"
HARMONIC_SAMPLES = 960


@cache
def described(clip: Clip) -> Descriptors:
    """Our descriptors of a clip."""
    return describe(clip.samples)


def voiced_mean(clip: Clip, name: str) -> float:
    """Mean of one of our descriptors over the voiced frames."""
    ours = described(clip)
    return float(np.nanmean(ours.column(name)[ours.voiced]))


def as_recorded(clip: Clip, name: str, power: float) -> float:
    """Mean of one of our descriptors over all frames, at the level of the recording."""
    level_ms = spectrum(clip.samples).level_ms
    return float(described(clip).column(name).mean() * level_ms**power)


def softer(clip: Clip, functional: str) -> float:
    """openSMILE's functional of the same clip 20 dB softer."""
    soft = clip.samples * np.float32(0.1)
    return float(smile().process_signal(soft, SAMPLE_RATE_HZ)[functional].iloc[0])


def harmonic_difference_db(clip: Clip) -> float:
    """Mean level of the first harmonic over the second, each a Fourier sum at its frequency."""
    ours = described(clip)
    f0_hz = SEMITONE_ZERO_HZ * 2 ** (ours.column("f0_semitones")[ours.voiced, None] / 12)
    framed = frames(clip.samples, HARMONIC_SAMPLES)[ours.voiced] * np.hanning(HARMONIC_SAMPLES)
    time_s = np.arange(HARMONIC_SAMPLES) / SAMPLE_RATE_HZ
    first, second = (
        np.abs(np.sum(framed * np.exp(-2j * np.pi * number * f0_hz * time_s), axis=1))
        for number in (1, 2)
    )
    return float(np.mean(20 * np.log10(first / second)))


def _smiled(functional: str) -> Callable[[Clip], float]:
    return lambda clip: clip.egemaps[functional]


def _voiced(
    measure: str, name: str, functional: str, least_rank: float | None = LEAST_RANK, note: str = ""
) -> Comparison:
    return Comparison(
        measure, OURS, lambda clip: voiced_mean(clip, name), _smiled(functional), least_rank, note
    )


def _with_itself(measure: str, functional: str) -> Comparison:
    return Comparison(
        measure, WITH_ITSELF, _smiled(functional), lambda clip: softer(clip, functional)
    )


def _as_recorded(name: str, functional: str, power: float) -> Comparison:
    return Comparison(
        name, OURS, lambda clip: as_recorded(clip, name, power), _smiled(functional), LEAST_RANK
    )


def _alpha_upside_down(clip: Clip) -> float:
    return -voiced_mean(clip, "alpha_ratio_db")


def _first_over_second(clip: Clip) -> float:
    return voiced_mean(clip, "h1_h2_db")


ALPHA, SLOPE_0, SLOPE_500, H1_A3, H1_H2 = (
    f"{name}_sma3nz_amean"
    for name in (
        "alphaRatioV",
        "slopeV0-500",
        "slopeV500-1500",
        "logRelF0-H1-A3",
        "logRelF0-H1-H2",
    )
)
SLOPES = ("slope 0-500 Hz", "slope 500-1500 Hz")
SPECTRUM: tuple[Comparison, ...] = (
    _as_recorded("loudness", "loudness_sma3_amean", COMPRESSION),
    _as_recorded("flux", "spectralFlux_sma3_amean", 0.5),
    Comparison("alpha ratio dB", OURS, _alpha_upside_down, _smiled(ALPHA), LEAST_RANK),
    _voiced("Hammarberg index dB", "hammarberg_index_db", "hammarbergIndexV_sma3nz_amean"),
    *(_voiced(f"MFCC {n}", f"mfcc_0{n}", f"mfcc{n}V_sma3nz_amean") for n in (1, 2, 3, 4)),
    _voiced(SLOPES[0], "slope_0_500_hz_db_per_khz", SLOPE_0, None, GAIN),
    _with_itself(SLOPES[0], SLOPE_0),
    _voiced(SLOPES[1], "slope_500_1500_hz_db_per_khz", SLOPE_500, None, GAIN),
    _with_itself(SLOPES[1], SLOPE_500),
    _voiced("H1-A3 dB", "h1_a3_db", H1_A3, 0.8),
    _voiced("H1-H2 dB", "h1_h2_db", H1_H2, None, PEAKS),
    Comparison("H1-H2 dB", "ours, Fourier sum", _first_over_second, harmonic_difference_db, 0.95),
    Comparison("H1-H2 dB", "openSMILE, Fourier sum", _smiled(H1_H2), harmonic_difference_db),
)
