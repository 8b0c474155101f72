"""No body is read that is larger than the address takes."""

from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sottovoce.server.problems import Problem, problem_response


class Bodies:
    """Refuses a body by the length it names before it is read, else by the count while it is."""

    def __init__(self, app: ASGIApp, limit_for: Callable[[str], int]) -> None:
        self.app = app
        self.limit_for = limit_for

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 413."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.limit_for(scope["path"])
        if named_length(scope) > limit:
            headers = {"Connection": "close"}
            await problem_response(Problem("too_large", headers), scope)(scope, receive, send)
            return
        await self.app(scope, counted(receive, limit), send)


def named_length(scope: Scope) -> int:
    """The Content-Length of a request; 0 where it names none, or none that can be read."""
    named = Headers(scope=scope).get("content-length", "0")
    return int(named) if named.isascii() and named.isdigit() else 0


def counted(receive: Receive, limit: int) -> Receive:
    """The same messages; one byte too many is a problem."""
    seen = 0

    async def receive_counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise Problem("too_large", {"Connection": "close"})
        return message

    return receive_counted
