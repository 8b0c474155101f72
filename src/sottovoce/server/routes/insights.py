"""What the journal tells over weeks."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import JSONResponse

from sottovoce.alerting.kept import read_choices
from sottovoce.insights.wire import report_to_wire
from sottovoce.journal.store import Journal
from sottovoce.looking import journal_report, local_day
from sottovoce.server.answers import told
from sottovoce.server.routes.guarded import InHouse, MyJournal, Whose, guarded_router
from sottovoce.server.schemas.insights import Measure, PatternsAnswer, TrendsAnswer, Weeks

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


def told_of(journal: Journal, measure: str, weeks: int, day_start_h: int) -> dict[str, Any]:
    """The report on a measure as JSON values."""
    today = local_day(datetime.now().astimezone(), day_start_h)
    return report_to_wire(journal_report(journal, measure, today, weeks, day_start_h))
