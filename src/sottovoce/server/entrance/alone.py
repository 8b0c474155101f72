"""Single-person mode: one token in the home folder, one owner, cookies for browsers."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from sottovoce.server.entrance.base import Doorkeeper
from sottovoce.server.entrance.person import (
    Access,
    Person,
    Shown,
    address_of,
    too_many_attempts,
    unauthenticated,
)
from sottovoce.server.entrance.secrets import digest, fits
from sottovoce.server.entrance.tokens import Tokens, owner_in
from sottovoce.server.problems import Problem

BY_TOKEN = "token"  # noqa: S105 - a word for the log of visits


class Alone(Doorkeeper):
    """Lets in whoever shows the token, a link's code, or the cookie they got for one of them.

    What fits is let in at any time; only what does not is told to wait, so nobody can lock the
    person out. The secrets have 256 bits: nobody guesses one.
    """

    def __init__(self, token: str, owner: str, tokens: Tokens) -> None:
        super().__init__(tokens)
        self._kept = digest(token)
        self.me = Person(owner)

    async def by_token(self, token: str) -> Person | None:
        """Whom a token lets in: the person's own, or one they made for an app."""
        if fits(token, self._kept):
            return Person(self.me.owner, BY_TOKEN)
        if owner_in(token) != self.me.owner:
            return None
        return await run_in_threadpool(self.tokens.person, token)

    async def begin_session(self, asking: HTTPConnection, shown: Shown) -> str:
        """A session for the token or for a link's code; returns what its cookie holds."""
        address = address_of(asking)
        if fits(shown.secret, self._kept) or self.codes.use(shown.secret):
            self.patience.succeeded(address)
            return self.sessions.begin(self.me)
        wait_s = self.patience.wait_s(address)
        self.patience.failed(address)
        raise too_many_attempts(wait_s) if wait_s else unauthenticated()

    async def change_password(self, *_: object) -> str:
        """Nobody's: there is no password, only the token of the home."""
        raise Problem("only_many")

    async def remember(self, person: Person, access: Access) -> None:
        """Nothing: there is nobody else whose visits one would look for."""
