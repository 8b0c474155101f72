"""Let a browser in, and out."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sottovoce.server.answers import told
from sottovoce.server.entrance.person import Shown
from sottovoce.server.entrance.sessions import give_cookie, take_cookie
from sottovoce.server.routes.guarded import InHouse, TypedRoute
from sottovoce.server.schemas.access import Password, Secret

router = APIRouter(prefix="/v1/session", tags=["session"], route_class=TypedRoute)


@router.post("", status_code=204, responses={204: told("The cookie is set.")})
async def enter(request: Request, house: InHouse, knock: Secret | Password) -> Response:
    """Exchange the token, a link's code, or name and password for a cookie no script can read."""
    secret = await house.entrance.begin_session(request, Shown(**knock.model_dump()))
    answer = Response(status_code=204)
    give_cookie(answer, secret)
    return answer


@router.delete("", status_code=204, responses={204: told("The cookie is gone.")})
async def leave(request: Request, house: InHouse) -> Response:
    """End this browser's session."""
    await house.entrance.end_session(request)
    answer = Response(status_code=204)
    take_cookie(answer)
    return answer
