"""Which problem an error of the house becomes on the wire, and the handlers that make it one."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from sottovoce.errors import SottovoceError
from sottovoce.server.problems import KINDS, Problem, problem_of, problem_response

TRY_AGAIN = 503
PAUSE_S = 2
LATER = {"Retry-After": str(PAUSE_S)}
RENAMED = {
    "not_found": "unreadable",
    "no_permission": "unreadable",
    "wrong_key": "no_key",
    "unknown_rule": "not_found",
    "unknown_job": "no_job",
    "idempotency": "key_reused",
    "queue_full": "busy",
    "worker_died": "busy",
    "stopping": "not_ready",
    "poison": "decoder_limit",
    "sound_gone": "failed",
    "disk_full": "unavailable",
    "read_only": "unavailable",
    "damaged": "unavailable",
    "no_server": "unavailable",
}
"""Types of errors that are told as another kind: most of them are no fault of who asked."""


def kind_of(error_type: str) -> str:
    """The kind of problem that an error's ``type`` becomes.

    >>> kind_of("corrupt"), kind_of("disk_full"), kind_of("error")
    ('corrupt', 'unavailable', 'failed')
    """
    kind = RENAMED.get(error_type, error_type)
    return kind if kind in KINDS else "failed"


def problem_for(error: SottovoceError) -> Problem:
    """The problem for an error; its sentence is not told, for it may quote the input."""
    kind = kind_of(error.type)
    if KINDS[kind].status != TRY_AGAIN:
        return Problem(kind)
    return Problem(kind, {"Retry-After": str(getattr(error, "retry_after_s", PAUSE_S))})


def status_for(error: Exception) -> int:
    """The status that an error is answered with."""
    if isinstance(error, SottovoceError):
        return problem_for(error).status_code
    if isinstance(error, RequestValidationError):
        return problem_of_invalid(error).status_code
    return error.status_code if isinstance(error, HTTPException) else KINDS["failed"].status


def add_handlers(app: FastAPI) -> None:
    """Answer every error of framework and house as a problem."""
    app.add_exception_handler(HTTPException, answer_http)
    app.add_exception_handler(SottovoceError, answering(problem_for))
    app.add_exception_handler(RequestValidationError, answering(problem_of_invalid))


async def answer_http(request: Request, error: Exception) -> Response:
    """An error of HTTP itself; a method that is not known is told which are."""
    found = problem_of(cast(HTTPException, error))
    if found.kind == "method_not_allowed":
        found = Problem(found.kind, {"Allow": ", ".join(allowed_methods(request))})
    return problem_response(found, request.scope)


def allowed_methods(request: Request) -> list[str]:
    """The methods that an address knows, of all its routes.

    Those of the framework look at one of them only.
    """
    found: set[str] = set()
    for route in request.app.state.routes:
        if route.matches(request.scope)[0] is not Match.NONE:
            found |= route.methods
    return sorted(found)


def answering(translate: Callable[[Any], Problem]) -> Callable[..., Awaitable[Response]]:
    """A handler that answers with the problem that an error translates to."""

    async def handler(request: Request, error: Exception) -> Response:
        return problem_response(translate(error), request.scope)

    return handler


def problem_of_invalid(error: RequestValidationError) -> Problem:
    """What is wrong and where, without the value that was sent."""
    found = [(one["type"], one["loc"]) for one in error.errors()]
    if any(error_type == "json_invalid" for error_type, _ in found):
        return Problem("bad_request")
    return Problem("invalid", more={"errors": [wrong(*one) for one in found]})


def problem_of_fields(error: ValidationError) -> Problem:
    """The same of the fields of a form."""
    found = [wrong(one["type"], ("body", *one["loc"])) for one in error.errors()]
    return Problem("invalid", more={"errors": found})


def wrong(error_type: str, where: Sequence[str | int]) -> dict[str, Any]:
    """One wrong part; the name of an unknown one was made up by who asked, so it is left out.

    >>> wrong("extra_forbidden", ("body", "my secret"))
    {'type': 'extra_forbidden', 'where': ['body']}
    """
    known = where[:-1] if error_type == "extra_forbidden" else where
    return {"type": error_type, "where": list(known)}
