"""Copies of a journal in use, and the way back."""

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from journals import analysis, memo, moment
from sottovoce.journal.backup import backup_journal, restore_journal
from sottovoce.journal.changing import Memo
from sottovoce.journal.errors import ArchiveError, JournalError, SchemaNewerError
from sottovoce.journal.keys import Locksmith
from sottovoce.journal.migrate import bring_up, migrate
from sottovoce.journal.sounds import Sound
from sottovoce.journal.store import Journal, open_journal


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(f"sqlite:///{tmp_path / 'journal.db'}", "ada") as found:
        yield found


def test_a_backup_brings_back_what_was(journal: Journal, tmp_path: Path) -> None:
    kept = journal.add(memo(1)).entry
    backup_journal(journal.place, tmp_path / "monday.db")
    later = journal.add(memo(2)).entry
    restore_journal(journal.place, tmp_path / "monday.db", tmp_path / "aside.db")
    assert [entry.id for entry in journal.entries()] == [kept.id]
    restore_journal(journal.place, tmp_path / "aside.db", tmp_path / "aside2.db")
    assert [entry.id for entry in journal.entries()] == [kept.id, later.id], "undone"


def test_writers_need_not_stop_for_a_backup(journal: Journal, tmp_path: Path) -> None:
    journal.add(memo(0))
    stop = threading.Event()

    def write() -> None:
        number = 1
        while not stop.is_set():
            journal.add(memo(number))
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    for number in range(5):
        backup_journal(journal.place, tmp_path / f"{number}.db")
    stop.set()
    writer.join()
    for number in range(5):
        with open_journal(f"sqlite:///{tmp_path / f'{number}.db'}", "ada") as copy:
            assert copy.count() == len(list(copy.entries(whole=True))) > 0


def test_a_backup_of_an_older_schema_is_brought_up(journal: Journal, tmp_path: Path) -> None:
    kept = journal.add(memo(1)).entry
    migrate(journal.place, "0001")
    backup_journal(journal.place, tmp_path / "old.db")
    bring_up(journal.place)
    restore_journal(journal.place, tmp_path / "old.db", tmp_path / "aside.db")
    with open_journal(f"sqlite:///{journal.place.file}", "ada") as restored:
        assert restored.entry(kept.id) == kept


def test_what_is_no_whole_backup_is_refused(journal: Journal, tmp_path: Path) -> None:
    kept = journal.add(memo(1)).entry
    backup_journal(journal.place, tmp_path / "whole.db")
    whole = (tmp_path / "whole.db").read_bytes()
    (tmp_path / "torn.db").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "text.db").write_text("hello")
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE t (x)").connection.close()
    for name in ("torn.db", "text.db", "other.db", "gone.db"):
        with pytest.raises(ArchiveError):
            restore_journal(journal.place, tmp_path / name, tmp_path / "aside.db")
    assert journal.entry(kept.id) == kept


def test_a_backup_of_a_newer_program_is_refused(journal: Journal, tmp_path: Path) -> None:
    backup_journal(journal.place, tmp_path / "newer.db")
    newer = sqlite3.connect(tmp_path / "newer.db", isolation_level=None)
    newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()
    with pytest.raises(SchemaNewerError, match="update sottovoce"):
        restore_journal(journal.place, tmp_path / "newer.db", tmp_path / "aside.db")


def test_a_server_has_tools_of_its_own(fresh_postgres_url: str, tmp_path: Path) -> None:
    with (
        open_journal(fresh_postgres_url, "ada") as journal,
        pytest.raises(JournalError, match="pg_dump"),
    ):
        backup_journal(journal.place, tmp_path / "copy.db")


def test_the_keyhole_goes_with_the_backup(tmp_path: Path) -> None:
    """So that a passphrase opens the kept audio on another machine too."""
    content = b"how it sounded"
    heard = analysis(1)
    heard["recording"]["sha256"] = sha256(content).hexdigest()
    sound = Sound(iter([content]), heard["recording"]["sha256"], ".m4a")
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
    smith = Locksmith(old, lambda _new: "correct horse")
    with open_journal(f"sqlite:///{old / 'journal.db'}", "ada", locksmith=smith) as journal:
        key = journal.add(Memo(heard, moment(1), sound=sound)).entry.id
        backup_journal(journal.place, tmp_path / "copy.db")
    smith = replace(smith, folder=new)
    with open_journal(f"sqlite:///{new / 'journal.db'}", "ada", locksmith=smith) as journal:
        restore_journal(journal.place, tmp_path / "copy.db", tmp_path / "aside.db")
        assert b"".join(journal.sound(key)) == content
