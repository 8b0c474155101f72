"""The master key in a real keyring: an encrypted file on the disk, read anew each time."""

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from journals import memo
from sottovoce.journal.errors import KeyMissingError, WrongKeyError
from sottovoce.journal.keys import Keyring, Locksmith, system_keyring
from sottovoce.journal.store import open_journal
from sottovoce.journal.whole import encrypt_journal

pytestmark = pytest.mark.filterwarnings("ignore:PBKDF2 without:DeprecationWarning")

Opens = Callable[[], Keyring]


@pytest.fixture
def keyring(tmp_path: Path) -> Opens:
    """Opens the keyring as another process would: from its file, with its password."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of another package, about what Python deprecates
        file = pytest.importorskip("keyrings.alt.file", reason="keyrings.alt is not installed")

    def opens() -> Any:
        found = file.EncryptedKeyring()
        found.file_path = str(tmp_path / "keyring.cfg")
        found.keyring_key = "the password of the keyring"
        return found

    return opens


def test_the_key_outlives_the_program(tmp_path: Path, keyring: Opens) -> None:
    made = Locksmith(tmp_path, keyring=keyring).key()
    assert Locksmith(tmp_path, keyring=keyring).key() == made
    assert made.hex().encode() not in (tmp_path / "keyring.cfg").read_bytes()


def test_a_journal_is_opened_with_it(tmp_path: Path, keyring: Opens) -> None:
    url = f"sqlite:///{tmp_path / 'journal.db'}"
    with open_journal(url, "ada") as journal:
        journal.add(memo(1))
    encrypt_journal(tmp_path / "journal.db", Locksmith(tmp_path, keyring=keyring))
    with open_journal(url, "ada", locksmith=Locksmith(tmp_path, keyring=keyring)) as journal:
        assert journal.count() == 1


def test_a_key_that_was_destroyed_is_gone(tmp_path: Path, keyring: Opens) -> None:
    locksmith = Locksmith(tmp_path, keyring=keyring)
    locksmith.key()
    kept = locksmith.keyhole_file.read_bytes()
    assert locksmith.destroy()
    locksmith.keyhole_file.write_bytes(kept)
    with pytest.raises(KeyMissingError, match="does not hold the journal's key"):
        Locksmith(tmp_path, keyring=keyring).key()


def test_another_key_in_it_is_told(tmp_path: Path, keyring: Opens) -> None:
    locksmith = Locksmith(tmp_path, keyring=keyring)
    locksmith.key()
    assert locksmith.keyhole
    keyring().set_password("sottovoce", locksmith.keyhole.salt, "00" * 32)
    with pytest.raises(WrongKeyError):
        Locksmith(tmp_path, keyring=keyring).key()


def test_one_that_cannot_be_opened_is_told(tmp_path: Path, keyring: Opens) -> None:
    """As where it asks for its password and nobody is there to type it."""

    class Locked:
        def get_password(self, *_asked: str) -> str:
            raise EOFError

        set_password = delete_password = get_password

    with pytest.raises(KeyMissingError, match="cannot be opened here"):
        Locksmith(tmp_path, keyring=Locked).key()
    Locksmith(tmp_path, keyring=keyring).key()
    with pytest.raises(KeyMissingError, match="cannot be opened here"):
        Locksmith(tmp_path, keyring=Locked).key()


def test_a_keyring_that_would_ask_is_not_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chain says that it is safe, whatever stands in it; a service cannot answer a question."""
    chainer = pytest.importorskip("keyring.backends.chainer")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        chain = chainer.ChainerBackend()
        monkeypatch.setattr("keyring.get_keyring", lambda: chain)
        assert [backend for backend in chain.backends if backend.priority < 1]
    assert system_keyring() not in [chain, *(one for one in chain.backends if one.priority < 1)]
