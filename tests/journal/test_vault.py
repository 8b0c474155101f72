"""Nobody reads, changes, swaps or shortens kept audio unseen."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from journals import Forgetful
from sottovoce.journal.errors import DamagedError, KeyMissingError, WrongKeyError
from sottovoce.journal.keys import KEYHOLE, Locksmith, system_keyring
from sottovoce.journal.vault import CHUNK_BYTES, lock, new_key, seal, unlock, unseal

CONTENT = bytes(range(256)) * 1024
KEY = bytes(range(32))


def sealed() -> list[bytes]:
    return list(seal([CONTENT], KEY, "ada"))


def test_chunks_are_of_one_length_however_the_pieces_fall() -> None:
    pieces = [CONTENT[i : i + 1000] for i in range(0, len(CONTENT), 1000)]
    assert list(seal(pieces, KEY, "ada")) == sealed()
    assert len(sealed()) == len(CONTENT) // CHUNK_BYTES
    assert all(CONTENT[:64] not in chunk for chunk in sealed())


@pytest.mark.parametrize(
    "chunks",
    [
        sealed()[:-1],
        sealed()[1:],
        sealed()[::-1],
        [sealed()[0], *sealed()],
        [sealed()[0][:-1] + b"\0", *sealed()[1:]],
    ],
    ids=["shortened", "beheaded", "swapped", "doubled", "changed"],
)
def test_any_change_of_the_chunks_is_seen(chunks: list[bytes]) -> None:
    with pytest.raises(DamagedError, match="damaged"):
        list(unseal(chunks, KEY, "ada"))


def test_audio_is_bound_to_its_entry_and_key() -> None:
    for key, whose in ((KEY, "grace"), (new_key(), "ada")):
        with pytest.raises(DamagedError):
            list(unseal(sealed(), key, whose))


def test_a_locked_key_is_bound_to_its_master_and_entry() -> None:
    master, key = new_key(), new_key()
    locked = lock(key, master, "ada")
    assert unlock(locked, master, "ada") == key
    assert lock(key, master, "ada") != locked
    for other, whose in ((new_key(), "ada"), (master, "grace")):
        with pytest.raises(WrongKeyError):
            unlock(locked, other, whose)


def test_a_passphrase_opens_again_and_nothing_secret_is_written(tmp_path: Path) -> None:
    smith = Locksmith(tmp_path, lambda _new: "correct horse")
    made = smith.key()
    assert smith.key() == made
    written = (tmp_path / KEYHOLE).read_text()
    assert json.loads(written)["source"] == "passphrase"
    assert made.hex() not in written
    assert "correct horse" not in written
    with pytest.raises(WrongKeyError, match="does not fit"):
        replace(smith, passphrase=lambda _new: "battery staple").key()
    with pytest.raises(KeyMissingError, match="passphrase is needed"):
        replace(smith, passphrase=lambda _new: None).key()


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongKeyError, match="at least 8"):
        Locksmith(tmp_path, lambda _new: "short").key()
    assert not (tmp_path / KEYHOLE).exists()


def test_a_keyring_holds_the_key_and_forgets_it(tmp_path: Path) -> None:
    keyring = Forgetful()
    smith = Locksmith(tmp_path, keyring=lambda: keyring)
    made = smith.key()
    assert smith.key() == made
    assert made.hex() not in (tmp_path / KEYHOLE).read_text()
    assert smith.destroy()
    assert keyring.held == {}
    assert not smith.destroy()
    assert smith.key() != made


def test_a_key_that_the_keyring_lost_is_a_sentence(tmp_path: Path) -> None:
    keyring = Forgetful()
    smith = Locksmith(tmp_path, keyring=lambda: keyring)
    smith.key()
    keyring.held.clear()
    with pytest.raises(KeyMissingError, match="does not hold"):
        smith.key()


def test_no_keyring_and_no_passphrase_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(KeyMissingError, match="SOTTOVOCE_PASSPHRASE"):
        Locksmith(tmp_path).key()


def test_a_damaged_keyhole_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / KEYHOLE).write_text("{")
    with pytest.raises(DamagedError):
        Locksmith(tmp_path).key()


def test_the_keyring_of_this_system_is_one_or_none() -> None:
    assert system_keyring() is None or hasattr(system_keyring(), "get_password")
