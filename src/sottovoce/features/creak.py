"""Where the voice creaks: vocal fry, single damped pulses some 20 to 90 times a second.

After Ishi, Sakakibara, Ishiguro and Hagita (2008), "A method for automatic detection of vocal fry",
IEEE Trans. Audio, Speech, Language Process. 16, 47-56. A fry pulse stands alone: the very
short-term power (4 ms, each 2 ms, of 100 to 1500 Hz) rises and falls by 7 dB around it; the 32 ms
about it do not repeat themselves within 15 ms, though a formant may ring in them; and it looks like
the pulse before. Pulses less than 10 ms apart, or with a pitch below 300 Hz, are left to hoarse
modal voices; a higher pitch at a lone pulse is a formant that the tracker heard ringing.

Nobody has labelled creak in the recordings this was checked on: it finds most in sad, disgusted and
neutral phrases, least in fearful and angry ones, and more in male voices, which is what is known of
it. Creak that keeps a steady pitch counts as modal, and a row of equal clicks would pass for fry.

>>> from sottovoce.features.pitch import track_pitch
>>> fry = np.zeros(16_000, dtype=np.float32)
>>> fry[::400] = 0.5
>>> bool(creaky(fry, track_pitch(fry)).mean() > 0.8)
True
"""

import numpy as np
import numpy.typing as npt

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.features.frames import HOP_SAMPLES
from sottovoce.features.level import levelled
from sottovoce.features.pitch import PitchTrack

DECIMATION = 4
BAND_RATE_HZ = SAMPLE_RATE_HZ // DECIMATION
RUMBLE_SAMPLES = BAND_RATE_HZ // 100  # 10 ms: a moving average over them holds what is below 100 Hz
POWER_HOP_SAMPLES = 2 * BAND_RATE_HZ // 1000  # 2 ms
NEIGHBOURS = 5  # power frames, 10 ms, within which a pulse rises and falls
PULSE_DB = 7.0
QUIETEST_DB = -30.0  # relative to the strongest power in the window
PERIODIC = 0.5  # autocorrelation at a lag and at its multiples
PERIODIC_SAMPLES = 32 * BAND_RATE_HZ // 1000  # around a pulse
LOWEST_RINGING_HZ = 300.0  # a tracked pitch from here on may be a formant that rings
SHORTEST_LAG, LONGEST_LAG = BAND_RATE_HZ // 1000, 15 * BAND_RATE_HZ // 1000
ALIKE = 0.5  # correlation of a pulse with the one before
PULSE_SAMPLES = 15 * BAND_RATE_HZ // 1000  # compared around each pulse, 15 ms
SLACK_SAMPLES = 3 * BAND_RATE_HZ // 1000  # the power contour places pulses within 3 ms
CLOSEST_SAMPLES = 10 * BAND_RATE_HZ // 1000
FARTHEST_SAMPLES = 100 * BAND_RATE_HZ // 1000
TINY = 1e-10

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.intp]


