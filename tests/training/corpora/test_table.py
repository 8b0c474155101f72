from pathlib import Path

import pytest

from sottovoce.training.corpora import read_corpus
from sottovoce.training.errors import CorpusError

SHARED = (
    "path,speaker,emotion,sex,language,text_or_sentence_id,source\n"
    "flac/03-01-06-02-02-01-12.flac,ravdess_12,fearful,f,en,stmt2_int2_rep1,ravdess\n"
    "flac/WR0_sad_70.flac,nemo_WR0,sad,m,pl,Nie wiem.,nemo\n"
)


def test_a_labels_file_wins_over_file_names(make_tree) -> None:
    folder = make_tree("flac/03-01-06-02-02-01-12.flac", "flac/WR0_sad_70.flac")
    (folder / "labels.csv").write_text(SHARED, encoding="utf-8")
    fearful, sad = read_corpus(folder).clips
    assert (fearful.speaker, fearful.corpus, fearful.sex) == ("ravdess_12", "ravdess", "f")
    assert (fearful.sentence, fearful.intensity) == ("02", "strong")
    assert (sad.sentence, sad.intensity, sad.path) == (
        "Nie wiem.",
        None,
        folder / "flac/WR0_sad_70.flac",
    )


def test_a_table_itself_may_be_named(make_tree) -> None:
    folder = make_tree("a.wav")
    (folder / "mine.csv").write_text("path,speaker,emotion\na.wav,1,joy\n", encoding="utf-8")
    assert read_corpus(folder / "mine.csv").emotions == ("happy",)


def test_an_empty_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("path,speaker,emotion\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"labels\.csv' lists no clips"):
        read_corpus(tmp_path)


def test_a_listed_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("path,speaker,emotion\na.wav,1,sad\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"a\.wav' is listed but not there$"):
        read_corpus(tmp_path)


def test_a_folder_without_a_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"holds no labels\.csv or manifest\.csv"):
        read_corpus(tmp_path, "csv")


@pytest.mark.corpus
def test_the_recordings_beside_the_repository(corpus_folder: Path) -> None:
    ravdess, nemo = (read_corpus(corpus_folder / name) for name in ("ravdess", "nemo"))
    assert (len(ravdess.clips), len(ravdess.speakers), len(ravdess.emotions)) == (1440, 24, 8)
    assert (len(nemo.clips), len(nemo.speakers), len(nemo.emotions)) == (1826, 9, 6)
    assert {clip.sentence for clip in ravdess.clips} == {"01", "02"}


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["ravdess", "nemo"])
def test_table_and_file_names_agree(corpus_folder: Path, name: str) -> None:
    def said(corpus: str) -> list[tuple[str, str, str]]:
        clips = read_corpus(corpus_folder / name, corpus).clips
        return sorted((clip.path.stem, clip.speaker, clip.emotion) for clip in clips)

    assert said("csv") == said(name)
