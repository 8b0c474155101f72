"""What was said in a memo, where somebody asked to keep it: read, kept, erased by itself."""

import json

from fastapi.responses import JSONResponse, Response

from sottovoce.journal.erase import forget_pages
from sottovoce.journal.finding import find_present
from sottovoce.journal.rows import compact
from sottovoce.journal.transcripts import erase_transcript, keep_transcript
from sottovoce.server.answers import told
from sottovoce.server.problems import Problem
from sottovoce.server.routes.entries import Key
from sottovoce.server.routes.guarded import MyJournal, guarded_router
from sottovoce.server.schemas.entries import (
    TranscriptAnswer,
    TranscriptLines,
    TranscriptText,
)
from sottovoce.server.troubles import wrong

router = guarded_router("entries", "/v1/entries")


@router.get("/{entry_id}/transcript", responses={200: told("The words.", TranscriptAnswer)})
def get_transcript(journal: MyJournal, entry_id: Key) -> JSONResponse:
    """What was said in a memo, unlocked; it is in no other answer."""
    with journal.reading() as owned:
        find_present(owned, entry_id)
    return JSONResponse({"transcript": json.loads(journal.transcript(entry_id))})


@router.put("/{entry_id}/transcript", status_code=204, responses={204: told("They are kept.")})
def put_transcript(
    journal: MyJournal, entry_id: Key, words: TranscriptText | TranscriptLines
) -> Response:
    """Keep what was said beside its entry, sealed; words that were kept before are replaced."""
    with journal.writing() as owned:
        find_present(owned, entry_id)
        check_times(words)
        keep_transcript(owned, entry_id, compact(words.model_dump()), journal.master_key())
    return Response(status_code=204)


def check_times(words: TranscriptText | TranscriptLines) -> None:
    """Refuse a line that ends before it begins."""
    lines = words.segments if isinstance(words, TranscriptLines) else []
    for place, line in enumerate(lines):
        if line.end < line.start:
            where = ("body", "segments", place, "end")
            raise Problem("invalid", more={"errors": [wrong("end_before_start", where)]})


@router.delete("/{entry_id}/transcript", status_code=204, responses={204: told("They are gone.")})
def erase(journal: MyJournal, entry_id: Key) -> Response:
    """Erase the words for good, and nothing else of the entry; without any, nothing happens."""
    with journal.writing() as owned:
        find_present(owned, entry_id)
        erased = erase_transcript(owned, entry_id)
    if erased:
        forget_pages(journal)
    return Response(status_code=204)
