"""Which problems an address can answer with: what its description shows.

>>> kinds_of("GET /healthz", {"responses": {}})
('wrong_host', 'failed')
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sottovoce.server.problems import body_of

FORM = "multipart/form-data"
JSON = "application/json"
ID_NOT_THERE = {
    "{entry_id}": "no_entry",
    "{job_id}": "no_job",
    "{token_id}": "not_found",
    "{rule}": "not_found",
    "{channel_id}": "not_found",
}
OF_A_BODY = ("too_large", "unsupported_media_type")
OF_SOUND = (
    *("bad_form", "no_file", "empty", "unsupported_format", "corrupt", "no_audio"),
    *("invalid_samples", "unreadable", "too_long", "decoder_limit", "busy"),
)
BESIDES: Mapping[str, tuple[str, ...]] = {
    "POST /v1/analyses": ("invalid", "key_reused", "no_key"),
    "GET /v1/entries": ("no_page",),
    "GET /v1/entries/{entry_id}/audio": ("no_sound", "no_range", "no_key"),
    "GET /v1/entries/{entry_id}/peaks": ("no_sound", "too_long", "no_key"),
    "PUT /v1/entries/{entry_id}/transcript": ("no_key",),
    "GET /v1/entries/{entry_id}/transcript": ("no_key",),
    "GET /v1/channels": ("only_alone", "missing_extra"),
    "POST /v1/channels": ("only_alone", "missing_extra", "bad_address"),
    "DELETE /v1/channels/{channel_id}": ("only_alone",),
    "POST /v1/test-alert": ("only_alone", "missing_extra", "delivery"),
    "POST /v1/import": ("bad_export", "schema_newer", "no_key"),
    "GET /v1/export": ("no_key",),
    "POST /v1/session": ("unauthenticated", "too_many_attempts"),
    "PUT /v1/password": ("only_many", "wrong_password", "too_many_attempts"),
    "GET /readyz": ("not_ready",),
}
REQUEST_ID = "0d9d0a4f7f8b4a51a2d5b2f1f6f0b6b1"
MORE: Mapping[str, Mapping[str, Any]] = {
    "invalid": {"errors": [{"type": "extra_forbidden", "where": ["body"]}]},
    "not_ready": {"checks": {"database": "ok", "model": "ok", "queue": "failed"}},
}


def kinds_of(key: str, operation: Mapping[str, Any]) -> tuple[str, ...]:
    """The kinds of problem that an operation may answer with, each once.

    Parameters
    ----------
    key
        Its method and address.
    operation
        What OpenAPI says of it.
    """
    return tuple(dict.fromkeys(each_kind(key, operation)))


def each_kind(key: str, operation: Mapping[str, Any]) -> Iterator[str]:
    """The same, some of them more than once."""
    yield "wrong_host"
    if not key.startswith("GET "):
        yield "wrong_origin"
    if operation.get("security"):
        yield from ("unauthenticated", "forbidden", "journal_locked", "unavailable")
    yield from (kind for part, kind in ID_NOT_THERE.items() if part in key)
    if any(one["in"] != "header" for one in operation.get("parameters", ())):
        yield from () if "{rule}" in key else ("invalid",)
    content = operation.get("requestBody", {}).get("content", {})
    if content:
        yield from OF_A_BODY
    if JSON in content:
        yield from ("bad_request", "invalid")
    if FORM in content:
        yield from OF_SOUND
    yield from BESIDES.get(key, ())
    yield "failed"


def problem_example(kind: str) -> dict[str, Any]:
    """A problem as it would be answered.

    >>> problem_example("empty")["status"]
    422
    """
    return body_of(kind, REQUEST_ID, MORE.get(kind, {}))
