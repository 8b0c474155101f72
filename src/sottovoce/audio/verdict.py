"""From measures of a recording to a verdict, with reasons that a person can act on."""

from sottovoce.domain import Quality, Verdict

MIN_SPEECH_S = 0.5
SHORT_SPEECH_S = 1.0
MAX_CLIPPED_RATIO = 0.10
POOR_CLIPPED_RATIO = 0.005
MIN_SNR_DB = 0.0
POOR_SNR_DB = 10.0
SILENT_DBFS = -80.0
QUIET_DBFS = -50.0


def judge(
    *,
    peak_dbfs: float | None,
    clipped_ratio: float,
    noise_floor_dbfs: float | None,
    snr_db: float | None,
    speech_s: float,
) -> Quality:
    """The Quality with its verdict: unusable for a reason that stops, poor for one that warns.

    >>> quality = judge(peak_dbfs=-6.0, clipped_ratio=0.0, noise_floor_dbfs=-60.0, snr_db=30.0,
    ...                 speech_s=0.4)
    >>> quality.verdict, quality.reasons
    ('unusable', ('only 0.4 s of speech; 0.5 s is needed',))
    """
    stops = [
        *speech_stops(speech_s, peak_dbfs),
        *clipping_stops(clipped_ratio),
        *noise_stops(snr_db),
    ]
    warnings = [] if stops else warnings_of(clipped_ratio, snr_db, peak_dbfs, speech_s)
    verdict: Verdict = "unusable" if stops else "poor" if warnings else "ok"
    return Quality(
        peak_dbfs=peak_dbfs,
        clipped_ratio=clipped_ratio,
        noise_floor_dbfs=noise_floor_dbfs,
        snr_db=snr_db,
        speech_s=speech_s,
        verdict=verdict,
        reasons=tuple(stops or warnings),
    )


def speech_stops(speech_s: float, peak_dbfs: float | None) -> list[str]:
    """Too little speech to hear anything in."""
    if speech_s >= MIN_SPEECH_S:
        return []
    if peak_dbfs is None or peak_dbfs < SILENT_DBFS:
        return ["no speech was found: the recording is silent; check that the microphone is on"]
    if speech_s == 0.0:
        return ["no speech was found, only other sound; speak closer to the microphone"]
    return [f"only {speech_s:.1f} s of speech; {MIN_SPEECH_S:g} s is needed"]


def clipping_stops(clipped_ratio: float) -> list[str]:
    """So much clipping that the voice's quality is lost."""
    if clipped_ratio <= MAX_CLIPPED_RATIO:
        return []
    return [f"{clipped_ratio:.0%} of the samples are clipped; lower the microphone's gain"]


def noise_stops(snr_db: float | None) -> list[str]:
    """More noise than voice."""
    if snr_db is None or snr_db >= MIN_SNR_DB:
        return []
    return [f"the background is louder than the voice (SNR {snr_db:.0f} dB); find a quieter place"]


def warnings_of(
    clipped_ratio: float, snr_db: float | None, peak_dbfs: float | None, speech_s: float
) -> list[str]:
    """What lowers the trust in a recording that can still be used."""
    found = []
    if speech_s < SHORT_SPEECH_S:
        found.append(f"only {speech_s:.1f} s of speech; {SHORT_SPEECH_S:g} s or more is surer")
    if clipped_ratio > POOR_CLIPPED_RATIO:
        found.append(f"{clipped_ratio:.1%} of the samples are clipped; lower the microphone's gain")
    if snr_db is not None and snr_db < POOR_SNR_DB:
        found.append(
            f"the background is loud (SNR {snr_db:.0f} dB); {POOR_SNR_DB:g} dB or more is surer"
        )
    if peak_dbfs is not None and peak_dbfs < QUIET_DBFS:
        found.append(f"the recording is very soft (peak {peak_dbfs:.0f} dBFS); speak closer")
    return found
