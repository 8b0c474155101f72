"""Secrets that are good once, for a short while: codes in links, tickets for sockets."""

import time
from collections.abc import Callable

from sottovoce.server.entrance.person import Person
from sottovoce.server.entrance.secrets import digest, new_secret

CODE_S = 600.0
TICKET_S = 30.0
MOST = 1000


class OneTime:
    """Secrets that were given out and not yet used, and as whom each lets in.

    >>> codes = OneTime(CODE_S)
    >>> code = codes.new(Person("me"))
    >>> codes.use(code), codes.use(code)
    (Person(owner='me', by='browser'), None)
    """

    def __init__(self, valid_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.valid_s = valid_s
        self._clock = clock
        self._given: dict[bytes, tuple[Person, float]] = {}

    def new(self, person: Person) -> str:
        """A new secret."""
        while len(self._given) >= MOST:
            del self._given[next(iter(self._given))]
        secret = new_secret()
        self._given[digest(secret)] = (person, self._clock())
        return secret

    def use(self, secret: str) -> Person | None:
        """Whom a secret lets in; nobody, the next time."""
        person, given_s = self._given.pop(digest(secret), (None, 0.0))
        return person if self._clock() - given_s <= self.valid_s else None
