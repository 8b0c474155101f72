from dataclasses import replace

import pytest

from sottovoce.audio.verdict import Measured, judge

GOOD = Measured(
    peak_dbfs=-6.0, clipped_ratio=0.0, noise_floor_dbfs=-60.0, snr_db=35.0, speech_s=3.0
)

UNUSABLE = {
    "no speech was found; the recording is silent: check that the microphone is on": {
        "speech_s": 0.0,
        "peak_dbfs": None,
    },
    "no speech was found, only noise; speak closer to the microphone": {"speech_s": 0.0},
    "only 0.4 s of speech; 0.5 s is needed": {"speech_s": 0.44},
    "12% of the samples are clipped; move away from the microphone or lower its gain": {
        "clipped_ratio": 0.12
    },
    "the background is louder than the voice (SNR -3 dB); 10 dB is needed: find a quieter place": {
        "snr_db": -3.0
    },
}
POOR = {
    "only 0.9 s of speech; 1 s is surer": {"speech_s": 0.96},
    "2.0% of the samples are clipped; move away from the microphone or lower its gain": {
        "clipped_ratio": 0.02
    },
    "the background is loud (SNR 6 dB); 10 dB is needed": {"snr_db": 6.0},
    "the recording is very quiet (peak -58 dBFS, -50 is needed); move closer to the microphone": {
        "peak_dbfs": -58.0
    },
    "telephone bandwidth, nothing above 4 kHz; record with the microphone, not over a call": {
        "telephone": True
    },
}


def test_a_good_recording_is_ok_and_keeps_its_figures() -> None:
    quality = judge(GOOD)
    assert (quality.verdict, quality.reasons) == ("ok", ())
    assert (quality.peak_dbfs, quality.snr_db, quality.speech_s) == (-6.0, 35.0, 3.0)


@pytest.mark.parametrize("reason", UNUSABLE)
def test_what_stops_says_why(reason: str) -> None:
    quality = judge(replace(GOOD, **UNUSABLE[reason]))
    assert (quality.verdict, quality.reasons) == ("unusable", (reason,))


@pytest.mark.parametrize("reason", POOR)
def test_what_warns_says_why(reason: str) -> None:
    quality = judge(replace(GOOD, **POOR[reason]))
    assert (quality.verdict, quality.reasons) == ("poor", (reason,))


def test_what_stops_stands_alone_and_warnings_stand_together() -> None:
    noisy = replace(GOOD, snr_db=5.0, clipped_ratio=0.02)
    assert len(judge(noisy).reasons) == 2
    assert judge(replace(noisy, speech_s=0.1)).reasons == ("only 0.1 s of speech; 0.5 s is needed",)


def test_what_cannot_be_measured_is_no_reason() -> None:
    assert judge(replace(GOOD, snr_db=None, noise_floor_dbfs=None)).verdict == "ok"
