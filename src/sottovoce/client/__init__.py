"""A small client for programs: what `sottovoce serve` says, as typed values.

It needs nothing but Python, sends the token to no other address, and follows no redirect.

>>> client = Client("http://127.0.0.1:8377", token="sv_...")
>>> client
Client(http://127.0.0.1:8377)
"""

from sottovoce.client.calls import Client
from sottovoce.client.errors import (
    AddressError,
    ClientError,
    JobFailedError,
    ProblemError,
    StillWaitingError,
    UnreachableError,
)
from sottovoce.client.results import About, Entry, Heard, Job, Memo, Peaks, Trends
from sottovoce.client.said import Said, SaidLine

__all__ = [
    "About",
    "AddressError",
    "Client",
    "ClientError",
    "Entry",
    "Heard",
    "Job",
    "JobFailedError",
    "Memo",
    "Peaks",
    "ProblemError",
    "Said",
    "SaidLine",
    "StillWaitingError",
    "Trends",
    "UnreachableError",
]
