"""The outermost gate of sockets: an id for each, a line in the log, and no fault untold."""

import logging
import time
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sottovoce.server.gates.watch import tell_fault
from sottovoce.server.problems import Problem, problem_response

LOG = logging.getLogger("sottovoce.server")
OPENED, FAILED = 101, 1011


class Sockets:
    """Logs by route and how it ended; a socket that no route takes is told a problem."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a socket on; a fault of our own closes it, and is logged without its text."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        request_id = uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        said = Said(scope, receive, send)
        started_s = time.perf_counter()
        try:
            await self.app(scope, receive, said.send)
        except Exception as fault:
            tell_fault(fault, request_id)
            await said.fail()
        finally:
            route = getattr(scope.get("route"), "path", "none")
            facts = {"route": route, "status": said.status, "request_id": request_id}
            elapsed_s = round(time.perf_counter() - started_s, 4)
            LOG.info("socket closed", extra={"facts": {**facts, "elapsed_s": elapsed_s}})


class Said:
    """What was said on a socket; ``status`` is 0 before the handshake is answered."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._closed = False
        self.status = 0

    async def send(self, message: Message) -> None:
        """Send on; one that is closed before it was opened was meant for no route."""
        if not self.status and message["type"] == "websocket.close":
            await self._refuse(Problem("not_found"))
            return
        if message["type"] == "websocket.accept":
            self.status = OPENED
        elif message["type"] == "websocket.http.response.start":
            self.status = message["status"]
        self._closed |= message["type"] == "websocket.close"
        await self._send(message)

    async def fail(self) -> None:
        """Close after a fault of our own."""
        if not self.status:
            await self._refuse(Problem("failed"))
        elif self.status == OPENED and not self._closed:
            await self.send({"type": "websocket.close", "code": FAILED})

    async def _refuse(self, problem: Problem) -> None:
        await problem_response(problem, self._scope)(self._scope, self._receive, self.send)
