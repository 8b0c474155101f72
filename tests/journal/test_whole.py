"""A journal that is encrypted as a whole: nothing in the file can be read without the key."""

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from journals import memo
from sottovoce.journal.archive import export_journal
from sottovoce.journal.backup import backup_journal, restore_journal
from sottovoce.journal.errors import (
    ArchiveError,
    DamagedError,
    JournalError,
    KeyMissingError,
    LockedError,
    WrongKeyError,
)
from sottovoce.journal.keys import Locksmith
from sottovoce.journal.store import open_journal
from sottovoce.journal.whole import decrypt_journal, encrypt_journal, sealed_beside

CANARY = b"the canary in the note"


@pytest.fixture
def file(tmp_path: Path, locksmith: Locksmith) -> Path:
    """An encrypted journal with twenty entries."""
    found = tmp_path / "home" / "journal.db"
    with open_journal(f"sqlite:///{found}", "ada", locksmith=locksmith) as journal:
        for number in range(20):
            journal.add(memo(number, note=CANARY.decode()))
    assert CANARY in found.read_bytes(), "the test can fail"
    sealed = encrypt_journal(found, locksmith)
    assert not found.exists()
    return sealed


def test_it_is_read_and_written_as_before(file: Path, locksmith: Locksmith) -> None:
    with open_journal(plain_url(file), "ada", locksmith=locksmith) as journal:
        assert journal.count() == 20
        journal.add(memo(20, note=CANARY.decode()))
        assert len(list(journal.entries(whole=True))) == 21
        for found in file.parent.iterdir():
            assert CANARY not in found.read_bytes()
    assert not file.read_bytes().startswith(b"SQLite format 3")


def test_without_the_key_it_is_a_sentence(file: Path, locksmith: Locksmith) -> None:
    url = plain_url(file)
    with pytest.raises(KeyMissingError), open_journal(url, "ada"):
        pass
    lost = replace(locksmith, keyring=lambda: None)
    with pytest.raises(KeyMissingError), open_journal(url, "ada", locksmith=lost):
        pass
    keyring = locksmith.keyring()
    assert keyring
    assert locksmith.keyhole
    right = keyring.get_password("sottovoce", locksmith.keyhole.salt)
    keyring.set_password("sottovoce", locksmith.keyhole.salt, "00" * 32)
    with pytest.raises(WrongKeyError), open_journal(url, "ada", locksmith=locksmith):
        pass
    keyring.set_password("sottovoce", locksmith.keyhole.salt, str(right))
    with open_journal(url, "ada", locksmith=locksmith) as journal:
        assert journal.count() == 20


def test_backups_are_encrypted_too(file: Path, locksmith: Locksmith, tmp_path: Path) -> None:
    copy, plain = tmp_path / "copy.db", tmp_path / "plain.db"
    with open_journal(f"sqlite:///{plain}", "ada") as other:
        other.add(memo(1))
    with open_journal(plain_url(file), "ada", locksmith=locksmith) as journal:
        backup_journal(journal.place, copy)
        assert CANARY not in copy.read_bytes()
        journal.add(memo(99))
        restore_journal(journal.place, copy, tmp_path / "aside.db")
        assert journal.count() == 20
        with pytest.raises(ArchiveError):
            restore_journal(journal.place, plain, tmp_path / "aside.db")
        export_journal(journal, tmp_path / "all.zip")


def test_a_journal_in_use_is_left_as_it_is(tmp_path: Path, locksmith: Locksmith) -> None:
    """Used by another process, for locks are between processes."""
    file = tmp_path / "journal.db"
    with open_journal(f"sqlite:///{file}", "ada") as journal:
        journal.add(memo(1))
    reading = (
        "import sqlite3, sys\n"
        "other = sqlite3.connect(sys.argv[1]); other.execute('SELECT * FROM entries').fetchall()\n"
        "print('reading', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", reading, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(LockedError, match="nothing was changed"):
            encrypt_journal(file, locksmith)
        other.communicate()
    with open_journal(f"sqlite:///{file}", "ada", locksmith=locksmith) as journal:
        assert journal.count() == 1


def plain_url(sealed: Path) -> str:
    """The address as it was and stays."""
    return f"sqlite:///{sealed.with_name('journal.db')}"


def test_encrypting_twice_is_refused(file: Path, locksmith: Locksmith) -> None:
    with pytest.raises(JournalError, match="no plain journal"):
        encrypt_journal(file.with_name("journal.db"), locksmith)
    with open_journal(plain_url(file), "ada", locksmith=locksmith) as journal:
        assert journal.count() == 20


def test_there_is_a_way_back(file: Path, locksmith: Locksmith) -> None:
    with open_journal(plain_url(file), "ada", locksmith=locksmith) as journal:
        before = list(journal.entries(whole=True))
    plain = decrypt_journal(file.with_name("journal.db"), locksmith)
    assert not file.exists()
    assert CANARY in plain.read_bytes()
    assert plain.stat().st_mode & 0o777 == 0o600
    with open_journal(plain_url(file), "ada") as journal:
        assert list(journal.entries(whole=True)) == before
        journal.add(memo(20))
    encrypt_journal(plain, locksmith)
    with open_journal(plain_url(file), "ada", locksmith=locksmith) as journal:
        assert journal.count() == 21
    with pytest.raises(JournalError, match="no encrypted journal"):
        decrypt_journal(plain.with_name("other.db"), locksmith)


def test_decrypting_needs_the_key_and_a_whole_file(file: Path, locksmith: Locksmith) -> None:
    plain, keyring, keyhole = file.with_name("journal.db"), locksmith.keyring(), locksmith.keyhole
    assert keyring
    assert keyhole
    right = str(keyring.get_password("sottovoce", keyhole.salt))
    keyring.set_password("sottovoce", keyhole.salt, "00" * 32)
    with pytest.raises(WrongKeyError):
        decrypt_journal(plain, locksmith)
    keyring.set_password("sottovoce", keyhole.salt, right)
    whole = file.read_bytes()
    file.write_bytes(os.urandom(4096) + whole[4096:])
    with pytest.raises(DamagedError):
        decrypt_journal(plain, locksmith)
    file.write_bytes(whole[:-4096])
    with pytest.raises(JournalError):
        decrypt_journal(plain, locksmith)
    assert not plain.exists()
    assert file.exists()


def decrypt_until(step: int, plain: Path, locksmith: Locksmith) -> bool:
    """Decrypt in a process that is killed before a step on files; whether it came to its end."""
    child = os.fork()
    if child == 0:
        left = [step]

        def kill_before(event: str, _arguments: object) -> None:
            if event.startswith(("os.", "open", "sqlite3")):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(kill_before)
        decrypt_journal(plain, locksmith)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def test_killed_at_any_step_nothing_is_lost(file: Path, locksmith: Locksmith) -> None:
    plain, kept = file.with_name("journal.db"), file.with_suffix(".kept")
    shutil.copyfile(file, kept)
    ended, step, left_both = False, 0, 0
    while not ended:
        step += 1
        plain.unlink(missing_ok=True)
        shutil.copyfile(kept, file)
        ended = decrypt_until(step, plain, locksmith)
        left_both += file.exists() and plain.exists()
        with open_journal(plain_url(file), "ada", locksmith=locksmith) as journal:
            assert journal.count() == 20
        if sealed_beside(plain).exists():
            decrypt_journal(plain, locksmith)
            with open_journal(plain_url(file), "ada") as journal:
                assert journal.count() == 20
    assert step > 5
    assert left_both, "it was killed between the two"
