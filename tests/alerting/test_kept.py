"""Choices are kept whole, for their owner's eyes only, and trouble is a sentence."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from sottovoce.alerting.kept import FILE_NAME, ChoicesError, keep_choices, read_choices
from sottovoce.insights.alerts.choices import Choices, enable


def test_there_and_back(tmp_path: Path) -> None:
    choices = replace(enable(Choices(), "flat_voice"), deliver_to=("json://me:secret@host",))
    home = tmp_path / "made" / "later"
    keep_choices(home, choices)
    assert read_choices(home) == choices
    assert [path.name for path in home.iterdir()] == [FILE_NAME]


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    keep_choices(tmp_path, Choices())
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


def test_without_a_file_every_rule_is_off(tmp_path: Path) -> None:
    assert read_choices(tmp_path) == Choices()
    assert not Choices().enabled


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"enabled": ["no_such"]}', "\udcff"])
def test_a_broken_file_is_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ChoicesError, match="does not hold choices about alerts; correct or remove"):
        read_choices(tmp_path)


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ChoicesError, match="cannot be written"):
        keep_choices(tmp_path / "file" / "home", Choices())
