"""Errors on the wire: ``application/problem+json`` (RFC 9457), and nothing of what was sent.

>>> Problem("not_found").status_code, KINDS["not_found"].title
(404, 'There is nothing at this address.')
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

MEDIA_TYPE = "application/problem+json"
URN = "urn:sottovoce:problem:"
REQUEST_URN = "urn:sottovoce:request:"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its HTTP status and the one sentence that is always the same."""

    status: int
    title: str


KINDS: Mapping[str, Kind] = {
    "bad_request": Kind(400, "The request could not be read."),
    "bad_form": Kind(400, "The form could not be read, or has too many or too large parts."),
    "unauthenticated": Kind(401, "Send a token: Authorization: Bearer ..."),
    "wrong_origin": Kind(403, "Pages of other origins may not send this."),
    "forbidden": Kind(403, "This token may not do that."),
    "only_alone": Kind(403, "Only a service for one person does that."),
    "only_many": Kind(403, "Only a service for many people does that."),
    "wrong_password": Kind(403, "That is not the password of now."),
    "not_found": Kind(404, "There is nothing at this address."),
    "no_page": Kind(404, "There is no such page; follow `next` from the first one."),
    "no_entry": Kind(404, "There is no such entry."),
    "no_sound": Kind(404, "No sound was kept with this entry."),
    "no_job": Kind(404, "There is no such job."),
    "no_session": Kind(404, "There is no such live session, or it is over."),
    "method_not_allowed": Kind(405, "This address does not know that method."),
    "idle": Kind(408, "Nothing came for too long; send sound, or keep_alive."),
    "wrong_turn": Kind(409, "The session is in another state than this message needs."),
    "superseded": Kind(409, "The session goes on over another line."),
    "too_large": Kind(413, "The body is larger than this address takes."),
    "unsupported_media_type": Kind(415, "This address does not take that content type."),
    "unsupported_format": Kind(415, "The file is of no kind of audio that is read here."),
    "no_range": Kind(416, "The sound has no bytes there."),
    "wrong_host": Kind(421, "The service does not answer under that name."),
    "invalid": Kind(422, "Something in the request is missing, unknown or out of range."),
    "bad_message": Kind(422, "This is no message of a live session."),
    "no_file": Kind(422, "The form needs one part with the name 'file' that holds the audio."),
    "unreadable": Kind(422, "The file could not be read as audio."),
    "empty": Kind(422, "The file is empty."),
    "corrupt": Kind(422, "The file is damaged and cannot be decoded."),
    "invalid_samples": Kind(422, "The sound holds samples that are not numbers."),
    "no_audio": Kind(422, "The file has no sound track."),
    "too_long": Kind(422, "The recording is longer than this address takes."),
    "decoder_limit": Kind(422, "Decoding took more memory or time than it may."),
    "key_reused": Kind(422, "This Idempotency-Key was used for another request."),
    "bad_export": Kind(422, "The file is no whole export of a journal; nothing was added."),
    "schema_newer": Kind(422, "A newer version made this; nothing was changed."),
    "journal": Kind(422, "The journal does not take this."),
    "bad_address": Kind(422, "Apprise does not understand this address."),
    "no_key": Kind(422, "There is no key to lock or unlock kept audio with."),
    "too_many_attempts": Kind(429, "Too many failed attempts; wait before the next."),
    "too_many_faults": Kind(429, "Too many messages could not be taken; the line is closed."),
    "failed": Kind(500, "The service failed; the request id finds it in its log."),
    "missing_extra": Kind(501, "The service lacks an optional part; its log names it."),
    "delivery": Kind(502, "A message could not be sent; check the address and the network."),
    "busy": Kind(503, "All that can be heard at once is being heard; try again."),
    "journal_locked": Kind(503, "Another program holds the journal; try again."),
    "shutdown": Kind(503, "The service stops; come back in a minute."),
    "not_ready": Kind(503, "The service is not ready."),
    "unavailable": Kind(503, "The journal cannot be used now."),
}
BY_STATUS = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid",
}


class Problem(HTTPException):
    """A request that is answered with a problem of a kind in :data:`KINDS`.

    ``more`` are members beside the standard ones; they never hold anything that was sent.
    """

    def __init__(
        self,
        kind: str,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(KINDS[kind].status, headers=headers)
        self.kind = kind
        self.more = more or {}


def body_of(kind: str, request_id: str, more: Mapping[str, Any]) -> dict[str, Any]:
    """The members of a problem.

    >>> body_of("empty", "f00d", {})["type"]
    'urn:sottovoce:problem:empty'
    """
    return {
        "type": f"{URN}{kind}",
        "title": KINDS[kind].title,
        "status": KINDS[kind].status,
        "instance": f"{REQUEST_URN}{request_id}",
        **more,
    }


def problem_response(problem: Problem, scope: Scope) -> Response:
    """The answer that tells a problem."""
    request_id = scope.get("state", {}).get("request_id", "none")
    body = json.dumps(body_of(problem.kind, request_id, problem.more)).encode()
    headers = dict(problem.headers or {})
    return Response(body, problem.status_code, headers, MEDIA_TYPE)


def problem_of(error: HTTPException) -> Problem:
    """The same error as a problem of ours; a status without a kind of its own is a bad request."""
    if isinstance(error, Problem):
        return error
    return Problem(BY_STATUS.get(error.status_code, "bad_request"), error.headers)
