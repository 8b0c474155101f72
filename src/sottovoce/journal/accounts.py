"""Accounts, tokens and visits of one owner, as rows."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sottovoce.journal.owned import Owned
from sottovoce.journal.people_schema import AccountRow, TokenRow, VisitRow
from sottovoce.journal.rows import compact

BEGINNING = bytes(32)


@dataclass(frozen=True, slots=True)
class Token:
    """A token for an app, without its secret; ``scopes`` say what it may do."""

    id: str
    label: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One access: ``asked`` is method and route, ``about`` the id it was about, ``by`` a token."""

    at: datetime
    asked: str
    about: str | None
    by: str
    status: int


def put_account(owned: Owned, password_hash: str, now: datetime) -> bool:
    """Make an account; returns False where there is one."""
    return owned.insert(AccountRow, [{"password": password_hash, "created_at": now}]) == 1


def change_password(owned: Owned, password_hash: str) -> bool:
    """Give an account another password; returns whether there is one."""
    return owned.change(owned.update(AccountRow).values(password=password_hash)) == 1


def drop_account(owned: Owned) -> bool:
    """Take an account away, and its tokens; returns whether there was one."""
    owned.change(owned.delete(TokenRow))
    return owned.change(owned.delete(AccountRow)) == 1


def password_hash_of(owned: Owned) -> str | None:
    """The hash of the account's password; None where there is no account."""
    found: str | None = owned.value(owned.select(AccountRow, AccountRow.password))
    return found


TOKEN_COLUMNS = (
    TokenRow.id,
    TokenRow.label,
    TokenRow.scopes,
    TokenRow.created_at,
    TokenRow.expires_at,
    TokenRow.used_at,
)


def put_token(owned: Owned, token: Token, digest: bytes) -> None:
    """Keep a token by its digest."""
    row = {
        "id": token.id,
        "label": token.label,
        "digest": digest,
        "scopes": compact(list(token.scopes)),
        "created_at": token.created_at,
        "expires_at": token.expires_at,
    }
    owned.insert(TokenRow, [row])


def find_tokens(owned: Owned, digest: bytes | None = None) -> list[Token]:
    """All tokens, or the one of a digest, the oldest first."""
    statement = owned.select(TokenRow, *TOKEN_COLUMNS).order_by(TokenRow.created_at, TokenRow.id)
    if digest is not None:
        statement = statement.where(TokenRow.digest == digest)
    return [
        Token(
            row.id,
            row.label,
            tuple(json.loads(row.scopes)),
            row.created_at,
            row.expires_at,
            row.used_at,
        )
        for row in owned.stream(statement)
    ]


def mark_used(owned: Owned, token_id: str, now: datetime) -> None:
    """Remember when a token was last used."""
    owned.change(owned.update(TokenRow).where(TokenRow.id == token_id).values(used_at=now))


def drop_token(owned: Owned, token_id: str) -> bool:
    """Take a token back; returns whether there was one."""
    return owned.change(owned.delete(TokenRow).where(TokenRow.id == token_id)) == 1


def put_visit(owned: Owned, visit: Visit) -> None:
    """Write a visit behind the last one."""
    while True:
        number, before = last_visit(owned)
        row = {**as_row(visit), "number": number + 1, "digest": chained(before, number + 1, visit)}
        if owned.insert(VisitRow, [row]):
            return


def last_visit(owned: Owned) -> tuple[int, bytes]:
    """Number and digest of the newest visit."""
    newest = owned.select(VisitRow, VisitRow.number, VisitRow.digest)
    row = owned.first(newest.order_by(VisitRow.number.desc()).limit(1))
    return (row.number, row.digest) if row else (0, BEGINNING)


def as_row(visit: Visit) -> dict[str, object]:
    """A visit's columns."""
    return {
        "at": visit.at,
        "asked": visit.asked,
        "about": visit.about,
        "by": visit.by,
        "status": visit.status,
    }


def chained(before: bytes, number: int, visit: Visit) -> bytes:
    """The digest of a visit, over itself and all before it."""
    words = [number, visit.at.isoformat(), visit.asked, visit.about, visit.by, visit.status]
    return sha256(before + compact(words).encode()).digest()


VISIT_COLUMNS = (
    VisitRow.number,
    VisitRow.at,
    VisitRow.asked,
    VisitRow.about,
    VisitRow.by,
    VisitRow.status,
    VisitRow.digest,
)


def find_visits(owned: Owned, limit: int) -> Sequence[Visit]:
    """The newest visits, the newest first."""
    statement = owned.select(VisitRow, *VISIT_COLUMNS).order_by(VisitRow.number.desc())
    return [
        Visit(row.at, row.asked, row.about, row.by, row.status)
        for row in owned.stream(statement.limit(limit))
    ]


def broken_visits(owned: Owned) -> Iterator[int]:
    """Numbers of visits that are not what was written, or that follow on one that is missing."""
    before, expected = BEGINNING, 1
    statement = owned.select(VisitRow, *VISIT_COLUMNS).order_by(VisitRow.number)
    for row in owned.stream(statement):
        visit = Visit(row.at, row.asked, row.about, row.by, row.status)
        if row.number != expected or row.digest != chained(before, row.number, visit):
            yield row.number
        before, expected = row.digest, row.number + 1
