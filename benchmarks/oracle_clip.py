"""A clip heard by everybody: by us, by Praat and by openSMILE, each once and only when asked.

Praat places its frames by the length of the sound, ours lie on a fixed grid. With
``praat_on_our_frames`` the clip lies between margins that put Praat's frames where ours are, so
that what differs is the method; ``praat_later`` hears it from 5 ms on, so that what differs is
chance.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import opensmile
import parselmouth
from parselmouth.praat import call

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.autocorrelation import CEILING_HZ, FLOOR_HZ
from sottovoce.features.formants import track_formants
from sottovoce.features.frames import HOP_S, HOP_SAMPLES
from sottovoce.features.harmonicity import harmonicity_db
from sottovoce.features.perturbation import jitter_ratio, shimmer_db
from sottovoce.features.pitch import track_pitch
from sottovoce.features.pulses import find_pulses

MARGIN_SAMPLES = round((1.5 / FLOOR_HZ - HOP_S / 4) * SAMPLE_RATE_HZ)
LATER_SAMPLES = HOP_SAMPLES // 2
NEAREST = parselmouth.ValueInterpolation.NEAREST
PERIODS = (0.0001, 0.02, 1.3)  # shortest, longest (s), largest factor between two


@dataclass(frozen=True)
class Heard:
    """What one listener says of the voice in a clip."""

    f0_hz: np.ndarray  # of the voiced frames
    formants_hz: np.ndarray  # [voiced frames, 3]
    jitter_ratio: float
    shimmer_db: float
    hnr_db: float


class Clip:
    """One recording and what is heard in it."""

    def __init__(self, samples: FloatArray) -> None:
        self.samples = samples

    @cached_property
    def ours(self) -> Heard:
        """Sottovoce."""
        pitch = track_pitch(self.samples)
        pulses = find_pulses(self.samples, pitch)
        jitter, shimmer = jitter_ratio(pulses), shimmer_db(pulses)
        return Heard(
            pitch.f0_hz[pitch.voiced],
            track_formants(self.samples, pitch.voiced)[pitch.voiced],
            np.nan if jitter is None else jitter,
            np.nan if shimmer is None else shimmer,
            float(np.nanmean(harmonicity_db(self.samples, pitch))),
        )

    @cached_property
    def praat(self) -> Heard:
        """Praat, as it hears the clip."""
        return heard_by_praat(self.samples)

    @cached_property
    def praat_on_our_frames(self) -> Heard:
        """Praat with its frames where ours are."""
        whole = self.samples[: len(self.samples) // HOP_SAMPLES * HOP_SAMPLES]
        return heard_by_praat(np.pad(whole, MARGIN_SAMPLES))

    @cached_property
    def praat_later(self) -> Heard:
        """Praat from 5 ms on."""
        return heard_by_praat(self.samples[LATER_SAMPLES:])

    @cached_property
    def egemaps(self) -> dict[str, float]:
        """The functionals of openSMILE's eGeMAPSv02."""
        return smile().process_signal(self.samples, SAMPLE_RATE_HZ).iloc[0].to_dict()


@dataclass(frozen=True)
class Comparison:
    """Two measures of the same thing.

    ``least_rank`` is what the tests ask of their agreement; ``note`` says why it is little.
    """

    measure: str
    between: str
    one: Callable[[Clip], float]
    other: Callable[[Clip], float]
    least_rank: float | None = None
    note: str = ""


@cache
def smile() -> opensmile.Smile:
    """openSMILE, opened once."""
    return opensmile.Smile(
        feature_set=opensmile.FeatureSet.eGeMAPSv02,
        feature_level=opensmile.FeatureLevel.Functionals,
    )


def heard_by_praat(samples: FloatArray) -> Heard:
    """Praat's standard settings, with our frames' distance, floor and ceiling (also its own)."""
    sound = parselmouth.Sound(samples.astype(np.float64), SAMPLE_RATE_HZ)
    pitch = sound.to_pitch_ac(HOP_S, FLOOR_HZ, 15, False, 0.03, 0.45, 0.01, 0.35, 0.14, CEILING_HZ)
    points = call([sound, pitch], "To PointProcess (cc)")
    f0_hz = pitch.selected_array["frequency"]
    times = pitch.xs()[f0_hz > 0]
    formant = sound.to_formant_burg(HOP_S, 5, 5500, 0.025, 50)
    formants = [[formant.get_value_at_time(n, time) for n in (1, 2, 3)] for time in times]
    tonality = sound.to_harmonicity_cc(HOP_S, FLOOR_HZ, 0.1, 1.0)
    ratios = np.array([tonality.get_value(time, NEAREST) for time in times])
    return Heard(
        f0_hz[f0_hz > 0],
        np.array(formants).reshape(-1, 3),
        call(points, "Get jitter (local)", 0, 0, *PERIODS),
        call([sound, points], "Get shimmer (local_dB)", 0, 0, *PERIODS, 1.6),
        float(ratios[ratios > -150].mean()),
    )
