from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sottovoce.training.errors import LeakError
from sottovoce.training.leaks import (
    LeakReport,
    find_leaks,
    require_disjoint,
    same_sounds,
    sound_digest,
    sound_digests,
)


def test_other_voices_other_sounds_pass_and_shared_sentences_are_reported(make_clips) -> None:
    report = require_disjoint(make_clips(["f1"]), make_clips(["m1"]))
    assert not report.refused
    assert report.sentences == ("made: 0", "made: 1")
    assert report.lines() == ("2 sentences are in both training and test: made: 0, made: 1",)


def test_a_shared_speaker_is_refused_by_name(make_clips) -> None:
    with pytest.raises(LeakError, match="1 speaker is in both training and test: made_m1"):
        require_disjoint(make_clips(["f1", "m1"]), make_clips(["m1", "m2"]))


def test_the_same_sound_in_another_container_is_found(make_clips) -> None:
    train, test = make_clips(["f1"], 2), make_clips(["m1"], 2)
    test[1] = replace(test[1], path=Path("/made/copy.flac"))
    sounds = {clip.path: np.full(8, 0.1 * n, np.float32) for n, clip in enumerate(train + test)}
    sounds[test[1].path] = sounds[train[0].path]
    digests = sound_digests(sounds, sounds.__getitem__)
    assert find_leaks(train, test, digests).duplicates == ((train[0].path, test[1].path),)
    with pytest.raises(LeakError, match=r"'/made/f1-0\.wav' = '/made/copy\.flac'"):
        require_disjoint(train, test, digests)


def test_the_same_file_is_found_without_its_audio(make_clips) -> None:
    clips = make_clips(["f1"], 1)
    assert find_leaks(clips, clips).duplicates == ((clips[0].path, clips[0].path),)


def test_sentences_of_different_corpora_are_different(make_clips) -> None:
    report = find_leaks(make_clips(["f1"], corpus="one"), make_clips(["f1"], corpus="two"))
    assert report == LeakReport()


def test_long_lists_are_cut(make_clips) -> None:
    clips = make_clips([f"f{n}" for n in range(9)], 1)
    lines = find_leaks(clips, clips).lines()
    assert lines[0].startswith("9 speakers are in both")
    assert lines[0].endswith("and 4 more")


def test_the_digest_is_of_the_sound_at_16_bits() -> None:
    sound = np.random.default_rng(0).uniform(-1, 1, 100).astype(np.float32)
    in_16_bits = (np.rint(sound * 32768) / 32768).astype(np.float32)
    assert sound_digest(sound) == sound_digest(in_16_bits)
    assert sound_digest(sound) != sound_digest(sound[:-1])
    assert sound_digest(sound) != sound_digest(-sound)


def test_groups_of_the_same_sound() -> None:
    digests = {Path("c"): "1", Path("a"): "1", Path("b"): "2"}
    assert same_sounds(digests) == ((Path("a"), Path("c")),)


@pytest.mark.corpus
def test_the_pair_of_ravdess_is_found(corpus_folder: Path) -> None:
    import av

    def decode(path: Path) -> np.ndarray:
        with av.open(str(path)) as container:
            blocks = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
        return (np.concatenate(blocks) / 32768).astype(np.float32)

    flac = corpus_folder / "ravdess" / "flac"
    paths = sorted(flac.glob("03-01-03-01-02-*-07.flac")) + sorted(
        flac.glob("03-01-0[12]*-07.flac")
    )
    pair = (flac / "03-01-03-01-02-01-07.flac", flac / "03-01-03-01-02-02-07.flac")
    assert same_sounds(sound_digests(paths, decode)) == (pair,)
