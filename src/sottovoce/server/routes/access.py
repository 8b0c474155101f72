"""Tokens for apps, tickets for sockets, and who came when."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import Path, Query, Request
from fastapi.responses import JSONResponse, Response

from sottovoce.journal.accounts import Token, Visit, find_visits
from sottovoce.journal.wire import instant_to_wire
from sottovoce.server.answers import told
from sottovoce.server.entrance.onetime import TICKET_S
from sottovoce.server.entrance.person import BROWSER, Change
from sottovoce.server.entrance.sessions import give_cookie, take_cookie
from sottovoce.server.problems import Problem
from sottovoce.server.routes.guarded import InHouse, MyJournal, Whose, guarded_router
from sottovoce.server.schemas.access import (
    NewToken,
    PasswordChange,
    Ticket,
    TokensAnswer,
    TokenWish,
    VisitsAnswer,
)
from sottovoce.server.schemas.parts import HEX

router = guarded_router("access", "/v1")
sockets = guarded_router("jobs", "/v1")

TokenId = Annotated[str, Path(pattern=HEX, description="A token's id.")]


@router.get("/tokens", responses={200: told("Without their secrets.", TokensAnswer)})
def list_tokens(house: InHouse, whose: Whose) -> JSONResponse:
    """The tokens you made for apps."""
    found = house.entrance.tokens.all(whose.owner)
    return JSONResponse({"tokens": [token_to_wire(token) for token in found]})


@router.post(
    "/tokens", status_code=201, responses={201: told("With its secret, told once.", NewToken)}
)
def make_token(house: InHouse, whose: Whose, wish: TokenWish) -> JSONResponse:
    """Make a token for an app, which may do what you say for as long as you say."""
    valid = timedelta(days=wish.days)
    text, token = house.entrance.tokens.new(whose.owner, wish.label, wish.scopes, valid)
    return JSONResponse({**token_to_wire(token), "token": text}, 201)


@router.delete("/tokens/{token_id}", status_code=204, responses={204: told("It is useless now.")})
def take_back(house: InHouse, whose: Whose, token_id: TokenId) -> Response:
    """Take a token back."""
    if not house.entrance.tokens.take_back(whose.owner, token_id):
        raise Problem("not_found")
    return Response(status_code=204)


@router.get("/visits", responses={200: told("The newest first.", VisitsAnswer)})
def visits(journal: MyJournal, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> JSONResponse:
    """Who came to what is yours, and when; never what they saw."""
    with journal.reading() as owned:
        return JSONResponse({"visits": list(map(visit_to_wire, find_visits(owned, limit)))})


@router.put("/password", status_code=204, responses={204: told("It is the new one now.")})
async def change_password(
    request: Request, house: InHouse, whose: Whose, wish: PasswordChange
) -> Response:
    """Change your password; every other browser has to enter anew, tokens for apps stay."""
    change = Change(wish.old, wish.new)
    secret = await house.entrance.change_password(request, whose, change)
    answer = Response(status_code=204)
    if whose.by == BROWSER:
        give_cookie(answer, secret)
    return answer


@router.delete("/sessions", status_code=204, responses={204: told("No browser is let in now.")})
async def leave_everywhere(house: InHouse, whose: Whose) -> Response:
    """End your sessions in all browsers, this one among them; tokens for apps stay."""
    await house.entrance.end_sessions(whose)
    answer = Response(status_code=204)
    take_cookie(answer)
    return answer


@sockets.post("/tickets", status_code=201, responses={201: told("The ticket.", Ticket)})
async def ticket(house: InHouse, whose: Whose) -> JSONResponse:
    """A ticket that opens one socket: a browser can send no token there."""
    return JSONResponse({"ticket": house.entrance.ticket(whose), "valid_s": TICKET_S}, 201)


def token_to_wire(token: Token) -> dict[str, Any]:
    """A token as JSON values."""
    return {
        "id": token.id,
        "label": token.label,
        "scopes": list(token.scopes),
        "created_at": instant_to_wire(token.created_at),
        "expires_at": instant_to_wire(token.expires_at),
        "used_at": instant_to_wire(token.used_at) if token.used_at else None,
    }


def visit_to_wire(visit: Visit) -> dict[str, Any]:
    """A visit as JSON values."""
    return {
        "at": instant_to_wire(visit.at),
        "asked": visit.asked,
        "about": visit.about,
        "by": visit.by,
        "status": visit.status,
    }
