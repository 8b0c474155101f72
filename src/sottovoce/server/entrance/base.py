"""What is the same at every entrance: cookies, tokens for apps, one-time secrets."""

from abc import ABC, abstractmethod

from starlette.requests import HTTPConnection

from sottovoce.server.entrance.onetime import CODE_S, TICKET_S, OneTime
from sottovoce.server.entrance.patience import Patience
from sottovoce.server.entrance.person import (
    Access,
    Change,
    Person,
    Shown,
    bearer_of,
    unauthenticated,
)
from sottovoce.server.entrance.sessions import COOKIE, Sessions
from sottovoce.server.entrance.tokens import Tokens


class Doorkeeper(ABC):
    """Lets people in; its children say which tokens and which browsers."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.sessions = Sessions()
        self.codes = OneTime(CODE_S)
        self.tickets = OneTime(TICKET_S)
        self.patience = Patience()

    async def identify(self, asking: HTTPConnection) -> Person:
        """Who is asking, by token or by cookie.

        Raises
        ------
        Problem
            ``unauthenticated``.
        """
        token = bearer_of(asking)
        if token is None:
            person = self.sessions.person(asking.cookies.get(COOKIE))
        else:
            person = await self.by_token(token)
        if person is None:
            raise unauthenticated()
        return person

    @abstractmethod
    async def by_token(self, token: str) -> Person | None:
        """Whom a token lets in."""

    @abstractmethod
    async def begin_session(self, asking: HTTPConnection, shown: Shown) -> str:
        """A session for what is shown; returns what its cookie holds.

        Raises
        ------
        Problem
            ``unauthenticated``, or ``too_many_attempts``.
        """

    @abstractmethod
    async def remember(self, person: Person, access: Access) -> None:
        """Write down what somebody did, where that is done."""

    async def end_session(self, asking: HTTPConnection) -> None:
        """End the session of a request's cookie."""
        self.sessions.end(asking.cookies.get(COOKIE))

    async def end_sessions(self, person: Person) -> None:
        """End every session of somebody, in all browsers."""
        self.sessions.end_all(person.owner)

    @abstractmethod
    async def change_password(self, asking: HTTPConnection, person: Person, wish: Change, /) -> str:
        """Give somebody another password, and end their sessions; returns a new one's cookie.

        Raises
        ------
        Problem
            ``only_many``, ``wrong_password``, or ``too_many_attempts``.
        """

    def ticket(self, person: Person) -> str:
        """A secret that opens one socket as that person, within half a minute."""
        return self.tickets.new(person)

    def by_ticket(self, ticket: str) -> Person | None:
        """Whom a ticket lets in, this once."""
        return self.tickets.use(ticket)
