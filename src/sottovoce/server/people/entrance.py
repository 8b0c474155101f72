"""Many-people mode: each person enters with their name and password, or a token they made."""

import re
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from sottovoce.journal.accounts import Visit, change_password, password_hash_of, put_visit
from sottovoce.journal.moments import utc_now
from sottovoce.journal.store import Journal
from sottovoce.server.entrance.base import Doorkeeper
from sottovoce.server.entrance.person import (
    BROWSER,
    Access,
    Change,
    Person,
    Shown,
    address_of,
    too_many_attempts,
    unauthenticated,
)
from sottovoce.server.entrance.sessions import COOKIE
from sottovoce.server.entrance.tokens import Tokens, owner_in
from sottovoce.server.people.passwords import hash_password, matches
from sottovoce.server.problems import Problem
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
        seal = await self._sealed(asking, shown.name, shown.password)
        if seal is None:
            raise unauthenticated()
        person = Person(shown.name, seal=seal)
        await self.remember(person, Access(utc_now(), ENTERED, None, 204))
        return self.sessions.begin(person)

    async def change_password(self, asking: HTTPConnection, person: Person, wish: Change, /) -> str:
        """Another password for who knows the old one; every session but the new one is over."""
        if await self._sealed(asking, person.owner, wish.old) is None:
            raise Problem("wrong_password")
        seal = await run_in_threadpool(self._seal_anew, person.owner, wish.new)
        await self.end_sessions(person)
        return self.sessions.begin(Person(person.owner, seal=seal))

    async def end_session(self, asking: HTTPConnection) -> None:
        """End the session of a request's cookie, and write down that they left."""
        person = self.sessions.person(asking.cookies.get(COOKIE))
        await super().end_session(asking)
        if person is not None:
            await self.remember(person, Access(utc_now(), LEFT, None, 204))

    async def identify(self, asking: HTTPConnection) -> Person:
        """Who is asking; a session ends with its account, and with its password."""
        person = await super().identify(asking)
        if (
            person.by == BROWSER
            and await run_in_threadpool(self._kept, person.owner) != person.seal
        ):
            raise unauthenticated()
        return person

    async def _sealed(self, asking: HTTPConnection, name: str, password: str) -> str | None:
        """What is kept of a password that fits, else None; who failed too often has to wait."""
        address = address_of(asking)
        if wait_s := self.patience.wait_s(address):
            raise too_many_attempts(wait_s)
        kept = await run_in_threadpool(self._kept, name) if name else None
        fits = bool(name) and await run_in_threadpool(matches, password, kept)
        (self.patience.succeeded if fits else self.patience.failed)(address)
        return kept if fits else None

    def _kept(self, name: str) -> str | None:
        with self._journal_of(name).reading() as owned:
            return password_hash_of(owned)

    def _seal_anew(self, name: str, password: str) -> str:
        seal = hash_password(password)
        with self._journal_of(name).writing() as owned:
            change_password(owned, seal)
        return seal

    async def remember(self, person: Person, access: Access) -> None:
        """Write the visit down."""
        visit = Visit(access.at, access.asked, access.about, person.by, access.status)
        await run_in_threadpool(self._write, person.owner, visit)

    def _write(self, owner: str, visit: Visit) -> None:
        with self._journal_of(owner).writing() as owned:
            put_visit(owned, visit)
