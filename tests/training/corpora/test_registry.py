from pathlib import Path

import pytest

from sottovoce.training.corpora import CORPORA, detect, find_corpus, read_corpus
from sottovoce.training.errors import CorpusError


def test_every_corpus_of_the_plan_is_there() -> None:
    assert set(CORPORA) == {
        "crema-d", "csv", "emodb", "emovo", "iemocap", "jl", "meld", "nemo", "ravdess", "savee",
        "shemo", "tess", "urdu",
    }  # fmt: skip


def test_an_unknown_name_lists_the_known(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no corpus 'emodbb'; there are: csv, meld"):
        find_corpus("emodbb")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    for look in (detect, read_corpus):
        with pytest.raises(CorpusError, match="gone' does not exist"):
            look(tmp_path / "gone")


def test_a_folder_without_audio_is_named(make_tree) -> None:
    with pytest.raises(CorpusError, match="holds no audio laid out like csv, meld"):
        detect(make_tree("notes.txt", "music.wav"))
