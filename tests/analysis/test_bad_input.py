"""Whatever is handed in is answered with a sentence, or with what could be measured."""

import io
import os
import struct
import wave
from pathlib import Path

import av
import numpy as np
import pytest

from sottovoce.analysis.batch import Plan, Trouble, analyze_many
from sottovoce.audio.decode import Limits
from sottovoce.domain import SAMPLE_RATE_HZ, Analysis
from sottovoce.runtime import ASSETS

EVEN = ASSETS / "samples" / "even.ogg"


def answer(path: Path, **limits: float) -> Analysis | Trouble:
    (outcome,) = analyze_many([path], Plan(limits=Limits(**limits)))
    return outcome


def pcm(path: Path, samples: np.ndarray, rate_hz: int, codec: str = "pcm_f32le") -> Path:
    """Float samples [channels, n] as a wav file."""
    layouts = {1: "mono", 8: "7.1"}
    with av.open(str(path), "w", format="wav") as out:
        layout = layouts[len(samples)]
        stream = out.add_stream(codec, rate=rate_hz, layout=layout)
        packed = np.ascontiguousarray(samples.T, np.float32).reshape(1, -1)
        whole = av.AudioFrame.from_ndarray(packed, "flt", layout)
        whole.sample_rate = rate_hz
        resampler = av.AudioResampler(stream.format, layout, rate_hz)
        for frame in [*resampler.resample(whole), *resampler.resample(None)]:
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def spoken(rate_hz: int, channels: int) -> np.ndarray:
    """The even sample, repeated on every channel."""
    with av.open(str(EVEN)) as sound:
        resampler = av.AudioResampler("fltp", "mono", rate_hz)
        frames = [f for frame in sound.decode(audio=0) for f in resampler.resample(frame)]
    mono = np.concatenate([frame.to_ndarray()[0] for frame in frames])
    return np.repeat(mono[None], channels, axis=0)


def refused(tmp_path: Path, name: str) -> Path:
    path = tmp_path / name
    match name:
        case "empty.wav":
            path.touch()
        case "text.wav":
            path.write_text("hello " * 5000)
        case "random.mp3":
            path.write_bytes(np.random.default_rng(1).bytes(200_000))
        case "nan.wav":
            sound = spoken(SAMPLE_RATE_HZ, 1)
            sound[0, 1000] = np.nan
            pcm(path, sound, SAMPLE_RATE_HZ)
        case "sparse.wav":
            with path.open("wb") as file:
                file.truncate(5 << 30)
    return path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("empty.wav", "empty"),
        ("text.wav", "unsupported_format"),
        ("random.mp3", "corrupt"),
        ("nan.wav", "invalid_samples"),
        ("sparse.wav", "unsupported_format"),
        ("missing.wav", "not_found"),
    ],
)
def test_it_is_refused_in_one_sentence(tmp_path: Path, name: str, kind: str) -> None:
    outcome = answer(refused(tmp_path, name))
    assert isinstance(outcome, Trouble)
    assert outcome.error.type == kind
    assert name in str(outcome.error)
    assert "\n" not in str(outcome.error)


def test_a_header_that_lies_about_its_length(tmp_path: Path) -> None:
    path = tmp_path / "lying.wav"
    shape = struct.pack("<IHHIIHH", 16, 1, 1, 16000, 32000, 2, 16)
    path.write_bytes(
        b"RIFF" + struct.pack("<I", 0xFFFFFFF0) + b"WAVEfmt " + shape
        + b"data" + struct.pack("<I", 0xFFFFFF00) + b"\0\0" * 50
    )  # fmt: skip
    outcome = answer(path)
    assert isinstance(outcome, Analysis)
    assert outcome.status == "unusable"
    assert outcome.reasons


def test_an_hour_of_silence_in_a_small_file(tmp_path: Path) -> None:
    path = tmp_path / "silence.flac"
    with av.open(str(path), "w", format="flac") as out:
        stream = out.add_stream("flac", rate=SAMPLE_RATE_HZ, layout="stereo")
        second = np.zeros((1, 2 * SAMPLE_RATE_HZ), np.int16)
        for _ in range(3600):
            frame = av.AudioFrame.from_ndarray(second, "s16", "stereo")
            frame.sample_rate = SAMPLE_RATE_HZ
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    too_long = answer(path)
    assert isinstance(too_long, Trouble)
    assert too_long.error.type == "too_long"
    raised = answer(path, max_duration_s=4000.0)
    assert isinstance(raised, Analysis)
    assert (raised.status, raised.duration_s) == ("unusable", 3600.0)
    assert "silent" in raised.reasons[0]


def test_192_khz_and_eight_channels_sound_as_the_original(tmp_path: Path) -> None:
    path = pcm(tmp_path / "wide.wav", spoken(192_000, 8), 192_000, "pcm_s24le")
    wide, plain = answer(path), answer(EVEN)
    assert isinstance(wide, Analysis)
    assert isinstance(plain, Analysis)
    pitches = [a.biomarkers.pitch_median_hz for a in (wide, plain)]
    assert pitches[0] == pytest.approx(pitches[1], rel=0.01)


def test_a_constant_offset_changes_nothing_that_matters(tmp_path: Path) -> None:
    sound = 0.5 * spoken(SAMPLE_RATE_HZ, 1)
    moved, plain = (
        answer(pcm(tmp_path / f"{offset}.wav", sound + offset, SAMPLE_RATE_HZ))
        for offset in (0.2, 0.0)
    )
    assert isinstance(moved, Analysis)
    assert isinstance(plain, Analysis)
    assert moved.status == plain.status == "ok"
    for name in ("pitch_median_hz", "formant1_median_hz", "hnr_db"):
        one, other = (getattr(a.biomarkers, name) for a in (moved, plain))
        assert one == pytest.approx(other, rel=0.03)


def test_a_square_wave_is_clipped(tmp_path: Path) -> None:
    square = 0.99 * np.sign(
        np.sin(2 * np.pi * 150 * np.arange(4 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ)
    )
    outcome = answer(pcm(tmp_path / "square.wav", square[None], SAMPLE_RATE_HZ))
    assert isinstance(outcome, Analysis)
    assert outcome.quality.clipped_ratio > 0.5
    assert outcome.status == "unusable"


def test_a_truncated_m4a_is_a_sentence(tmp_path: Path) -> None:
    whole = tmp_path / "whole.m4a"
    with av.open(str(EVEN)) as sound, av.open(str(whole), "w", format="ipod") as out:
        stream = out.add_stream("aac", rate=44_100, layout="mono")
        resampler = av.AudioResampler("fltp", "mono", 44_100, frame_size=1024)
        for frame in [*sound.decode(audio=0), None]:
            for resampled in resampler.resample(frame):
                out.mux(stream.encode(resampled))
        out.mux(stream.encode(None))
    torn = tmp_path / "torn.m4a"
    torn.write_bytes(whole.read_bytes()[: whole.stat().st_size // 3])
    assert isinstance(answer(whole), Analysis)
    outcome = answer(torn)
    assert isinstance(outcome, Trouble)
    assert "torn.m4a" in str(outcome.error)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.wav"
    with wave.open(sound := io.BytesIO(), "wb") as file:
        file.setparams((1, 2, 16000, 0, "NONE", ""))
        file.writeframes(bytes(32000))
    path.write_bytes(sound.getvalue())
    path.chmod(0)
    outcome = answer(path)
    assert isinstance(outcome, Trouble)
    assert outcome.error.type == "no_permission"
