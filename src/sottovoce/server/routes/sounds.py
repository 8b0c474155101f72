"""The sound of an entry, where it was kept: to be played, and as a curve."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Header, Query
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool

from sottovoce.audio.media import media_of
from sottovoce.jobs.drawing import find_drawn, open_kept
from sottovoce.journal.excerpts import KeptSound, excerpt
from sottovoce.journal.store import Journal
from sottovoce.server.answers import told
from sottovoce.server.ranges import Part, wanted
from sottovoce.server.routes.entries import Key
from sottovoce.server.routes.guarded import InHouse, MyJournal, guarded_router
from sottovoce.server.schemas.entries import Peaks

PIECE_BYTES = 1 << 20
HEAD_BYTES = 1 << 16
MOST_COLUMNS = 4096
SOUND = {"audio/*": {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}}

router = guarded_router("entries", "/v1/entries")


@router.get(
    "/{entry_id}/audio",
    response_class=StreamingResponse,
    responses={
        200: told("The sound as it was sent.", content=SOUND),
        206: told("The part of it that was asked for.", content=SOUND),
    },
)
def get_audio(
    journal: MyJournal,
    entry_id: Key,
    range_: Annotated[
        str | None, Header(alias="range", description="One range of bytes; else all of it.")
    ] = None,
) -> StreamingResponse:
    """The sound that was kept with an entry, unlocked; a player may ask for any part of it."""
    kept = open_kept(journal, entry_id)
    part = wanted(range_, kept.size_bytes)
    asked = part or Part(0, kept.size_bytes)
    media = media_of(read(journal, kept, Part(0, min(HEAD_BYTES, kept.size_bytes))))
    headers = {"Accept-Ranges": "bytes", "Content-Length": str(asked.end - asked.start)}
    if part:
        headers["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{kept.size_bytes}"
    return StreamingResponse(
        pieces(journal, kept, asked), 206 if part else 200, headers, media.media_type
    )


@router.get("/{entry_id}/peaks", responses={200: told("The curve.", Peaks)})
async def get_peaks(
    house: InHouse,
    journal: MyJournal,
    entry_id: Key,
    n: Annotated[int, Query(ge=1, le=MOST_COLUMNS, description="How many at most.")] = 1000,
) -> JSONResponse:
    """The waveform of an entry whose sound was kept: at most `n` peaks, none shorter than 10 ms.

    It is drawn once, at the end of a job or when it is first asked for, and kept with the sound.
    """
    waveform = await run_in_threadpool(find_drawn, journal, entry_id)
    if waveform is None:
        waveform = await house.drawer.draw(journal, entry_id)
    peaks = [round(peak, 4) for peak in waveform.drawn(n).tolist()]
    return JSONResponse({"duration_s": waveform.duration_s, "peaks": peaks})


def pieces(journal: Journal, kept: KeptSound, part: Part) -> Iterator[bytes]:
    """A part piece by piece, so that the journal is not held while somebody listens."""
    for start in range(part.start, part.end, PIECE_BYTES):
        yield read(journal, kept, Part(start, min(start + PIECE_BYTES, part.end)))


def read(journal: Journal, kept: KeptSound, part: Part) -> bytes:
    """One piece."""
    with journal.reading() as owned:
        return excerpt(owned, kept, part.start, part.end)
