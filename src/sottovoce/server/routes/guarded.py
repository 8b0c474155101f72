"""Routes behind the entrance: who asks is known before any of the body is read."""

import re
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from sottovoce.journal.moments import utc_now
from sottovoce.journal.store import Journal
from sottovoce.server.entrance.person import Access, Person
from sottovoce.server.entrance.scopes import needed
from sottovoce.server.house import House, house_of
from sottovoce.server.problems import Problem
from sottovoce.server.troubles import status_for

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
JSON = "application/json"
ID = re.compile("[0-9a-f]{16,32}")


class TypedRoute(APIRoute):
    """A route that takes no other body than the JSON it declares."""

    def get_route_handler(self) -> Handler:
        """The handler, with the check in front."""
        handle = super().get_route_handler()

        async def handle_typed(request: Request) -> Response:
            if self.body_field is not None:
                check_json(request)
            return await handle(request)

        return handle_typed


class GuardedRoute(TypedRoute):
    """A route that only somebody who was let in reaches."""

    def get_route_handler(self) -> Handler:
        """The handler, with the entrance in front."""
        handle = super().get_route_handler()

        async def handle_guarded(request: Request) -> Response:
            house = house_of(request)
            person = request.state.person = await house.entrance.identify(request)
            status = 500
            try:
                self.check_scope(person, request)
                answer = await handle(request)
                status = answer.status_code
            except Exception as trouble:
                status = status_for(trouble)
                raise
            finally:
                await house.entrance.remember(person, self.access(request, status))
            return answer

        return handle_guarded

    def check_scope(self, person: Person, request: Request) -> None:
        """Refuse what the token was not made for."""
        if needed(str(self.tags[0]), request.method) not in person.scopes:
            raise Problem("forbidden")

    def access(self, request: Request, status: int) -> Access:
        """What was asked for: the route, and of the address nothing but an id."""
        about = next(filter(ID.fullmatch, request.path_params.values()), None)
        return Access(utc_now(), f"{request.method} {self.path}", about, status)


def check_json(request: Request) -> None:
    """Refuse a body that does not call itself JSON."""
    named = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if named != JSON:
        raise Problem("unsupported_media_type")


def person_of(request: Request) -> Person:
    """Who was let in."""
    person: Person = request.state.person
    return person


def journal_of(request: Request) -> Journal:
    """The journal of who was let in."""
    return house_of(request).journal_of(person_of(request).owner)


def guarded_router(tag: str, prefix: str = "") -> APIRouter:
    """A router whose routes are all behind the entrance."""
    return APIRouter(prefix=prefix, tags=[tag], route_class=GuardedRoute)


InHouse = Annotated[House, Depends(house_of)]
Whose = Annotated[Person, Depends(person_of)]
MyJournal = Annotated[Journal, Depends(journal_of)]
