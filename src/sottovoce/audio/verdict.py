"""From measures of a recording to a verdict, with reasons that a person can act on.

>>> short = Measured(peak_dbfs=-6.0, clipped_ratio=0.0, noise_floor_dbfs=-60.0, snr_db=30.0,
...                  speech_s=0.4)
>>> judge(short).verdict, judge(short).reasons
('unusable', ('only 0.4 s of speech; 0.5 s is needed',))
"""

from dataclasses import dataclass
from math import floor

from sottovoce.domain import Quality, Verdict

MIN_SPEECH_S = 0.5  # the shortest clip of RAVDESS and nEMO has 0.7 s
SURE_SPEECH_S = 1.0
MAX_CLIPPED_RATIO = 0.10  # speech raised 20 dB above its ceiling
SURE_CLIPPED_RATIO = 0.005  # 6 dB above
MIN_SNR_DB = 0.0
SURE_SNR_DB = 10.0
SILENT_DBFS = -80.0  # three steps of 16 bits
SURE_PEAK_DBFS = -50.0  # a hundred steps of 16 bits


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The figures of a :class:`Quality`, and whether the sound ends at telephone bandwidth."""

    peak_dbfs: float | None
    clipped_ratio: float
    noise_floor_dbfs: float | None
    snr_db: float | None
    speech_s: float
    telephone: bool = False


def judge(measured: Measured) -> Quality:
    """The Quality: unusable for a reason that stops, poor for one that warns, else ok."""
    stops = [*too_little_speech(measured), *too_damaged(measured)]
    warnings = [] if stops else doubts(measured)
    verdict: Verdict = "unusable" if stops else "poor" if warnings else "ok"
    return Quality(
        peak_dbfs=measured.peak_dbfs,
        clipped_ratio=measured.clipped_ratio,
        noise_floor_dbfs=measured.noise_floor_dbfs,
        snr_db=measured.snr_db,
        speech_s=measured.speech_s,
        verdict=verdict,
        reasons=tuple(stops or warnings),
    )


def too_little_speech(measured: Measured) -> list[str]:
    """Why there is nothing, or not enough, to hear."""
    if measured.speech_s >= MIN_SPEECH_S:
        return []
    if measured.peak_dbfs is None or measured.peak_dbfs < SILENT_DBFS:
        return ["no speech was found; the recording is silent: check that the microphone is on"]
    if measured.speech_s == 0.0:
        return ["no speech was found, only noise; speak closer to the microphone"]
    return [f"only {_below(measured.speech_s)} s of speech; {MIN_SPEECH_S:g} s is needed"]


def too_damaged(measured: Measured) -> list[str]:
    """Why what is there cannot be judged."""
    found = []
    if measured.clipped_ratio > MAX_CLIPPED_RATIO:
        found.append(
            f"{measured.clipped_ratio:.0%} of the samples are clipped; "
            "move away from the microphone or lower its gain"
        )
    if measured.snr_db is not None and measured.snr_db < MIN_SNR_DB:
        found.append(
            f"the background is louder than the voice (SNR {measured.snr_db:.0f} dB); "
            f"{SURE_SNR_DB:g} dB is needed: find a quieter place"
        )
    return found


def doubts(measured: Measured) -> list[str]:
    """What lowers the trust in a recording that can still be used."""
    found = []
    if measured.speech_s < SURE_SPEECH_S:
        found.append(f"only {_below(measured.speech_s)} s of speech; {SURE_SPEECH_S:g} s is surer")
    if measured.clipped_ratio > SURE_CLIPPED_RATIO:
        found.append(
            f"{measured.clipped_ratio:.1%} of the samples are clipped; "
            "move away from the microphone or lower its gain"
        )
    if measured.snr_db is not None and measured.snr_db < SURE_SNR_DB:
        found.append(
            f"the background is loud (SNR {measured.snr_db:.0f} dB); {SURE_SNR_DB:g} dB is needed"
        )
    return found + quiet_or_narrow(measured)


def quiet_or_narrow(measured: Measured) -> list[str]:
    """Doubts about the microphone itself."""
    found = []
    if measured.peak_dbfs is not None and measured.peak_dbfs < SURE_PEAK_DBFS:
        found.append(
            f"the recording is very quiet (peak {measured.peak_dbfs:.0f} dBFS, "
            f"{SURE_PEAK_DBFS:g} is needed); move closer to the microphone"
        )
    if measured.telephone:
        found.append(
            "telephone bandwidth, nothing above 4 kHz; record with the microphone, not over a call"
        )
    return found


def _below(seconds: float) -> str:
    """Tenths, rounded down: 0.96 s must not read as the 1.0 s that it is short of."""
    return f"{floor(10 * seconds) / 10:.1f}"
