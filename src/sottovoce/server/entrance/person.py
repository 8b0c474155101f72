"""Who is asking, what they may do, and the ways to show it."""

from dataclasses import dataclass, field
from datetime import datetime

from starlette.requests import HTTPConnection

from sottovoce.server.entrance.scopes import ALL
from sottovoce.server.problems import Problem

BEARER = "bearer"
BROWSER = "browser"
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="sottovoce"'}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was let in; every row they see or touch is the ``owner``'s.

    ``by`` says through what: the id of a token, ``token`` for the one in the home folder, or
    ``browser``. ``scopes`` are what it may do. ``seal`` is what was kept of their password when a
    browser was let in; it is let in no more once that has changed.
    """

    owner: str
    by: str = BROWSER
    scopes: frozenset[str] = field(default=ALL, repr=False)
    seal: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody at the door shows: a ``secret``, or a ``name`` and a ``password``."""

    secret: str = ""
    name: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Another password, and the one that it takes the place of."""

    old: str = field(repr=False)
    new: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Access:
    """What somebody did: the route that was asked, the id it was about, how it was answered."""

    at: datetime
    asked: str
    about: str | None
    status: int


def bearer_of(asking: HTTPConnection) -> str | None:
    """The token that a request carries, or None."""
    scheme, _, token = asking.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == BEARER and token.strip() else None


def address_of(asking: HTTPConnection) -> str:
    """Where a request comes from."""
    return asking.client.host if asking.client else "unknown"


def too_many_attempts(wait_s: float) -> Problem:
    """The problem of whoever failed too often lately."""
    return Problem("too_many_attempts", {"Retry-After": str(int(wait_s) + 1)})


def unauthenticated() -> Problem:
    """The problem of whoever shows nothing that fits."""
    return Problem("unauthenticated", CHALLENGE)
