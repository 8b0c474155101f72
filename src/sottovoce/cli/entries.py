"""Entries for people and for programs."""

import json
from collections.abc import Iterable

import typer

from sottovoce.cli.words import bar, plain_table
from sottovoce.entries import Entry
from sottovoce.journal.checkins import FORMS, VALENCE, band, total
from sottovoce.journal.wire import entry_to_wire

COLUMNS = 8


def as_lines(entries: Iterable[Entry]) -> None:
    """One JSON object a line on standard output."""
    for entry in entries:
        typer.echo(json.dumps(entry_to_wire(entry), ensure_ascii=False))


def as_table(entries: Iterable[Entry]) -> None:
    """A row for each entry on standard output."""
    from rich.console import Console

    table, console = plain_table(), Console(highlight=False)
    for _ in range(COLUMNS):
        table.add_column(no_wrap=True)
    for entry in entries:
        table.add_row(*row(entry))
    if not table.row_count:
        typer.echo("no entries; `sottovoce analyze MEMO --save` keeps one", err=True)
        return
    console.print(table)


def row(entry: Entry) -> list[str]:
    """Id, local time, how the voice sounded, stress, own report, marks, tags and note."""
    stress, said = entry.measure("stress"), entry.self_report
    return [
        entry.id[:8],
        f"{entry.recorded_at.local:%a %Y-%m-%d %H:%M}",
        str(entry.analysis.get("emotion") or entry.analysis.get("status")),
        "" if stress is None else f"stress {stress:.2f}",
        f"felt {said.valence}/7" if said else "",
        "example" if entry.example else "",
        " ".join(f"#{tag}" for tag in entry.tags),
        entry.note.replace("\n", " ")[:40],
    ]


def in_words(entry: Entry) -> None:
    """Everything an entry holds but its timeline, on standard output."""
    from rich.console import Console

    table = plain_table()
    for name, words in facts(entry):
        table.add_row(name, words)
    for name in ("stress", "anxiety", "low_mood"):
        value = entry.measure(name)
        if value is not None:
            table.add_row(name, f"{value:.2f}", bar(value, "default"))
    Console(highlight=False).print(table)


def facts(entry: Entry) -> list[tuple[str, str]]:
    """Name and words of what is known of an entry."""
    found = [
        ("id", entry.id + (" (example, made up)" if entry.example else "")),
        ("spoken", f"{entry.recorded_at.local:%A %Y-%m-%d %H:%M} {entry.recorded_at.zone}"),
        ("your voice sounded", str(entry.analysis.get("emotion") or "too poor to say")),
    ]
    if entry.self_report:
        felt = entry.self_report.valence
        found.append(("you said you felt", f"{felt} of 7, {VALENCE[felt - 1]}"))
    for filled in entry.questionnaires:
        form = FORMS[filled.name]
        found.append((f"your {form.title}", f"{total(filled)} of {form.largest}, {band(filled)}"))
    found += [("tags", ", ".join(entry.tags)), ("note", entry.note)]
    if entry.deleted_at:
        found.append(("deleted", f"{entry.deleted_at:%Y-%m-%d %H:%M} UTC"))
    return [(name, words) for name, words in found if words]
