"""What the journal tells over weeks."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import JSONResponse

from sottovoce.alerting.kept import read_choices
from sottovoce.insights.days import local_day as day_of_moment
from sottovoce.insights.wire import report_to_wire, usual_to_wire
from sottovoce.journal.finding import find_present
from sottovoce.journal.store import Journal
from sottovoce.looking import journal_report, local_day, usuals_before
from sottovoce.server.answers import told
from sottovoce.server.routes.entries import Key
from sottovoce.server.routes.guarded import InHouse, MyJournal, Whose, guarded_router
from sottovoce.server.schemas.insights import (
    Measure,
    PatternsAnswer,
    TrendsAnswer,
    UsualsAnswer,
    Weeks,
)

router = guarded_router("insights", "/v1")

WhichMeasure = Annotated[
    Measure, Query(description="An index, an emotion, or a biomarker with its unit.")
]
HowFar = Annotated[Weeks, Query(description="How many weeks to look back.")]


@router.get("/trends", responses={200: told("What it tells.", TrendsAnswer)})
def trends(
    house: InHouse,
    whose: Whose,
    journal: MyJournal,
    measure: WhichMeasure = "stress",
    weeks: HowFar = 12,
) -> JSONResponse:
    """Your usual, trend and change in one measure, each with its doubt, in figures and words."""
    return JSONResponse(
        told_of(journal, measure, weeks, read_choices(house.folder_of(whose)).day_start_h)
    )


@router.get("/patterns", responses={200: told("What it tells.", PatternsAnswer)})
def patterns(
    house: InHouse,
    whose: Whose,
    journal: MyJournal,
    measure: WhichMeasure = "stress",
    weeks: HowFar = 12,
) -> JSONResponse:
    """When of day and week, and with which tags, a measure differs."""
    table = told_of(journal, measure, weeks, read_choices(house.folder_of(whose)).day_start_h)
    return JSONResponse({name: table[name] for name in ("measure", "patterns", "tags")})


@router.get("/entries/{entry_id}/usual", responses={200: told("Your usual then.", UsualsAnswer)})
def usual(house: InHouse, whose: Whose, journal: MyJournal, entry_id: Key) -> JSONResponse:
    """What was usual for you in every measure in the 60 days before an entry."""
    day_start_h = read_choices(house.folder_of(whose)).day_start_h
    with journal.reading() as owned:
        day = day_of_moment(find_present(owned, entry_id).recorded_at, day_start_h)
    found = usuals_before(journal, day, day_start_h)
    table = {name: usual_to_wire(one) for name, one in found.items()}
    return JSONResponse({"day": day.isoformat(), "usual": table})


def told_of(journal: Journal, measure: str, weeks: int, day_start_h: int) -> dict[str, Any]:
    """The report on a measure as JSON values."""
    today = local_day(datetime.now().astimezone(), day_start_h)
    return report_to_wire(journal_report(journal, measure, today, weeks, day_start_h))
