"""The dashboard: a page, and the hashed files it is made of, as the wheel's build left them."""

from collections.abc import Callable
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
PNG = "image/png"
ROOT_FILES = {
    "icon.svg": "image/svg+xml",
    "icon-192.png": PNG,
    "icon-512.png": PNG,
    "icon-maskable-512.png": PNG,
    "icon-touch-180.png": PNG,
    "manifest.webmanifest": "application/manifest+json",
    "sw.js": "text/javascript",
}
"""What browsers look for under one name: marks, what makes the page installable, its worker."""

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


def root_file(name: str, kind: str) -> Callable[[], Response]:
    """What answers with one file whose name always stays the same."""

    def found() -> Response:
        return answer(FOLDER / name, AGAIN, kind)

    return found


for name, kind in ROOT_FILES.items():
    router.add_api_route(f"/{name}", root_file(name, kind), methods=["GET", "HEAD"])


def answer(file: File, kept: str, kind: str | None = None) -> Response:
    """A file, and how long a browser may keep it.

    Raises
    ------
    Problem
        ``not_found``.
    """
    if not file.is_file():
        raise Problem("not_found")
    return FileResponse(file, headers={"Cache-Control": kept}, media_type=kind)
