"""Many-people mode: each person enters with their name and password, or a token they made."""

import re
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from sottovoce.journal.accounts import Visit, password_hash_of, put_visit
from sottovoce.journal.moments import utc_now
from sottovoce.journal.store import Journal
from sottovoce.server.entrance.base import Doorkeeper
from sottovoce.server.entrance.person import (
    BROWSER,
    Access,
    Person,
    Shown,
    address_of,
    too_many_attempts,
    unauthenticated,
)
from sottovoce.server.entrance.sessions import COOKIE
from sottovoce.server.entrance.tokens import Tokens, owner_in
from sottovoce.server.people.passwords import matches
from sottovoce.server.schemas.access import NAME

NAMED = re.compile(NAME)
ENTERED = "POST /v1/session"
LEFT = "DELETE /v1/session"


class Many(Doorkeeper):
    """Lets in whoever has an account, and remembers what they asked for.

    Guesses make the next attempt wait, counted for the address, so that guessing at somebody's
    name from elsewhere does not lock them out.
    """

    def __init__(self, journal_of: Callable[[str], Journal]) -> None:
        super().__init__(Tokens(journal_of))
        self._journal_of = journal_of

    async def by_token(self, token: str) -> Person | None:
        """Whom a token lets in."""
        if not NAMED.fullmatch(owner_in(token) or ""):
            return None
        return await run_in_threadpool(self.tokens.person, token)

    async def begin_session(self, asking: HTTPConnection, shown: Shown) -> str:
        """A session for a name and its password; returns what its cookie holds."""
        address = address_of(asking)
        wait_s = self.patience.wait_s(address)
        if wait_s:
            raise too_many_attempts(wait_s)
        if not shown.name or not await run_in_threadpool(self._fits, shown):
            self.patience.failed(address)
            raise unauthenticated()
        self.patience.succeeded(address)
        person = Person(shown.name)
        await self.remember(person, Access(utc_now(), ENTERED, None, 204))
        return self.sessions.begin(person)

    async def end_session(self, asking: HTTPConnection) -> None:
        """End the session of a request's cookie, and write down that they left."""
        person = self.sessions.person(asking.cookies.get(COOKIE))
        await super().end_session(asking)
        if person is not None:
            await self.remember(person, Access(utc_now(), LEFT, None, 204))

    async def identify(self, asking: HTTPConnection) -> Person:
        """Who is asking; a session ends with its account."""
        person = await super().identify(asking)
        if person.by == BROWSER and not await run_in_threadpool(self._is_here, person.owner):
            raise unauthenticated()
        return person

    def _is_here(self, name: str) -> bool:
        with self._journal_of(name).reading() as owned:
            return password_hash_of(owned) is not None

    def _fits(self, shown: Shown) -> bool:
        with self._journal_of(shown.name).reading() as owned:
            kept = password_hash_of(owned)
        return matches(shown.password, kept)

    async def remember(self, person: Person, access: Access) -> None:
        """Write the visit down."""
        visit = Visit(access.at, access.asked, access.about, person.by, access.status)
        await run_in_threadpool(self._write, person.owner, visit)

    def _write(self, owner: str, visit: Visit) -> None:
        with self._journal_of(owner).writing() as owned:
            put_visit(owned, visit)
