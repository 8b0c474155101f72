from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sottovoce.domain import FloatArray
from sottovoce.errors import CorruptAudioError
from sottovoce.training.checks import check_decodable, check_present, check_trainable
from sottovoce.training.errors import CorpusError
from sottovoce.training.manifest import Clip, Manifest


def test_two_speakers_and_two_emotions_are_enough(make_clips) -> None:
    check_trainable(Manifest(tuple(make_clips(["f1", "m1"]))))


def test_nothing_to_train_on() -> None:
    with pytest.raises(CorpusError, match="no clips"):
        check_trainable(Manifest(()))


def test_one_speaker_is_too_few(make_clips) -> None:
    with pytest.raises(CorpusError, match=r"'/made', are of one speaker \('made_f1'\)"):
        check_trainable(Manifest(tuple(make_clips(["f1"]))))


def test_one_emotion_is_too_few(make_clips) -> None:
    clips = [replace(clip, emotion="sad") for clip in make_clips(["f1", "m1"])]
    with pytest.raises(CorpusError, match="are labelled 'sad'; 2 emotions"):
        check_trainable(Manifest(tuple(clips)))


def test_missing_and_empty_files_are_named_and_counted(tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    names = ("gone.wav", "empty.wav", "gone too.wav")
    clips = [Clip(tmp_path / name, "x_1", "sad") for name in names]
    with pytest.raises(CorpusError, match=r"gone\.wav' is listed but not there, and 2 more"):
        check_present(clips)
    with pytest.raises(CorpusError, match=r"empty\.wav' is empty$"):
        check_present(clips[1:2])


def test_undecodable_files_are_named_with_their_reason(tmp_path: Path) -> None:
    def decode(path: Path) -> FloatArray:
        if path.name == "bad.wav":
            raise CorruptAudioError("its data ends early")
        return np.zeros(10, np.float32)

    clips = [Clip(tmp_path / name, "x_1", "sad") for name in ("good.wav", "bad.wav")]
    check_decodable(clips[:1], decode)
    with pytest.raises(CorpusError, match=r"bad\.wav' cannot be decoded \(its data ends early\)"):
        check_decodable(clips, decode)
