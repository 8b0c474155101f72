"""What a person names becomes files in a stable order; an empty folder is told."""

from pathlib import Path

from sottovoce.analysis.batch import Trouble
from sottovoce.cli.inputs import expand


def test_a_folder_gives_its_audio_files_at_any_depth_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("z.wav", "b/a.M4A", "a.txt", ".hidden.wav"):
        (tmp_path / name).touch()
    assert list(expand([str(tmp_path)])) == [tmp_path / "b" / "a.M4A", tmp_path / "z.wav"]


def test_a_named_file_is_tried_whatever_its_suffix(tmp_path: Path) -> None:
    assert list(expand([str(tmp_path / "memo.txt"), "-"])) == [tmp_path / "memo.txt", Path("-")]


def test_a_folder_without_audio_is_told(tmp_path: Path) -> None:
    (trouble,) = expand([str(tmp_path)])
    assert isinstance(trouble, Trouble)
    assert trouble.error.type == "no_audio_files"
    assert str(tmp_path) in str(trouble.error)
