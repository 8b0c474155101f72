"""Whatever is handed in is answered with a sentence, or with what could be measured."""

import io
import os
import wave
from pathlib import Path

import pytest

from badsounds import (
    EVEN,
    hour_of_silence,
    lying,
    moved,
    no_number,
    noise,
    square,
    torn_m4a,
    wide,
)
from sottovoce.analysis.batch import Plan, Trouble, analyze_many
from sottovoce.audio.decode import Limits
from sottovoce.domain import Analysis


def answer(path: Path, **limits: float) -> Analysis | Trouble:
    (outcome,) = analyze_many([path], Plan(limits=Limits(**limits)))
    return outcome


def refused(tmp_path: Path, name: str) -> Path:
    path = tmp_path / name
    match name:
        case "empty.wav":
            path.touch()
        case "text.wav":
            path.write_text("hello " * 5000)
        case "random.mp3":
            noise(path)
        case "nan.wav":
            no_number(path)
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
    outcome = answer(lying(tmp_path / "lying.wav"))
    assert isinstance(outcome, Analysis)
    assert outcome.status == "unusable"
    assert outcome.reasons


def test_an_hour_of_silence_in_a_small_file(tmp_path: Path) -> None:
    path = hour_of_silence(tmp_path / "silence.flac")
    too_long = answer(path)
    assert isinstance(too_long, Trouble)
    assert too_long.error.type == "too_long"
    raised = answer(path, max_duration_s=4000.0)
    assert isinstance(raised, Analysis)
    assert (raised.status, raised.duration_s) == ("unusable", 3600.0)
    assert "silent" in raised.reasons[0]


def test_192_khz_and_eight_channels_sound_as_the_original(tmp_path: Path) -> None:
    broad, plain = answer(wide(tmp_path / "wide.wav", 60.0)), answer(EVEN)
    assert isinstance(broad, Analysis)
    assert isinstance(plain, Analysis)
    pitches = [a.biomarkers.pitch_median_hz for a in (broad, plain)]
    assert pitches[0] == pytest.approx(pitches[1], rel=0.01)


def test_a_constant_offset_changes_nothing_that_matters(tmp_path: Path) -> None:
    aside, plain = (answer(moved(tmp_path / f"{offset}.wav", offset)) for offset in (0.2, 0.0))
    assert isinstance(aside, Analysis)
    assert isinstance(plain, Analysis)
    assert aside.status == plain.status == "ok"
    for name in ("pitch_median_hz", "formant1_median_hz", "hnr_db"):
        one, other = (getattr(a.biomarkers, name) for a in (aside, plain))
        assert one == pytest.approx(other, rel=0.03)


def test_a_square_wave_is_clipped(tmp_path: Path) -> None:
    outcome = answer(square(tmp_path / "square.wav"))
    assert isinstance(outcome, Analysis)
    assert outcome.quality.clipped_ratio > 0.5
    assert outcome.status == "unusable"


def test_a_truncated_m4a_is_a_sentence(tmp_path: Path) -> None:
    torn, whole = torn_m4a(tmp_path / "torn.m4a"), tmp_path / "whole.m4a"
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