def creaky(samples: FloatArray, pitch: PitchTrack) -> BoolArray:
    """Frames between two fry pulses that belong together, bool [frames].

    ``pitch`` is the track of the same window.
    """
    creaks = np.zeros(len(pitch.f0_hz), np.bool_)
    band = _band(levelled(samples[: len(creaks) * HOP_SAMPLES]))
    pulses = _lone_pulses(band)
    pitched = pitch.f0_hz[pulses * DECIMATION // HOP_SAMPLES] < LOWEST_RINGING_HZ
    pulses = pulses[~pitched & (_periodicity(band, pulses) < PERIODIC)]
    frame = pulses * DECIMATION // HOP_SAMPLES
    for index in np.flatnonzero(_linked(band, pulses)):
        creaks[frame[index] : frame[index + 1] + 1] = True
    return creaks


def creak_ratio(creaky_frames: BoolArray, voiced: BoolArray) -> float | None:
    """Creaky frames as a share of those that are voiced or creaky, 0..1; None if there are none.

    >>> creak_ratio(np.array([True, False, False]), np.array([False, True, False]))
    0.5
    """
    phonated = int((creaky_frames | voiced).sum())
    return float(creaky_frames.sum() / phonated) if phonated else None


def _band(sound: FloatArray) -> FloatArray:
    """About 100 to 1500 Hz at a quarter of the sample rate, by moving averages."""
    smooth = _moving_average(_moving_average(sound, DECIMATION), DECIMATION)[::DECIMATION]
    return (smooth - _moving_average(smooth, RUMBLE_SAMPLES)).astype(np.float32)


def _moving_average(values: FloatArray, width: int) -> FloatArray:
    padded = np.pad(values, (width // 2 + 1, (width - 1) // 2))
    total = np.cumsum(padded, dtype=np.float64)
    return ((total[width:] - total[:-width]) / width).astype(np.float32)


def _lone_pulses(band: FloatArray) -> IntArray:
    """Samples of ``band`` at which the very short-term power stands out on both sides."""
    hops = np.square(band[: len(band) // POWER_HOP_SAMPLES * POWER_HOP_SAMPLES])
    energy = hops.reshape(-1, POWER_HOP_SAMPLES).sum(axis=1)
    if len(energy) < 2:
        return np.empty(0, np.intp)
    power_db = 10 * np.log10(energy[1:] + energy[:-1] + TINY)
    padded = np.pad(power_db, NEIGHBOURS, mode="edge")
    lowest = np.lib.stride_tricks.sliding_window_view(padded, NEIGHBOURS).min(axis=1)
    before, after = lowest[: len(power_db)], lowest[NEIGHBOURS + 1 :]
    stands_out = power_db - np.maximum(before, after) >= PULSE_DB
    highest = (power_db > padded[NEIGHBOURS - 1 : -NEIGHBOURS - 1]) & (
        power_db >= padded[NEIGHBOURS + 1 : len(padded) - NEIGHBOURS + 1]
    )
    heard = power_db > power_db.max() + QUIETEST_DB
    return (np.flatnonzero(stands_out & highest & heard) + 1) * POWER_HOP_SAMPLES


def _periodicity(band: FloatArray, pulses: IntArray) -> FloatArray:
    """How periodic the sound about each pulse is, at most 1, [pulses].

    The lowest autocorrelation among the strongest lag and its multiples: high for a pitch, low for
    a single ringing pulse, whose autocorrelation dies away.
    """
    padded = np.pad(band, PERIODIC_SAMPLES // 2)
    around = padded[pulses[:, None] + np.arange(PERIODIC_SAMPLES)]
    tail = np.pad(around, ((0, 0), (0, LONGEST_LAG)))
    shifted = np.lib.stride_tricks.sliding_window_view(tail, PERIODIC_SAMPLES, axis=1)
    correlation = np.einsum("nls,ns->nl", shifted, around)
    lags = np.arange(LONGEST_LAG + 1)
    correlation *= PERIODIC_SAMPLES / (PERIODIC_SAMPLES - lags)
    correlation /= correlation[:, :1] + TINY
    return _lowest_of_multiples(correlation)


def _lowest_of_multiples(correlation: FloatArray) -> FloatArray:
    strongest = SHORTEST_LAG + correlation[:, SHORTEST_LAG:].argmax(axis=1)
    multiples = strongest[:, None] * np.arange(1, LONGEST_LAG // SHORTEST_LAG + 1)
    padded = np.pad(correlation, ((0, 0), (SHORTEST_LAG, SHORTEST_LAG)), mode="edge")
    near = np.lib.stride_tricks.sliding_window_view(padded, 2 * SHORTEST_LAG + 1, axis=1)
    highest = near.max(axis=2)
    values = np.take_along_axis(highest, np.minimum(multiples, LONGEST_LAG), axis=1)
    lowest: FloatArray = np.where(multiples <= LONGEST_LAG, values, 1).min(axis=1)
    return lowest


def _linked(band: FloatArray, pulses: IntArray) -> BoolArray:
    """Whether each pulse and the next are near and alike, bool [pulses - 1]."""
    apart = np.diff(pulses)
    near = (apart >= CLOSEST_SAMPLES) & (apart <= FARTHEST_SAMPLES)
    padded = np.pad(band, PULSE_SAMPLES // 2 + SLACK_SAMPLES)
    reach = np.arange(PULSE_SAMPLES + 2 * SLACK_SAMPLES)
    around = padded[pulses[:, None] + reach]
    shape = around[:-1, SLACK_SAMPLES : SLACK_SAMPLES + PULSE_SAMPLES]
    views = np.lib.stride_tricks.sliding_window_view(around[1:], PULSE_SAMPLES, axis=1)
    product = np.einsum("npw,nw->np", views, shape)
    energy = np.square(shape).sum(axis=1)[:, None] * np.square(views).sum(axis=2)
    likeness = (product / np.sqrt(energy + TINY)).max(axis=1, initial=0)
    linked: BoolArray = near & (likeness > ALIKE)
    return linked
