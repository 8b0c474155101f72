"""Where the master key is: in the keyring of the operating system, or in a passphrase.

``keyhole.json`` beside the journal says which of them, with Argon2id's salt and cost (the
second choice of RFC 9106) and a locked constant that tells a wrong key at once; no secret is in it.
"""

import json
import os
import warnings
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, Protocol

from sottovoce.journal.errors import DamagedError, KeyMissingError, WrongKeyError
from sottovoce.journal.files import appearing
from sottovoce.journal.vault import KEY_BYTES, key_for, lock, new_key, unlock

KEYHOLE = "keyhole.json"
SERVICE = "sottovoce"
CHECK = "this key fits"
SHORTEST_PASSPHRASE = 8
SPOKEN_IN = "SOTTOVOCE_PASSPHRASE"
NOWHERE = f"there is no keyring here to hold a key; set {SPOKEN_IN} to a passphrase of yours"
CLOSED = f"the keyring of this system cannot be opened here; unlock it, or set {SPOKEN_IN}"
NOT_SPOKEN = f"the passphrase is needed; set {SPOKEN_IN} to it"


class Keyring(Protocol):
    """The part of a keyring's backend that is needed."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""
        ...


@dataclass(frozen=True, slots=True)
class Keyhole:
    """Which key fits: no secret in it; ``memory_kib``, ``passes`` and ``lanes`` are Argon2id's."""

    source: Literal["keyring", "passphrase"]
    salt: str
    check: str = ""
    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Locksmith:
    """Finds the master key of a folder, or makes one.

    Parameters
    ----------
    folder
        Where the keyhole is: beside the journal.
    passphrase
        Gives the passphrase, or None; it is told whether a new one is wanted.
    keyring
        Opens the system's keyring; gives None where there is none.
    by_passphrase
        A new key comes from the passphrase even where there is a keyring.
    """

    folder: Path
    passphrase: Callable[[bool], str | None] = lambda _new: None
    keyring: Callable[[], Keyring | None] = lambda: None
    by_passphrase: bool = False

    @property
    def keyhole_file(self) -> Path:
        """Where the keyhole is written."""
        return self.folder / KEYHOLE

    @property
    def keyhole(self) -> Keyhole | None:
        """The keyhole; None as long as no key was made."""
        try:
            return Keyhole(**json.loads(self.keyhole_file.read_bytes()))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError) as torn:
            raise DamagedError(f"'{self.keyhole_file}' is damaged; restore a backup") from torn

    def key(self) -> bytes:
        """The master key, 32 bytes; one is made where there is none yet.

        Raises
        ------
        KeyMissingError
            Neither keyring nor passphrase is here.
        WrongKeyError
            The passphrase, or what the keyring holds, is another.
        """
        keyhole = self.keyhole
        return self.make() if keyhole is None else self.fitting(keyhole)

    def make(self) -> bytes:
        """A new key: random and held by the keyring; from a passphrase where there is no keyring.

        ``by_passphrase`` takes the passphrase in any case.
        """
        salt = os.urandom(16).hex()
        keyring = None if self.by_passphrase else self.keyring()
        if keyring is not None:
            keyhole, master = Keyhole("keyring", salt), new_key()
            asked(keyring.set_password, SERVICE, salt, master.hex())
        else:
            keyhole = Keyhole("passphrase", salt)
            master = stretched(self.spoken(new=True), keyhole)
        self.write(keyhole, master)
        return master

    def spoken(self, *, new: bool) -> str:
        """The passphrase, or one sentence on where it can come from."""
        found = self.passphrase(new)
        if found is None:
            raise KeyMissingError(NOWHERE if new else NOT_SPOKEN)
        return found

    def write(self, keyhole: Keyhole, master: bytes) -> None:
        """Keep the keyhole, with a check that the master key passes."""
        check = lock(CHECK.encode(), key_for(master, "check"), keyhole.salt).hex()
        with appearing(self.keyhole_file) as part:
            part.write_text(json.dumps({**asdict(keyhole), "check": check}, indent=1))

    def fitting(self, keyhole: Keyhole) -> bytes:
        """The key that the keyhole was made for."""
        if keyhole.source == "keyring":
            master = self.from_keyring(keyhole)
        else:
            master = stretched(self.spoken(new=False), keyhole)
        unlock(bytes.fromhex(keyhole.check), key_for(master, "check"), keyhole.salt)
        return master

    def from_keyring(self, keyhole: Keyhole) -> bytes:
        """What the keyring holds for this keyhole."""
        keyring = self.keyring()
        held = asked(keyring.get_password, SERVICE, keyhole.salt) if keyring else None
        if held is None:
            raise KeyMissingError(
                "the keyring of this system does not hold the journal's key; it is in the keyring "
                "of the person and machine that made it"
            )
        return bytes.fromhex(held)

    def destroy(self) -> bool:
        """Forget the key: what it locked can never be opened again. Whether there was one."""
        keyhole = self.keyhole
        if keyhole is None:
            return False
        keyring = self.keyring() if keyhole.source == "keyring" else None
        if keyring and asked(keyring.get_password, SERVICE, keyhole.salt) is not None:
            asked(keyring.delete_password, SERVICE, keyhole.salt)
        self.keyhole_file.unlink()
        return True


def asked(call: Callable[..., str | None], *given: str) -> str | None:
    """What a keyring answers.

    Raises
    ------
    KeyMissingError
        It cannot be opened: it is locked, or wants a password where nobody can type one.
    """
    try:
        return call(*given)
    except Exception as closed:  # each kind of keyring has errors of its own
        raise KeyMissingError(CLOSED) from closed


@lru_cache(maxsize=2)  # it takes a tenth of a second and 64 MB, and a player asks for many pieces
def stretched(passphrase: str, keyhole: Keyhole) -> bytes:
    """The key of a passphrase (Argon2id, RFC 9106).

    Raises
    ------
    WrongKeyError
        The passphrase is too short to be one.
    """
    from argon2.low_level import Type, hash_secret_raw

    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise WrongKeyError(f"a passphrase has at least {SHORTEST_PASSPHRASE} characters")
    return hash_secret_raw(
        passphrase.encode(),
        bytes.fromhex(keyhole.salt),
        time_cost=keyhole.passes,
        memory_cost=keyhole.memory_kib,
        parallelism=keyhole.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def system_keyring() -> Keyring | None:
    """The keyring of the operating system; None where there is none that is safe to use."""
    import keyring

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = keyring.get_keyring()
        backends = getattr(found, "backends", [found])  # several may stand in a chain
        return next((backend for backend in backends if backend.priority >= 1), None)
