"""The journal's entries: read page by page, change, delete, restore."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import Depends, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from sottovoce.domain import LABELS
from sottovoce.entries import Entry
from sottovoce.journal import changing
from sottovoce.journal.changing import Edit
from sottovoce.journal.checkins import self_report
from sottovoce.journal.erase import erase_for_good
from sottovoce.journal.finding import Position, find_present
from sottovoce.journal.owned import Owned
from sottovoce.journal.sounds import kept_among
from sottovoce.journal.wanted import Wanted
from sottovoce.journal.wire import entry_to_wire
from sottovoce.server.answers import told
from sottovoce.server.problems import Problem
from sottovoce.server.routes.guarded import MyJournal, guarded_router
from sottovoce.server.schemas.entries import EntryAnswer, EntryPage, EntryPatch, Restored
from sottovoce.server.schemas.parts import HEX, Day, Tag

LONGEST_PAGE = 200
LONGEST_CURSOR = 120
ASKED = ("limit", "deleted", "tag", "emotion", "status", "quality", "felt", "since", "until")

Key = Annotated[str, Path(pattern=HEX, description="An entry's id.")]

FELT = {"unpleasant": (1, 3), "neither": (4, 4), "pleasant": (5, 7)}

router = guarded_router("entries", "/v1/entries")


def looked_for(
    tag: Annotated[Tag | None, Query(description="With this tag.")] = None,
    emotion: Annotated[
        Literal[*LABELS] | None, Query(description="That sounded mostly so.")  # type: ignore[valid-type]
    ] = None,
    status: Annotated[
        Literal["ok", "unusable"] | None, Query(description="That could be heard, or not.")
    ] = None,
    quality: Annotated[
        Literal["ok", "poor", "unusable"] | None,
        Query(description="Whose recording can be trusted so far."),
    ] = None,
    felt: Annotated[
        Literal["unpleasant", "neither", "pleasant"] | None,
        Query(description="That felt so, in your own word."),
    ] = None,
    since: Annotated[Day | None, Query(description="On this day or later, on the wall.")] = None,
    until: Annotated[Day | None, Query(description="On this day or earlier.")] = None,
) -> Wanted:
    """Which entries the page shows; all of them where nothing is said."""
    return Wanted(tag, emotion, status, quality, FELT[felt] if felt else None, since, until)


@router.get("", responses={200: told("A page of entries.", EntryPage)})
def list_entries(
    journal: MyJournal,
    request: Request,
    wanted: Annotated[Wanted, Depends(looked_for)],
    limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = 50,
    cursor: Annotated[
        str, Query(max_length=LONGEST_CURSOR, description="From `next` of the page before.")
    ] = "",
    deleted: Annotated[bool, Query(description="Those that can be restored.")] = False,
) -> JSONResponse:
    """Entries, the newest first, a page at a time."""
    after = position(cursor) if cursor else None
    found = journal.page(limit + 1, after, deleted=deleted, wanted=wanted)
    page = found[:limit]
    following = next_address(page[-1], request.query_params) if len(found) > limit else None
    with journal.reading() as owned:
        return JSONResponse({"entries": shown(owned, page), "next": following})


@router.get("/{entry_id}", responses={200: told("The whole entry.", EntryAnswer)})
def get_entry(journal: MyJournal, entry_id: Key) -> JSONResponse:
    """One entry with its whole analysis."""
    with journal.reading() as owned:
        return JSONResponse(shown(owned, [find_present(owned, entry_id)])[0])


@router.patch("/{entry_id}", responses={200: told("The entry as it is then.", EntryAnswer)})
def change_entry(journal: MyJournal, entry_id: Key, change: EntryPatch) -> JSONResponse:
    """Change note, tags or your own word; what the voice gave stays as it is."""
    given = change.model_fields_set
    edit = Edit(
        note=change.note if "note" in given else None,
        tags=tuple(change.tags) if "tags" in given else None,
    )
    with journal.writing() as owned:
        find_present(owned, entry_id)
        changed = changing.edit_entry(owned, entry_id, edit)
        if "self_report" in given:
            said = self_report(change.self_report.valence, journal.clock())
            changed = changing.report(owned, entry_id, said)
        return JSONResponse(shown(owned, [changed])[0])


@router.delete("/{entry_id}", status_code=204, responses={204: told("It is deleted.")})
def delete_entry(
    journal: MyJournal,
    entry_id: Key,
    for_good: Annotated[bool, Query(description="Now, its audio with it; never back.")] = False,
) -> Response:
    """Delete an entry; for 30 days it can be restored, unless it goes for good."""
    if for_good:
        erase_for_good(journal, [entry_id])
        return Response(status_code=204)
    with journal.writing() as owned:
        find_present(owned, entry_id)
        changing.purge(owned, journal.clock())
        changing.delete_entries(owned, [entry_id], journal.clock())
    return Response(status_code=204)


@router.post("/{entry_id}/restore", responses={200: told("It is back.", Restored)})
def restore_entry(journal: MyJournal, entry_id: Key) -> JSONResponse:
    """Bring a deleted entry back; one that is there stays as it is."""
    journal.restore([entry_id])
    return JSONResponse({"id": entry_id})


def shown(owned: Owned, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Entries as they are answered."""
    kept = kept_among(owned, [entry.id for entry in entries])
    return [{**entry_to_wire(entry), "has_audio": entry.id in kept} for entry in entries]


def next_address(last: Entry, asked: Mapping[str, str]) -> str:
    """Where the page after an entry is: what was asked for, from there on."""
    where = json.dumps([last.recorded_at.utc.isoformat(), last.id], separators=(",", ":"))
    cursor = urlsafe_b64encode(where.encode()).decode().rstrip("=")
    known = {name: asked[name] for name in ASKED if name in asked}
    return f"/v1/entries?{urlencode({**known, 'cursor': cursor})}"


def position(cursor: str) -> Position:
    """Where a cursor points; one that is none of ours is refused."""
    try:
        found: Any = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        instant, key = datetime.fromisoformat(found[0]), str(found[1])
    except (ValueError, TypeError, LookupError, RecursionError) as wrong:
        raise Problem("no_page") from wrong
    if instant.tzinfo is None:
        raise Problem("no_page")
    return instant, key
