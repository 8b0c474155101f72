"""One request, one line: HTTP as the standard library speaks it."""

import http
import http.client
import json
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from ipaddress import ip_address
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

from sottovoce.client.errors import AddressError, ProblemError, UnreachableError
from sottovoce.client.results import kind_in

PIECE_BYTES = 1 << 18


@dataclass(frozen=True, slots=True)
class Address:
    """Where the service is, and what it is shown.

    Raises
    ------
    AddressError
        It is no address of http or https, or one of http on another machine.
    """

    url: str
    token: str = field(repr=False)
    timeout_s: float

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise AddressError(f"'{self.url}' is no address; it looks like http://127.0.0.1:8377")
        if parts.scheme == "http" and not is_loopback(parts.hostname):
            raise AddressError(f"'{self.url}' is on another machine; use https")

    @contextmanager
    def asked(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Iterator[HTTPResponse]:
        """The answer to a request, its own body not yet read.

        Raises
        ------
        ProblemError
            The service refused.
        UnreachableError
            Nobody answers, or the line broke.
        """
        shown = {"Authorization": f"Bearer {self.token}", "Connection": "close"}
        line = self._line()
        try:
            with translated():
                with suppress(BrokenPipeError):  # refused before all was sent: the answer is there
                    line.request(method, path, body, {**shown, **(headers or {})})
                answer = line.getresponse()
                if answer.status >= http.HTTPStatus.MULTIPLE_CHOICES:
                    raise problem_in(answer)
            yield answer
        finally:
            line.close()

    def _line(self) -> HTTPConnection:
        parts = urlsplit(self.url)
        host = str(parts.hostname)
        if parts.scheme == "http":
            return HTTPConnection(host, parts.port, timeout=self.timeout_s)
        trusted = ssl.create_default_context()
        return http.client.HTTPSConnection(
            host, parts.port, timeout=self.timeout_s, context=trusted
        )


@contextmanager
def translated() -> Iterator[None]:
    """Trouble with the line as an error of ours."""
    try:
        yield
    except (OSError, http.client.HTTPException) as broken:
        raise UnreachableError(
            f"the service does not answer, or the line broke ({type(broken).__name__})"
        ) from broken


def is_loopback(host: str) -> bool:
    """Whether a name or address is this machine's own.

    >>> is_loopback("localhost"), is_loopback("::1"), is_loopback("192.168.1.7")
    (True, True, False)
    """
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def problem_in(answer: HTTPResponse) -> ProblemError:
    """The problem that an answer tells; one of a proxy's own is told by its status alone."""
    try:
        said = json.loads(answer.read())
        kind, title, request = kind_in(said["type"]), said["title"], kind_in(said["instance"])
    except (ValueError, KeyError, TypeError, AttributeError):
        kind, request = "unknown", "unknown"
        title = f"The answer was {answer.status}, and not the service's own."
    return ProblemError(kind, answer.status, title, request, retry_after_s(answer))


def retry_after_s(answer: HTTPResponse) -> int | None:
    """When to ask again, in seconds; None where the answer does not say."""
    named = answer.headers.get("Retry-After", "")
    return int(named) if named.isascii() and named.isdigit() else None


def form_of(fields: Mapping[str, str], sound: bytes) -> tuple[bytes, str]:
    """A form with a memo and fields beside it, and its type; the file's name stays here.

    >>> body, kind = form_of({"note": "x"}, b"sound")
    >>> kind.startswith("multipart/form-data; boundary="), b"sound" in body
    (True, True)
    """
    boundary = token_hex(16)
    parts = [part_of(name, "", value.encode()) for name, value in fields.items()]
    parts.append(part_of("file", '; filename="memo"', sound))
    body = b"".join(b"--%s\r\n%s\r\n" % (boundary.encode(), part) for part in parts)
    return body + b"--%s--\r\n" % boundary.encode(), f"multipart/form-data; boundary={boundary}"


def part_of(name: str, more: str, value: bytes) -> bytes:
    """One part of a form."""
    return f'Content-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + value


def read_json(answer: HTTPResponse) -> Any:
    """The JSON of an answer."""
    with translated():
        return json.loads(answer.read())


def pieces(answer: HTTPResponse) -> Iterator[bytes]:
    """The body of an answer, piece by piece."""
    while True:
        with translated():
            piece = answer.read(PIECE_BYTES)
        if not piece:
            return
        yield piece


def flag(value: bool) -> str:
    """How an address says yes or no.

    >>> flag(True)
    'true'
    """
    return str(value).lower()
