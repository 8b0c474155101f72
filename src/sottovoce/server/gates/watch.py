"""The outermost gate: an id for each request, a line in the log, a measure, and no fault untold."""

import asyncio
import logging
import time
import traceback
from uuid import uuid4

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sottovoce.server.metrics import Metrics
from sottovoce.server.problems import Problem, problem_response
from sottovoce.server.troubles import LATER

LOG = logging.getLogger("sottovoce.server")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Watch:
    """Logs and measures by method, route and status; the path itself may be private."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; a fault of our own becomes a problem, and a line without its text."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        answer = Answer(send, request_id)
        started_s = time.perf_counter()
        try:
            await self.app(scope, receive, answer.send)
        except asyncio.CancelledError:  # we are stopping, and it took too long; the task ends here
            await answer.problem(Problem("not_ready", LATER), scope, receive)
        except ClientDisconnect:
            answer.status = answer.status or 499
        except Exception as fault:
            tell_fault(fault, request_id)
            await answer.problem(Problem("failed"), scope, receive)
        finally:
            self.tell(scope, request_id, answer.status, time.perf_counter() - started_s)

    def tell(self, scope: Scope, request_id: str, status: int, elapsed_s: float) -> None:
        """One line and one measure for a request that is over."""
        method = scope["method"] if scope["method"] in METHODS else "other"
        route = getattr(scope.get("route"), "path", "none")
        self.metrics.answered(method, route, status, elapsed_s)
        facts = {"method": method, "route": route, "status": status, "request_id": request_id}
        LOG.info("answered", extra={"facts": {**facts, "elapsed_s": round(elapsed_s, 4)}})


class Answer:
    """What was sent of an answer; ``status`` is 0 before it begins."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self._request_id = request_id
        self.status = 0

    async def send(self, message: Message) -> None:
        """Send on, with the request's id."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            MutableHeaders(scope=message)["X-Request-Id"] = self._request_id
        await self._send(message)

    async def problem(self, problem: Problem, scope: Scope, receive: Receive) -> None:
        """Tell a problem, unless an answer has begun already."""
        if not self.status:
            await problem_response(problem, scope)(scope, receive, self.send)


def tell_fault(fault: Exception, request_id: str) -> None:
    """Log which error it was and where; its sentence may hold what was sent, so it is left out."""
    last = traceback.extract_tb(fault.__traceback__)[-1]
    where = f"{last.name}:{last.lineno}"
    facts = {"error": type(fault).__name__, "where": where, "request_id": request_id}
    LOG.error("failed", extra={"facts": facts})
