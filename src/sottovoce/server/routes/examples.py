"""Example weeks: in with one request, gone with one."""

from typing import Annotated

from fastapi import Query
from fastapi.responses import JSONResponse
from pydantic import AfterValidator

from sottovoce.journal.erase import erase_made_up
from sottovoce.journal.examples import add_examples
from sottovoce.journal.moments import machine_zone
from sottovoce.server.answers import told
from sottovoce.server.routes.guarded import MyJournal, guarded_router
from sottovoce.server.schemas.memos import known_zone
from sottovoce.server.schemas.service import ExamplesAnswer

router = guarded_router("entries", "/v1/examples")

Zone = Annotated[
    Annotated[str, AfterValidator(known_zone)] | None,
    Query(description="IANA time zone they were spoken in; else the machine's."),
]


@router.put("", responses={200: told("They are there.", ExamplesAnswer)})
def put_examples(journal: MyJournal, zone: Zone = None) -> JSONResponse:
    """Put ten made-up, marked weeks into the journal, unless they are there."""
    return JSONResponse({"added": add_examples(journal, zone or machine_zone()), "erased": 0})


@router.delete("", responses={200: told("They are gone.", ExamplesAnswer)})
def remove_examples(journal: MyJournal) -> JSONResponse:
    """Erase them, and nothing else."""
    return JSONResponse({"added": 0, "erased": erase_made_up(journal)})
