"""Entries as rows of a spreadsheet; no cell of text can be taken for a formula."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from sottovoce.domain import Biomarkers
from sottovoce.entries import Entry
from sottovoce.journal.rows import INDICES
from sottovoce.journal.wire import instant_to_wire

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
MEASURES = (*INDICES, *Biomarkers().as_dict())
HEADER = (
    "id", "recorded_at", "local_time", "zone", "status", "emotion", "confidence",
    *MEASURES, "valence", "tags", "note", "example", "deleted_at",
)  # fmt: skip


def csv_lines(entries: Iterable[Entry]) -> Iterator[bytes]:
    """A header and a line for each entry, UTF-8."""
    yield csv_line(HEADER)
    for entry in entries:
        yield csv_line(cells(entry))


def cells(entry: Entry) -> list[Any]:
    """What a spreadsheet shows of an entry; empty where there is nothing."""
    said = entry.self_report
    return [
        entry.id,
        instant_to_wire(entry.recorded_at.utc),
        entry.recorded_at.local.isoformat(),
        entry.recorded_at.zone,
        entry.analysis.get("status"),
        entry.analysis.get("emotion"),
        entry.analysis.get("confidence"),
        *(entry.measure(name) for name in MEASURES),
        said.valence if said else None,
        ", ".join(entry.tags),
        entry.note,
        "yes" if entry.example else "",
        instant_to_wire(entry.deleted_at) if entry.deleted_at else None,
    ]


def csv_line(values: Iterable[Any]) -> bytes:
    """One line of CSV (RFC 4180), its texts made harmless."""
    line = StringIO()
    csv.writer(line).writerow([harmless(value) for value in values])
    return line.getvalue().encode()


def harmless(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP).

    >>> harmless("=1+1"), harmless("calm"), harmless(-21.5)
    ("'=1+1", 'calm', -21.5)
    """
    risky = isinstance(value, str) and value.startswith(FORMULA_STARTS)
    return f"'{value}" if risky else value
