"""Single-person mode: one token in the home folder, one owner, cookies for browsers."""

from starlette.requests import HTTPConnection

from sottovoce.server.entrance.codes import Codes
from sottovoce.server.entrance.patience import Patience
from sottovoce.server.entrance.person import (
    Person,
    bearer_of,
    too_many_attempts,
    unauthenticated,
)
from sottovoce.server.entrance.secrets import digest, fits
from sottovoce.server.entrance.sessions import COOKIE, Sessions


class Alone:
    """Lets in whoever shows the token, a link's code, or the cookie they got for one of them.

    What fits is let in at any time; only what does not is told to wait, so nobody can lock the
    person out. The secrets have 256 bits: nobody guesses one.
    """

    def __init__(self, token: str, owner: str) -> None:
        self._kept = digest(token)
        self._me = Person(owner)
        self.sessions = Sessions()
        self.codes = Codes()
        self.patience = Patience()

    def identify(self, asking: HTTPConnection) -> Person:
        """Who is asking; see :class:`Entrance`."""
        token = bearer_of(asking)
        if token is None:
            return self._by_cookie(asking)
        if not fits(token, self._kept):
            raise unauthenticated()
        return self._me

    def begin_session(self, asking: HTTPConnection, secret: str) -> str:
        """A session for the token or for a link's code; returns what its cookie holds."""
        address = address_of(asking)
        if fits(secret, self._kept) or self.codes.use(secret):
            self.patience.succeeded(address)
            return self.sessions.begin(self._me)
        wait_s = self.patience.wait_s(address)
        self.patience.failed(address)
        raise too_many_attempts(wait_s) if wait_s else unauthenticated()

    def _by_cookie(self, asking: HTTPConnection) -> Person:
        person = self.sessions.person(asking.cookies.get(COOKIE))
        if person is None:
            raise unauthenticated()
        return person


def address_of(asking: HTTPConnection) -> str:
    """Where a request comes from."""
    return asking.client.host if asking.client else "unknown"
