"""What the address of a socket says."""

from typing import Annotated

from pydantic import Field, ValidationError
from starlette.websockets import WebSocket

from sottovoce.server.problems import Problem
from sottovoce.server.schemas.parts import Message

ADDRESS = "/v1/live"


class Asked(Message):
    """What the address says: a ticket; and of a session to be taken up again, which, after what.

    With ``keep_audio`` the sound of a new session is kept with its entry, if it is saved.
    """

    ticket: Annotated[str | None, Field(max_length=256, repr=False)] = None
    session: Annotated[str | None, Field(pattern="^[0-9a-f]{32}$")] = None
    after: Annotated[int, Field(ge=-1)] = -1
    keep_audio: bool = False


def asked_of(socket: WebSocket) -> Asked:
    """What the address says.

    Raises
    ------
    Problem
        ``invalid``.
    """
    try:
        return Asked.model_validate(dict(socket.query_params))
    except ValidationError as wrong:
        raise Problem("invalid") from wrong
