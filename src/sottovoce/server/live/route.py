"""The way in: the same gates as HTTP, a token, a cookie or a ticket, then a session or its line."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket

from sottovoce.errors import SottovoceError
from sottovoce.journal.moments import utc_now
from sottovoce.server.entrance.person import Access, Person, unauthenticated
from sottovoce.server.entrance.scopes import LISTEN
from sottovoce.server.house import House, house_of
from sottovoce.server.live.asked import ADDRESS, Asked, asked_of
from sottovoce.server.live.farewells import close_code, error_event
from sottovoce.server.live.line import Line
from sottovoce.server.live.talk import Talk
from sottovoce.server.live.turns import Clerk
from sottovoce.server.problems import Problem, problem_response
from sottovoce.server.troubles import problem_for

OPENED = 101

router = APIRouter()


@router.websocket(ADDRESS)
async def live(socket: WebSocket) -> None:
    """Sound in, events out."""
    house = house_of(socket)
    try:
        asked = asked_of(socket)
        person = await let_in(house, socket, asked)
        if asked.keep_audio:
            await run_in_threadpool(house.journal_of(person.owner).master_key)
        talk = await entered(house, person, asked)
    except Problem as problem:
        await refuse(socket, problem)
    except SottovoceError as trouble:
        await refuse(socket, problem_for(trouble))
    else:
        await converse(house, socket, talk, asked)


async def let_in(house: House, socket: WebSocket, asked: Asked) -> Person:
    """Who is asking.

    Raises
    ------
    Problem
        ``unauthenticated``.
    """
    if asked.ticket is None:
        return await house.entrance.identify(socket)
    if person := house.entrance.by_ticket(asked.ticket):
        return person
    raise unauthenticated()


async def entered(house: House, person: Person, asked: Asked) -> Talk:
    """The session, new or taken up again; that somebody came is written down."""
    about, status = asked.session, OPENED
    try:
        talk = found_or_opened(house, person, asked)
        about = talk.session.id
        return talk
    except Problem as problem:
        status = problem.status_code
        raise
    finally:
        access = Access(utc_now(), f"GET {ADDRESS}", about, status)
        await house.entrance.remember(person, access)


def found_or_opened(house: House, person: Person, asked: Asked) -> Talk:
    """The session.

    Raises
    ------
    Problem
        ``forbidden``, ``busy``, ``no_session`` or ``shutdown``.
    """
    if LISTEN not in person.scopes:
        raise Problem("forbidden")
    if asked.session is None:
        return house.room.open(person, asked.keep_audio)
    return house.room.find(person, asked.session, asked.after)


async def converse(house: House, socket: WebSocket, talk: Talk, asked: Asked) -> None:
    """Run the line until it ends, and leave its session to be found again."""
    await socket.accept()
    line = Line(socket, request_id_of(socket), house.room.rules.idle_s)
    house.room.enter(talk, line)
    try:
        if asked.session is None:
            await talk.begin(line)
        else:
            await talk.come_back(line, asked.after)
        await line.run(Clerk(house, talk, line).take)
    finally:
        house.room.part(talk, line)


async def refuse(socket: WebSocket, problem: Problem) -> None:
    """Tell a program by its handshake's answer, and a page, which cannot read it, by the socket."""
    if "origin" not in socket.headers and "ticket" not in socket.query_params:
        await socket.send_denial_response(problem_response(problem, socket.scope))
        return
    await socket.accept()
    await socket.send_text(error_event(problem, request_id_of(socket)))
    await socket.close(close_code(problem))


def request_id_of(socket: WebSocket) -> str:
    """The id under which the log knows a socket."""
    found: str = socket.state.request_id
    return found
