"""Made memos in a running service, through its own import."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import httpx2

from journals import analysis
from services import Started
from sottovoce.domain import LABELS
from sottovoce.journal.archive import export_journal
from sottovoce.journal.changing import Memo
from sottovoce.journal.moments import moment_at
from sottovoce.journal.store import Journal, open_journal

Spoken = tuple[datetime, float, int | None]
"""When, how high the stress index, and what was felt."""


def made(
    me: httpx2.Client,
    service: Started,
    spoken: Sequence[Spoken],
    tags: Sequence[tuple[str, ...]] = (),
) -> None:
    """Put memos into the journal, each with its tags."""
    home = service.home.parent / f"made-{len(spoken)}-{spoken[0][0].timestamp():.0f}"
    home.mkdir()
    with open_journal(f"sqlite:///{home}/journal.db", "me") as journal:
        for number, one in enumerate(spoken):
            keep(journal, number, one, tags[number] if tags else ())
        export_journal(journal, home / "made.zip")
    sent = {"Content-Type": "application/zip"}
    answer = me.post("/v1/import", content=(home / "made.zip").read_bytes(), headers=sent)
    assert answer.json()["added"] == len(spoken)


def keep(journal: Journal, number: int, one: Spoken, tags: tuple[str, ...]) -> None:
    """One memo."""
    at, stress, felt = one
    entry = journal.add(
        Memo(heard(number, stress), moment_at(at, "Europe/Berlin"), tags=tags)
    ).entry
    if felt:
        journal.report(entry.id, felt)


def heard(number: int, stress: float) -> dict[str, Any]:
    """An analysis in which every emotion is as likely as any other."""
    return {**analysis(number, stress), "emotions": dict.fromkeys(LABELS, 1 / len(LABELS))}
