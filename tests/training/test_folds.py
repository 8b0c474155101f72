from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sottovoce.training.corpora import read_corpus
from sottovoce.training.errors import CorpusError
from sottovoce.training.folds import corpus_folds, inner_folds, speaker_folds, table_folds
from sottovoce.training.leaks import require_disjoint
from sottovoce.training.manifest import Clip


def speakers_of(clips: list[Clip], positions: np.ndarray) -> set[str]:
    return {clips[position].speaker for position in positions}


@given(
    sizes=st.lists(st.integers(1, 4), min_size=2, max_size=9),
    count=st.integers(2, 9),
    seed=st.integers(0, 99),
)
def test_each_clip_is_tested_once_and_no_speaker_is_on_both_sides(
    sizes: list[int], count: int, seed: int
) -> None:
    clips = [
        Clip(Path(f"{speaker}-{n}.wav"), f"x_{speaker}", "sad", "fm"[speaker % 2])
        for speaker, size in enumerate(sizes)
        for n in range(size)
    ]
    folds = speaker_folds(clips, min(count, len(sizes)), seed)
    assert sorted(np.concatenate([fold.test for fold in folds])) == list(range(len(clips)))
    for fold in folds:
        assert not speakers_of(clips, fold.train) & speakers_of(clips, fold.test)
        assert len(fold.train) + len(fold.test) == len(clips)


def test_sexes_and_corpora_are_spread_evenly(make_clips) -> None:
    women, men = [f"f{n}" for n in range(6)], [f"m{n}" for n in range(6)]
    clips = make_clips(women + men) + make_clips(women, corpus="other")
    for fold in speaker_folds(clips, 3, seed=1):
        tested = {clips[position].speaker: clips[position] for position in fold.test}
        kinds = Counter((clip.corpus, clip.sex) for clip in tested.values())
        assert kinds == {("made", "f"): 2, ("made", "m"): 2, ("other", "f"): 2}


def test_the_order_of_the_clips_does_not_matter_but_the_seed_does(make_clips) -> None:
    clips = make_clips([f"f{n}" for n in range(8)])

    def tested(some: list[Clip], seed: int) -> list[set[str]]:
        return [speakers_of(some, fold.test) for fold in speaker_folds(some, 4, seed)]

    assert tested(clips, 1) == tested(clips[::-1], 1)
    assert tested(clips, 1) != tested(clips, 2)


@pytest.mark.parametrize("count", [1, 3])
def test_more_folds_than_speakers_are_refused(make_clips, count: int) -> None:
    with pytest.raises(CorpusError, match=rf"^{count} folds .* 2 speakers there can be 2 to 2"):
        speaker_folds(make_clips(["f1", "m1"]), count, 0)


def test_inner_folds_never_see_the_test_part(make_clips) -> None:
    clips = make_clips([f"f{n}" for n in range(9)])
    for fold in speaker_folds(clips, 3, seed=0):
        inner = inner_folds(clips, fold, 2, seed=0)
        seen = np.concatenate([part.test for part in inner])
        assert sorted(seen) == sorted(fold.train)
        for part in inner:
            assert not set(part.train) & set(fold.test)
            assert not speakers_of(clips, part.train) & speakers_of(clips, part.test)


def test_across_corpora(make_clips) -> None:
    clips = make_clips(["f1"], 2, corpus="a") + make_clips(["f1"], 3, corpus="b")
    folds = {fold.name: (fold.train.tolist(), fold.test.tolist()) for fold in corpus_folds(clips)}
    assert folds == {"a to b": ([0, 1], [2, 3, 4]), "b to a": ([2, 3, 4], [0, 1])}


def test_a_table_made_for_wav_fits_flac(tmp_path: Path) -> None:
    clips = [Clip(Path(f"/corpus/{name}.flac"), f"x_{name}", "sad") for name in "abc"]
    table = tmp_path / "folds.csv"
    table.write_text("path,test_fold\nwav/a.wav,1\nwav/b.wav,2\nwav/c.wav,1\n", encoding="utf-8")
    assert [fold.test.tolist() for fold in table_folds(clips, table)] == [[0, 2], [1]]
    with pytest.raises(CorpusError, match=r"'/corpus/d\.flac' is not in '.*folds\.csv'"):
        table_folds([*clips, Clip(Path("/corpus/d.flac"), "x_d", "sad")], table)


@pytest.mark.corpus
def test_the_emobox_folds_of_ravdess(corpus_folder: Path) -> None:
    clips = read_corpus(corpus_folder / "ravdess").clips
    folds = table_folds(clips, corpus_folder / "ravdess" / "folds_emobox.csv")
    assert [len(fold.test) for fold in folds] == [240] * 6
    for fold in folds:
        require_disjoint([clips[n] for n in fold.train], [clips[n] for n in fold.test])
