"""Faults made with real parts: each is one sentence, and nothing is lost."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, text

from journals import memo
from sottovoce.journal.archive import export_journal
from sottovoce.journal.backup import backup_journal
from sottovoce.journal.errors import (
    DamagedError,
    DiskFullError,
    JournalError,
    LockedError,
    NoServerError,
    ReadOnlyError,
)
from sottovoce.journal.store import Journal, open_journal

IN_A_SMALL_DISK = """
    import sys
    from pathlib import Path
    from journals import memo
    from sottovoce.journal.archive import export_journal
    from sottovoce.journal.errors import DiskFullError
    from sottovoce.journal.store import open_journal

    folder, count, told = Path(sys.argv[1]), 0, []
    with open_journal(f"sqlite:///{folder}/journal.db", "ada") as journal:
        try:
            while True:
                journal.add(memo(count, note="x" * 2000))
                count += 1
        except DiskFullError as full:
            told.append(str(full))
        try:
            export_journal(journal, folder / "all.zip")
        except DiskFullError as full:
            told.append(str(full))
    assert count > 20, count
    assert len(told) == 2, told
    with open_journal(f"sqlite:///{folder}/journal.db", "ada") as journal:
        assert len(list(journal.entries(whole=True))) == count
        with journal.reading() as owned:
            assert owned.connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert not list(folder.glob("*.zip")) and not list(folder.glob("*.part")), "left behind"
    print("\\n".join(told))
"""


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(url_in(tmp_path), "ada", patience_s=0.2) as found:
        yield found


def url_in(folder: Path) -> str:
    return f"sqlite:///{folder / 'journal.db'}"


def test_a_full_disk(tmp_path: Path) -> None:
    """On a real file system of two mebibytes, in a mount namespace of its own."""
    mount = f"mount -t tmpfs -o size=2m none {tmp_path}"
    if (
        not shutil.which("unshare")
        or subprocess.run(["unshare", "-rm", "sh", "-c", mount], capture_output=True).returncode
    ):
        pytest.skip("this system lets us mount no small disk")
    script = f'{mount} && exec "$0" -c "$1" {tmp_path}'
    paths = os.pathsep.join(sys.path)
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, sys.executable, textwrap.dedent(IN_A_SMALL_DISK)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    )
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()
    assert "the disk is full; nothing was changed" in first
    assert "could not be written: the disk is full" in second


def test_a_journal_that_may_not_grow(journal: Journal) -> None:
    kept = journal.add(memo(1)).entry
    with journal.place.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    @event.listens_for(journal.place.engine, "begin")
    def limit(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    with pytest.raises(DiskFullError, match="the disk is full; nothing was changed"):
        journal.add(memo(2, note="x" * 100_000))
    assert list(journal.entries(whole=True)) == [kept]


def test_a_locked_journal(journal: Journal) -> None:
    kept = journal.add(memo(1)).entry
    other = sqlite3.connect(str(journal.place.file), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LockedError, match="in use by another program; nothing was changed"):
        journal.add(memo(2))
    assert journal.entry(kept.id) == kept, "reading needs no lock"
    other.execute("ROLLBACK")
    other.close()
    assert journal.add(memo(2)).outcome == "added"


def test_a_locked_postgresql(fresh_postgres_url: str) -> None:
    with open_journal(fresh_postgres_url, "ada", patience_s=0.2) as journal:
        with journal.place.engine.connect() as other:
            other.execute(text("LOCK TABLE entries IN EXCLUSIVE MODE"))
            with pytest.raises(LockedError, match="in use by another program"):
                journal.add(memo(1))
        assert journal.add(memo(1)).outcome == "added"


def test_no_server() -> None:
    url = "postgresql://ada:secret@127.0.0.1:1/nowhere"
    with pytest.raises(NoServerError, match="did not answer") as told, open_journal(url, "ada"):
        pass
    assert "secret" not in str(told.value)


def test_an_address_of_another_database() -> None:
    with pytest.raises(JournalError, match="neither"), open_journal("mysql://x/y", "ada"):
        pass


@pytest.mark.skipif(os.name == "nt", reason="rights work otherwise there")
def test_a_read_only_folder(open_folder: Path) -> None:
    """As a person without the rights of root, who may write anywhere."""
    folder, far = open_folder / "read-only", open_folder / "read-only" / "deeper"
    folder.mkdir()
    with open_journal(url_in(folder), "ada") as journal:
        journal.add(memo(1))
    script = f"""
        import os
        from sottovoce.journal.errors import ReadOnlyError
        from sottovoce.journal.store import open_journal
        with open_journal("{url_in(open_folder / "loads-all-that-is-needed")}", "ada"):
            pass
        if os.getuid() == 0:
            os.setuid(65534)
        for url in ("{url_in(folder)}", "{url_in(far)}"):
            try:
                with open_journal(url, "ada") as journal:
                    journal.count()
            except ReadOnlyError as told:
                print(told)
    """
    folder.chmod(0o555)
    (folder / "journal.db").chmod(0o444)
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("may not be written") == 2
    folder.chmod(0o755)
    (folder / "journal.db").chmod(0o600)
    with open_journal(url_in(folder), "ada") as journal:
        assert journal.count() == 1


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users may enter, as those of pytest are not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.parametrize("content", [b"hello, I am a text", b"SQLite format 3\0" + b"\1" * 5000])
def test_a_file_that_is_no_journal(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "journal.db").write_bytes(content)
    with pytest.raises(DamagedError, match="damaged"), open_journal(url_in(tmp_path), "ada"):
        pass
    assert (tmp_path / "journal.db").read_bytes() == content


def test_two_programs_writing_at_once_lose_nothing(tmp_path: Path) -> None:
    """Both begin on a journal that is not there yet, and add some of the same memos."""
    script = f"""
        import sys
        from journals import memo
        from sottovoce.journal.store import open_journal
        for number in range(int(sys.argv[1]), int(sys.argv[1]) + 40):
            with open_journal("{url_in(tmp_path)}", "ada") as journal:
                journal.add(memo(number))
    """
    both = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(script), begin],
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        for begin in ("0", "20")
    ]
    for program in both:
        assert program.communicate()[1] == ""
        assert program.returncode == 0
    with open_journal(url_in(tmp_path), "ada") as journal:
        assert len(list(journal.entries(whole=True))) == 60


def test_where_nothing_can_be_written_nothing_is_left(journal: Journal, tmp_path: Path) -> None:
    journal.add(memo(1))
    target = tmp_path / "no such folder" / "all.zip"
    with pytest.raises(ReadOnlyError, match="could not be written"):
        export_journal(journal, target)
    with pytest.raises(ReadOnlyError, match="could not be written"):
        backup_journal(journal.place, target)


def test_the_journal_is_for_its_owners_eyes_only(journal: Journal, tmp_path: Path) -> None:
    journal.add(memo(1))
    export_journal(journal, tmp_path / "all.zip")
    backup_journal(journal.place, tmp_path / "copy.db")
    for name in ("journal.db", "journal.db-wal", "all.zip", "copy.db"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600, name
