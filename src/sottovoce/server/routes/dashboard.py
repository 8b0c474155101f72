"""The dashboard: a page, and the hashed files it is made of, as the wheel's build left them."""

from pathlib import Path as File
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import FileResponse, PlainTextResponse, Response

import sottovoce.server
from sottovoce.server.problems import Problem

FOLDER = File(sottovoce.server.__file__).parent / "web"
PLAIN_NAME = r"^[A-Za-z0-9_-][A-Za-z0-9._-]*$"
FOR_EVER = "public, max-age=31536000, immutable"
AGAIN = "no-cache"
NOT_BUILT = (
    "The API is here, but the dashboard was not built: install with `pip install .` from the "
    "sources, with the npm registry in reach and without SOTTOVOCE_NO_WEB.\n"
)

router = APIRouter(include_in_schema=False)

Name = Annotated[str, Path(pattern=PLAIN_NAME)]


@router.api_route("/", methods=["GET", "HEAD"])
def page() -> Response:
    """The page; without a build, how to make one."""
    file = FOLDER / "index.html"
    return FileResponse(file) if file.is_file() else PlainTextResponse(NOT_BUILT, 503)


@router.api_route("/assets/{name}", methods=["GET", "HEAD"])
def asset(name: Name) -> Response:
    """A file whose name changes with its content."""
    return answer(FOLDER / "assets" / name, FOR_EVER)


@router.api_route("/icon.svg", methods=["GET", "HEAD"])
def icon() -> Response:
    """The mark, in the browser's tab."""
    return answer(FOLDER / "icon.svg", AGAIN)


def answer(file: File, kept: str) -> Response:
    """A file, and how long a browser may keep it.

    Raises
    ------
    Problem
        ``not_found``.
    """
    if not file.is_file():
        raise Problem("not_found")
    return FileResponse(file, headers={"Cache-Control": kept})
