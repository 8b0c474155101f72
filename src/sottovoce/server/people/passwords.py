"""Passwords: Argon2id (RFC 9106) with 64 MiB, three passes, by pwdlib; few at once.

>>> kept = hash_password("a long and quiet evening")
>>> kept.startswith("$argon2id$"), matches("a long and quiet evening", kept), matches("no", kept)
(True, True, False)
"""

from functools import cache
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from sottovoce.errors import SottovoceError

SHORTEST, LONGEST = 8, 128
AT_ONCE = BoundedSemaphore(2)
"""Each takes 64 MiB; more than these wait."""

_HASHER = PasswordHash((Argon2Hasher(time_cost=3, memory_cost=65_536, parallelism=4),))


class PasswordError(SottovoceError):
    """The password is too short or too long."""

    type = "password"


def check_password(password: str) -> None:
    """Refuse a password that is too short or too long; how it is made is the person's own affair.

    Raises
    ------
    PasswordError
        It has fewer than eight characters or more than 128.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordError(
            f"a password has {SHORTEST} to {LONGEST} characters; four or five words are good"
        )


def hash_password(password: str) -> str:
    """What is kept of a password."""
    with AT_ONCE:
        return _HASHER.hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Whether a password is the one that was kept; as slow where there is no account."""
    with AT_ONCE:
        found = _HASHER.verify(password, kept or nobodys())
    return found and kept is not None


@cache
def nobodys() -> str:
    """A hash that stands in where there is no account, so that its absence takes as long."""
    return _HASHER.hash("nobody has this password")
