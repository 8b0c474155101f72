"""Everything a person has: out in one zip, and in again."""

from collections.abc import AsyncIterator, Iterator
from tempfile import TemporaryFile
from typing import IO, Annotated

from fastapi import Query, Request
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool

from sottovoce.journal.archive import export_pieces
from sottovoce.journal.unpack import import_journal
from sottovoce.server.answers import told
from sottovoce.server.problems import Problem
from sottovoce.server.routes.guarded import InHouse, MyJournal, guarded_router
from sottovoce.server.schemas.service import ImportedAnswer

ZIP = "application/zip"
ZIP_BODY = {"schema": {"type": "string", "contentMediaType": ZIP}}
FILE_NAME = "sottovoce-journal.zip"

router = guarded_router("export and import", "/v1")


@router.get(
    "/export",
    response_class=StreamingResponse,
    responses={200: told("The zip.", content={ZIP: ZIP_BODY})},
)
def export(
    journal: MyJournal,
    audio: Annotated[bool, Query(description="With kept audio and transcripts, unlocked.")] = True,
) -> StreamingResponse:
    """Everything you have in one zip, as `sottovoce journal export` writes it."""
    named = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return StreamingResponse(
        begun(export_pieces(journal, audio=audio)), headers=named, media_type=ZIP
    )


def begun(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, the first of them made already: what fails at once is a problem yet."""
    first = next(pieces)

    def rest() -> Iterator[bytes]:
        yield first
        yield from pieces

    return rest()


@router.post(
    "/import",
    responses={200: told("What came in.", ImportedAnswer)},
    openapi_extra={"requestBody": {"required": True, "content": {ZIP: ZIP_BODY}}},
)
async def bring_in(request: Request, house: InHouse, journal: MyJournal) -> JSONResponse:
    """Add everything from an export; what is there already stays as it is."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != ZIP:
        raise Problem("unsupported_media_type")
    with TemporaryFile(dir=house.settings.person.home) as nameless:
        await pour(request.stream(), nameless)
        found = await run_in_threadpool(import_journal, journal, nameless)
    return JSONResponse({"added": found.added, "already_there": found.already_there})


async def pour(pieces: AsyncIterator[bytes], target: IO[bytes]) -> None:
    """Write a body into a file, piece by piece."""
    async for piece in pieces:
        await run_in_threadpool(target.write, piece)
    target.seek(0)
