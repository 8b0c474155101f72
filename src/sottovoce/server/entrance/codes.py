"""Codes in links: each lets one browser in, once, within ten minutes."""

import time
from collections.abc import Callable

from sottovoce.server.entrance.secrets import digest, new_secret

VALID_S = 600.0


class Codes:
    """Codes that were given out and not yet used.

    >>> codes = Codes()
    >>> code = codes.new()
    >>> codes.use(code), codes.use(code)
    (True, False)
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._given: dict[bytes, float] = {}

    def new(self) -> str:
        """A new code."""
        code = new_secret()
        self._given[digest(code)] = self._clock()
        return code

    def use(self, code: str) -> bool:
        """Whether a code is good; it is not, the next time."""
        given_s = self._given.pop(digest(code), None)
        return given_s is not None and self._clock() - given_s <= VALID_S
