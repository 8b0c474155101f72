"""Low-level descriptors: what a window sounds like, every 10 ms, each in a column with its unit.

Levels are relative to the window's own loud frames, so no column but ``level_dbfs`` changes with
the gain of the recording.

>>> described = describe(np.zeros(1_600, dtype=np.float32))
>>> described.values.shape == (10, len(described.names)), bool(described.voiced.any())
(True, False)
"""

import numpy as np

from sottovoce.domain import Descriptors, FloatArray
from sottovoce.features import loudness, mel, shape
from sottovoce.features.creak import creaky
from sottovoce.features.decibels import decibels
from sottovoce.features.formants import track_formants
from sottovoce.features.harmonicity import harmonicity_db
from sottovoce.features.harmonics import harmonics
from sottovoce.features.perturbation import jitter_local, jitter_ratio, shimmer_db, shimmer_local_db
from sottovoce.features.pitch import PitchTrack, track_pitch
from sottovoce.features.pulses import Pulses, find_pulses
from sottovoce.features.spectrum import Spectrum, spectrum
from sottovoce.features.zero_crossings import zero_crossing_ratio

LOUD_RANGE_DB = 25.0  # frames this far below the loud ones still are the speech itself
SEMITONE_ZERO_HZ = 27.5  # the lowest A of a piano, as in GeMAPS
ROLL_OFFS = (25, 50, 75, 90)  # percent of the energy

Columns = dict[str, FloatArray]


def describe(samples: FloatArray) -> Descriptors:
    """Describe one window of 16 kHz sound of any length; silence and noise are described too.

    ``loud`` marks the frames less than 25 dB below the window's loud level.
    """
    pitch, heard = track_pitch(samples), spectrum(samples)
    pulses = find_pulses(samples, pitch)
    columns = spectral_columns(heard) | voice_columns(samples, pitch, pulses)
    columns["zero_crossing_ratio"] = zero_crossing_ratio(samples)
    return Descriptors(
        names=tuple(columns),
        values=np.stack(list(columns.values()), axis=1).astype(np.float32),
        voiced=pitch.voiced,
        loud=columns["level_db"] > -LOUD_RANGE_DB,
        jitter_ratio=jitter_ratio(pulses),
        shimmer_db=shimmer_db(pulses),
    )


def spectral_columns(heard: Spectrum) -> Columns:
    """Mel bands, cepstrum, shape and loudness of each frame."""
    power = heard.floored
    bands_db = mel.log_mel_db(power)
    columns = {
        "level_dbfs": heard.level_dbfs,
        "level_db": decibels(power.sum(axis=1)),
        **_numbered("mel_{:02d}_db", bands_db),
        **_numbered("mfcc_{:02d}", mel.mfcc(bands_db)),
    }
    return columns | shape_columns(power) | loudness_columns(power)


def shape_columns(power: FloatArray) -> Columns:
    """Measures of the spectrum's shape (see ``sottovoce.features.shape``)."""
    centroid_hz, spread_hz, skewness, kurtosis = shape.moments(power)
    return {
        "alpha_ratio_db": shape.alpha_ratio_db(power),
        "hammarberg_index_db": shape.hammarberg_index_db(power),
        "slope_0_500_hz_db_per_khz": shape.slope_db_per_khz(power, 0, 500),
        "slope_500_1500_hz_db_per_khz": shape.slope_db_per_khz(power, 500, 1500),
        "slope_1500_4000_hz_db_per_khz": shape.slope_db_per_khz(power, 1500, 4000),
        "share_250_650_hz_db": shape.band_share_db(power, 250, 650),
        "share_1000_4000_hz_db": shape.band_share_db(power, 1000, 4000),
        "centroid_hz": centroid_hz,
        "spread_hz": spread_hz,
        "skewness": skewness,
        "kurtosis": kurtosis,
        **{f"roll_off_{share}_hz": shape.roll_off_hz(power, share / 100) for share in ROLL_OFFS},
        "entropy_ratio": shape.entropy_ratio(power),
        "flatness_db": shape.flatness_db(power),
        "flux": shape.flux(power),
    }


def loudness_columns(power: FloatArray) -> Columns:
    """Loudness as an ear would weigh it (see ``sottovoce.features.loudness``)."""
    bands = loudness.specific_loudness(power)
    return {
        "loudness": bands.sum(axis=1),
        "sharpness": loudness.sharpness(bands),
        "auditory_flux": loudness.auditory_flux(bands),
    }


def voice_columns(samples: FloatArray, pitch: PitchTrack, pulses: Pulses) -> Columns:
    """Pitch, voice quality and formants; all but strength and creak are NaN where unvoiced."""
    n_frames = len(pitch.f0_hz)
    formants_hz = track_formants(samples, pitch.voiced)
    quality = harmonics(samples, pitch.f0_hz, formants_hz)
    return {
        "f0_semitones": 12 * np.log2(pitch.f0_hz / np.float32(SEMITONE_ZERO_HZ)),
        "pitch_strength": pitch.strength,
        "hnr_db": harmonicity_db(samples, pitch),
        "jitter_ratio": jitter_local(pulses, n_frames),
        "shimmer_db": shimmer_local_db(pulses, n_frames),
        "creak": creaky(samples, pitch).astype(np.float32),
        **_numbered("formant{}_hz", formants_hz),
        "h1_h2_db": quality.h1_h2_db,
        "h1_a1_db": quality.h1_a1_db,
        "h1_a3_db": quality.h1_a3_db,
        "cepstral_peak_db": quality.cepstral_peak_db,
    }


def _numbered(name: str, table: FloatArray) -> Columns:
    return {name.format(number): column for number, column in enumerate(table.T, start=1)}
