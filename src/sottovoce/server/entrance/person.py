"""Who is asking, and the ways to show it."""

from dataclasses import dataclass
from typing import Protocol

from starlette.requests import HTTPConnection

from sottovoce.server.problems import Problem

BEARER = "bearer"
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="sottovoce"'}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was let in; every row they see or touch is the ``owner``'s."""

    owner: str


class Entrance(Protocol):
    """Lets people in."""

    def identify(self, asking: HTTPConnection) -> Person:
        """Who is asking, by token or by cookie.

        Raises
        ------
        Problem
            ``unauthenticated``, or ``too_many_attempts``.
        """
        ...


def bearer_of(asking: HTTPConnection) -> str | None:
    """The token that a request carries, or None."""
    scheme, _, token = asking.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == BEARER and token.strip() else None


def too_many_attempts(wait_s: float) -> Problem:
    """The problem of whoever failed too often lately."""
    return Problem("too_many_attempts", {"Retry-After": str(int(wait_s) + 1)})


def unauthenticated() -> Problem:
    """The problem of whoever shows nothing that fits."""
    return Problem("unauthenticated", CHALLENGE)
