"""Secrets: made by the system's generator, 256 bits each, kept and compared by their SHA-256.

>>> secret = new_secret(PREFIX)
>>> secret.startswith("sv_"), len(digest(secret)), fits(secret, digest(secret))
(True, 32, True)
"""

import os
import secrets
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path

from sottovoce.journal.files import settle
from sottovoce.server.settings import RefusedError

PREFIX = "sv_"
FILE_NAME = "token"
OTHERS = 0o077


def new_secret(prefix: str = "") -> str:
    """A new secret; ``prefix`` lets scanners of leaks know whose it is."""
    return prefix + secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """What is kept of a secret. It is random and long, so a plain hash is enough."""
    return sha256(secret.encode()).digest()


def fits(shown: str, kept: bytes) -> bool:
    """Whether a secret is the one that was kept, in a time that tells nothing."""
    return compare_digest(digest(shown), kept)


def own_token(home: Path) -> str:
    """The token of the person whose home it is, made at first; only they may read its file.

    Raises
    ------
    RefusedError
        Others may read the file, or it cannot be read or written.
    """
    file = home / FILE_NAME
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        return read_token(file) if file.exists() else make_token(file)
    except OSError as fault:
        raise RefusedError(f"the token in '{file}' cannot be used ({fault.strerror})") from fault


def read_token(file: Path) -> str:
    """The token in a file that only its owner may read."""
    if file.stat().st_mode & OTHERS:
        raise RefusedError(f"others may read '{file}'; run chmod 600 on it, or remove it")
    token = file.read_text(encoding="ascii").strip()
    if not token:
        raise RefusedError(f"'{file}' is empty; remove it, and a new token is made")
    return token


def make_token(file: Path) -> str:
    """A new token in a new file; the one that another start made at the same moment wins."""
    token = new_secret(PREFIX)
    part = file.with_name(f"{FILE_NAME}.{secrets.token_hex(8)}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as written:
        written.write(f"{token}\n")
        written.flush()
        os.fsync(written.fileno())
    try:
        os.link(part, file)
    except FileExistsError:
        return read_token(file)
    finally:
        part.unlink()
        settle(file.parent)
    return token
