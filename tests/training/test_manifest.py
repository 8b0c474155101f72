from pathlib import Path

import pytest

from sottovoce.training.errors import CorpusError
from sottovoce.training.manifest import Clip, Manifest, join, read_manifest, write_manifest


def table(folder: Path, text: str) -> Path:
    file = folder / "labels.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    clips = (
        Clip(tmp_path / "a" / "ć.wav", "x_1", "sad", "f", "pl", "Nie, waśńmy się", "strong", "x"),
        Clip(Path("/elsewhere/b.wav"), "y_2", "happy", corpus="y"),
    )
    write_manifest(Manifest(clips), tmp_path / "manifest.csv")
    assert read_manifest(tmp_path / "manifest.csv").clips == clips


def test_words_are_aligned_and_ignored_ones_are_noted(tmp_path: Path) -> None:
    file = table(tmp_path, "path,speaker,emotion,gender\na.wav,1,Joy,female\nb.wav,1,bored,\n")
    manifest = read_manifest(file, {"Joy": "happy", "bored": "ignored"})
    assert [(clip.emotion, clip.sex) for clip in manifest.clips] == [("happy", "f")]
    assert manifest.notes == (f"{tmp_path.name}: 1 clips labelled 'bored' are left out",)


def test_speakers_of_two_corpora_are_never_the_same_person(tmp_path: Path) -> None:
    text = "path,speaker,emotion,corpus\na.wav,1,sad,one\nb.wav,1,sad,two\nc.wav,two_1,sad,two\n"
    assert read_manifest(table(tmp_path, text)).speakers == ("one_1", "two_1")


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"labels\.csv' has no column speaker"):
        read_manifest(table(tmp_path, "path,emotion\na.wav,sad\n"))


def test_an_empty_cell_is_named_with_its_line(tmp_path: Path) -> None:
    text = "path,speaker,emotion\na.wav,1,sad\nb.wav,,sad\n"
    with pytest.raises(CorpusError, match=r"labels\.csv' line 3 has no speaker"):
        read_manifest(table(tmp_path, text))


def test_a_short_row_is_an_empty_cell(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="line 2 has no emotion"):
        read_manifest(table(tmp_path, "path,speaker,emotion\na.wav,1\n"))


def test_what_is_no_table_is_said(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_bytes(b"\xff\xfe\x00broken")
    with pytest.raises(CorpusError, match="cannot be read as a table"):
        read_manifest(tmp_path / "labels.csv")


def test_joined_corpora_keep_order_and_notes() -> None:
    one = Manifest((Clip(Path("a"), "x_1", "sad"),), ("left out",))
    two = Manifest((Clip(Path("b"), "y_1", "happy"),))
    both = join([one, two])
    assert both.speakers == ("x_1", "y_1")
    assert both.counts == {"sad": 1, "happy": 1}
    assert both.notes == ("left out",)
