"""Let a browser in, and out."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sottovoce.server.answers import told
from sottovoce.server.entrance.sessions import COOKIE, give_cookie, take_cookie
from sottovoce.server.routes.guarded import InHouse, TypedRoute
from sottovoce.server.schemas.service import Knock

router = APIRouter(prefix="/v1/session", tags=["session"], route_class=TypedRoute)


@router.post("", status_code=204, responses={204: told("The cookie is set.")})
def enter(request: Request, house: InHouse, knock: Knock) -> Response:
    """Exchange the token, or the code of a link, for a cookie that no script can read."""
    answer = Response(status_code=204)
    give_cookie(answer, house.entrance.begin_session(request, knock.secret))
    return answer


@router.delete("", status_code=204, responses={204: told("The cookie is gone.")})
def leave(request: Request, house: InHouse) -> Response:
    """End this browser's session."""
    house.entrance.sessions.end(request.cookies.get(COOKIE))
    answer = Response(status_code=204)
    take_cookie(answer)
    return answer
