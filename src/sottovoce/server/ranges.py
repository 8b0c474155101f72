"""The part of a body that a Range header asks for (RFC 9110, section 14).

>>> wanted("bytes=0-99", 1000), wanted("bytes=-100", 1000), wanted("bytes=900-", 1000)
(Part(start=0, end=100), Part(start=900, end=1000), Part(start=900, end=1000))
"""

import re
from dataclasses import dataclass

from sottovoce.server.problems import Problem

ONE_RANGE = re.compile(r"bytes=(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class Part:
    """The bytes from ``start`` up to ``end``, without it."""

    start: int
    end: int


def wanted(named: str | None, size_bytes: int) -> Part | None:
    """The part that is asked for; None for the whole: without a range, or with what is none of one.

    Raises
    ------
    Problem
        ``no_range``: it begins behind the end.
    """
    found = ONE_RANGE.fullmatch(named.strip()) if named else None
    if found is None or not (found["first"] or found["last"]):
        return None
    part = between(found["first"], found["last"], size_bytes)
    if part.start >= size_bytes:
        raise Problem("no_range", {"Content-Range": f"bytes */{size_bytes}"})
    return part if part.start < part.end else None


def between(first: str, last: str, size_bytes: int) -> Part:
    """The part between two numbers, either of which may be missing.

    >>> between("5", "999", 10), between("", "3", 10), between("", "0", 10)
    (Part(start=5, end=10), Part(start=7, end=10), Part(start=10, end=10))
    """
    if not first:
        return Part(max(0, size_bytes - int(last)), size_bytes)
    return Part(int(first), min(size_bytes, int(last) + 1) if last else size_bytes)
