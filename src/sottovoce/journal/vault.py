"""Kept audio under a key of its own: AES-256-GCM in chunks, so that no length is held at once.

The chunks are a STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the nonce counts them and marks
the last one, so that none can be changed, swapped or left off unseen. Each key seals one recording.

>>> key = new_key()
>>> sealed = list(seal([b"how it ", b"sounded"], key, "3f2a"))
>>> b"".join(unseal(sealed, key, "3f2a"))
b'how it sounded'
"""

import os
from collections.abc import Iterable, Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sottovoce.journal.errors import DamagedError, WrongKeyError

KEY_BYTES = 32
NONCE_BYTES = 12
CHUNK_BYTES = 64 * 1024


def new_key() -> bytes:
    """A fresh random key, 32 bytes."""
    return AESGCM.generate_key(8 * KEY_BYTES)


def key_for(master: bytes, purpose: str) -> bytes:
    """A key for one purpose from the master key (HKDF-SHA256, RFC 5869)."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"sottovoce {purpose}".encode()).derive(master)


def lock(key: bytes, master: bytes, whose: str) -> bytes:
    """A key or a short text, locked with a key; ``whose`` is bound to it."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(master).encrypt(nonce, key, whose.encode())


def unlock(locked: bytes, master: bytes, whose: str) -> bytes:
    """What was locked, again.

    Raises
    ------
    WrongKeyError
        The master key is another, or what was locked was changed.
    """
    try:
        return AESGCM(master).decrypt(locked[:NONCE_BYTES], locked[NONCE_BYTES:], whose.encode())
    except InvalidTag as wrong:
        raise WrongKeyError("the key does not fit: another passphrase or keyring locked it") from (
            wrong
        )


def seal(pieces: Iterable[bytes], key: bytes, whose: str) -> Iterator[bytes]:
    """Sealed chunks of what the pieces hold together; ``key`` must seal nothing else."""
    for number, (chunk, last) in enumerate(chunks(pieces)):
        yield seal_chunk(chunk, key, number, last=last, whose=whose)


def seal_chunk(chunk: bytes, key: bytes, number: int, *, last: bool, whose: str) -> bytes:
    """One chunk; under a key, each number is used once."""
    return AESGCM(key).encrypt(nonce_of(number, last), chunk, whose.encode())


def unseal(sealed: Iterable[bytes], key: bytes, whose: str) -> Iterator[bytes]:
    """The chunks again, each given on only when it is proven whole.

    Raises
    ------
    DamagedError
        A chunk was changed, swapped or left off.
    """
    for number, (chunk, last) in enumerate(with_last(sealed)):
        yield unseal_chunk(chunk, key, number, last=last, whose=whose)


def unseal_chunk(sealed: bytes, key: bytes, number: int, *, last: bool, whose: str) -> bytes:
    """One chunk again, wherever it stands.

    Raises
    ------
    DamagedError
        It was changed, or is not the one of that number, or ``last`` is not true of it.
    """
    try:
        return AESGCM(key).decrypt(nonce_of(number, last), sealed, whose.encode())
    except InvalidTag as changed:
        raise DamagedError(f"the kept audio of '{whose}' is damaged; restore a backup") from changed


def nonce_of(number: int, last: bool) -> bytes:
    """The chunk's number, and whether it is the last."""
    return number.to_bytes(NONCE_BYTES - 1, "big") + bytes([last])


def chunks(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The same bytes in chunks of equal length, the last one marked; empty is one empty chunk."""
    return with_last(even(pieces))


def even(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in chunks of ``CHUNK_BYTES``, the last one shorter."""
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) > CHUNK_BYTES:
            yield bytes(held[:CHUNK_BYTES])
            del held[:CHUNK_BYTES]
    yield bytes(held)


def with_last(items: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each item with whether it is the last.

    >>> list(with_last([b"a", b"b"]))
    [(b'a', False), (b'b', True)]
    """
    ahead: bytes | None = None
    for item in items:
        if ahead is not None:
            yield ahead, False
        ahead = item
    if ahead is not None:
        yield ahead, True


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """A stream, piece by piece.

    >>> from io import BytesIO
    >>> list(pieces_of(BytesIO(b"abc")))
    [b'abc']
    """
    while piece := file.read(CHUNK_BYTES):
        yield piece
