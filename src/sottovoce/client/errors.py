"""What can go wrong between a program and the service: one sentence each."""

from sottovoce.errors import SottovoceError


class ClientError(SottovoceError):
    """The service could not be asked, or did not do what was asked."""

    type = "client"


class AddressError(ClientError):
    """The address is none, or would send the token unencrypted to another machine."""

    type = "address"


class UnreachableError(ClientError):
    """Nobody answers at the address, or the line broke before the answer was whole."""

    type = "unreachable"


class StillWaitingError(ClientError):
    """A job has not ended in the time that it was waited for; it goes on."""

    type = "still_waiting"


class ProblemError(ClientError):
    """The service refused (RFC 9457).

    ``kind`` is the stable name at the end of the problem's type (``too_large``), ``status`` the
    HTTP status, ``request_id`` finds the request in the service's log, and ``retry_after_s`` says
    when to ask again, None where that would not help.

    >>> trouble = ProblemError("busy", 503, "It is busy.", "0d9d", 2)
    >>> str(trouble), trouble.kind, trouble.retry_after_s
    ('It is busy. (busy, request 0d9d)', 'busy', 2)
    """

    type = "problem"

    def __init__(
        self, kind: str, status: int, title: str, request_id: str, retry_after_s: int | None
    ) -> None:
        super().__init__(f"{title} ({kind}, request {request_id})")
        self.kind = kind
        self.status = status
        self.request_id = request_id
        self.retry_after_s = retry_after_s


class JobFailedError(ClientError):
    """A memo that became a job could not be heard; ``kind`` is that of a :class:`ProblemError`."""

    type = "job_failed"

    def __init__(self, kind: str, title: str) -> None:
        super().__init__(f"{title} ({kind})")
        self.kind = kind
