"""A folder is whole or not there."""

from pathlib import Path

import pytest

from sottovoce.training.folders import write_folder


def test_a_folder_with_folders_in_it(tmp_path: Path) -> None:
    write_folder(tmp_path / "above" / "report", {"page.html": "é".encode(), "tables/a.csv": b"x\n"})
    assert (tmp_path / "above" / "report" / "tables" / "a.csv").read_bytes() == b"x\n"
    assert (tmp_path / "above" / "report" / "page.html").read_text(encoding="utf-8") == "é"


def test_an_older_one_is_replaced_whole(tmp_path: Path) -> None:
    write_folder(tmp_path / "report", {"old": b"1"})
    write_folder(tmp_path / "report", {"new": b"2"})
    assert [path.name for path in tmp_path.iterdir()] == ["report"]
    assert [path.name for path in (tmp_path / "report").iterdir()] == ["new"]


def test_a_failure_leaves_the_older_one_and_nothing_else(tmp_path: Path) -> None:
    write_folder(tmp_path / "report", {"old": b"1"})
    with pytest.raises(FileExistsError):
        write_folder(tmp_path / "report", {"a": b"fine", "a/b": b"no place"})
    assert [path.name for path in tmp_path.iterdir()] == ["report"]
    assert (tmp_path / "report" / "old").read_text() == "1"
