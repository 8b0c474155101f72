"""Your tags, those most used first."""

from typing import Annotated

from fastapi import Query
from fastapi.responses import JSONResponse

from sottovoce.journal.finding import count_tags
from sottovoce.server.answers import told
from sottovoce.server.routes.guarded import MyJournal, guarded_router
from sottovoce.server.schemas.entries import TagsAnswer

MOST_TAGS = 50

router = guarded_router("entries", "/v1/tags")


@router.get("", responses={200: told("Some of them.", TagsAnswer)})
def list_tags(
    journal: MyJournal,
    part: Annotated[str, Query(max_length=64, description="What they hold.")] = "",
) -> JSONResponse:
    """At most 50 tags that hold some letters, those most used first, and how many there are."""
    with journal.reading() as owned:
        counted = count_tags(owned)
    wanted = part.casefold()
    found = sorted(
        ((-n, tag) for tag, n in counted.items() if wanted in tag.casefold()),
    )
    tags = [{"tag": tag, "n_entries": -n} for n, tag in found[:MOST_TAGS]]
    return JSONResponse({"tags": tags, "n_tags": len(found)})
