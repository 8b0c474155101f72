"""Who asks, and how what is theirs is kept."""

from typing import Any

from fastapi.responses import JSONResponse

from sottovoce import __version__
from sottovoce.journal.sounds import kept_sounds
from sottovoce.journal.store import Journal
from sottovoce.journal.transcripts import kept_transcripts
from sottovoce.journal.wire import instant_to_wire
from sottovoce.server.answers import told
from sottovoce.server.routes.guarded import InHouse, MyJournal, Whose, guarded_router
from sottovoce.server.schemas.me import Me

router = guarded_router("me", "/v1/me")


@router.get("", responses={200: told("Who you are here.", Me)})
def me(house: InHouse, whose: Whose, journal: MyJournal) -> JSONResponse:
    """Who you are here, what the clock shows, and how your journal is kept."""
    return JSONResponse(
        {
            "name": whose.owner,
            "people": house.settings.people,
            "version": __version__,
            "now": instant_to_wire(journal.clock()),
            "keeping": keeping(journal),
        }
    )


def keeping(journal: Journal) -> dict[str, Any]:
    """How a journal is kept."""
    keyhole = journal.locksmith.keyhole if journal.locksmith else None
    with journal.reading() as owned:
        sounds, transcripts = len(kept_sounds(owned)), len(kept_transcripts(owned))
    return {
        "journal": lying(journal),
        "key": keyhole.source if keyhole else None,
        "sounds": sounds,
        "transcripts": transcripts,
    }


def lying(journal: Journal) -> str:
    """Where and how the rows lie."""
    if journal.place.file is None:
        return "server"
    return "plain" if journal.place.key is None else "encrypted"
