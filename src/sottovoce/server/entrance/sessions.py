"""Browsers that were let in: a random cookie each, known by its SHA-256, until it ends."""

import time
from collections.abc import Callable

from starlette.responses import Response

from sottovoce.server.entrance.person import Person
from sottovoce.server.entrance.secrets import digest, new_secret

COOKIE = "__Host-sottovoce"
IDLE_S = 12 * 3600.0
LONGEST_S = 30 * 24 * 3600.0
MOST = 1000


class Sessions:
    """Sessions in memory: a restart of the service ends them.

    One ends after 12 hours without a request, after 30 days, or when it is left.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._open: dict[bytes, tuple[Person, float, float]] = {}

    def begin(self, person: Person) -> str:
        """A new session; returns what its cookie holds."""
        self._sweep()
        secret, now_s = new_secret(), self._clock()
        self._open[digest(secret)] = (person, now_s, now_s)
        return secret

    def person(self, secret: str | None) -> Person | None:
        """Whose session a cookie belongs to; None where it is over, or never was."""
        found = self._open.get(digest(secret)) if secret else None
        if secret is None or found is None or self._over(found):
            return None
        self._open[digest(secret)] = (found[0], found[1], self._clock())
        return found[0]

    def end(self, secret: str | None) -> None:
        """Leave."""
        if secret:
            self._open.pop(digest(secret), None)

    def end_all(self, owner: str) -> None:
        """Leave everywhere."""
        self._open = {key: one for key, one in self._open.items() if one[0].owner != owner}

    def _over(self, session: tuple[Person, float, float]) -> bool:
        _, begun_s, used_s = session
        return self._clock() - used_s > IDLE_S or self._clock() - begun_s > LONGEST_S

    def _sweep(self) -> None:
        self._open = {key: one for key, one in self._open.items() if not self._over(one)}
        while len(self._open) >= MOST:
            del self._open[next(iter(self._open))]


def give_cookie(response: Response, secret: str) -> None:
    """Set the cookie that no script and no other site can use."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(LONGEST_S),
        path="/",
        secure=True,
        httponly=True,
        samesite="strict",
    )


def take_cookie(response: Response) -> None:
    """Remove the cookie, and all that the browser keeps of the service."""
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="strict")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
