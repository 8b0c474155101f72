"""What a person says of themselves, beside what their voice gave."""

from fastapi.responses import JSONResponse

from sottovoce.journal import changing, finding
from sottovoce.journal.checkins import questionnaire, self_report
from sottovoce.journal.errors import NoEntryError
from sottovoce.journal.finding import find_present
from sottovoce.journal.owned import Owned
from sottovoce.journal.store import Journal
from sottovoce.journal.wire import questionnaire_to_wire
from sottovoce.server.answers import told
from sottovoce.server.routes.guarded import MyJournal, guarded_router
from sottovoce.server.schemas.checkins import (
    Checkin,
    Feeling,
    Gad7,
    Kept,
    Phq8,
    Questionnaires,
)

router = guarded_router("check-ins", "/v1/checkins")


@router.get("", responses={200: told("All of them.", Questionnaires)})
def list_checkins(journal: MyJournal) -> JSONResponse:
    """All questionnaires you filled in; how you felt stands with the entries."""
    found = map(questionnaire_to_wire, journal.questionnaires())
    return JSONResponse({"questionnaires": list(found)})


@router.post("", status_code=201, responses={201: told("It is kept.", Kept)})
def check_in(journal: MyJournal, checkin: Checkin) -> JSONResponse:
    """Say how you feel, or keep a filled questionnaire."""
    kept = feel(journal, checkin) if isinstance(checkin, Feeling) else fill(journal, checkin)
    return JSONResponse(kept, 201)


def feel(journal: Journal, said: Feeling) -> dict[str, object]:
    """Keep how the person feels with a memo."""
    with journal.writing() as owned:
        entry_id = find_present(owned, said.entry_id).id if said.entry_id else latest(owned)
        changing.report(owned, entry_id, self_report(said.valence, journal.clock()))
    return {"entry_id": entry_id, "valence": said.valence, "questionnaire": None}


def fill(journal: Journal, said: Phq8 | Gad7) -> dict[str, object]:
    """Keep a questionnaire, with a memo where one is named."""
    filled = questionnaire(said.form, said.answers, journal.clock())
    with journal.writing() as owned:
        entry_id = find_present(owned, said.entry_id).id if said.entry_id else None
        changing.put_questionnaires(owned, [filled], entry_id)
    told_back = questionnaire_to_wire(filled)
    return {"entry_id": entry_id, "valence": None, "questionnaire": told_back}


def latest(owned: Owned) -> str:
    """The newest memo.

    Raises
    ------
    NoEntryError
        There is none yet.
    """
    found = finding.find_latest(owned, 1)
    if not found:
        raise NoEntryError("there is no memo yet")
    return found[0].id
