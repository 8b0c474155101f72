"""The dashboard: a page, and the hashed files it is made of, as the wheel's build left them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path as File
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import PlainTextResponse, Response

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


@dataclass(frozen=True, slots=True)
class Headed:
    """What is said of a file: how long a browser may keep it, and its media type."""

    kept: str
    kind: str


router = APIRouter(include_in_schema=False)

Name = Annotated[str, Path(pattern=PLAIN_NAME)]


@router.api_route("/", methods=["GET", "HEAD"])
async def page(request: Request) -> Response:
    """The page; without a build, how to make one."""
    file = FOLDER / "index.html"
    if not file.is_file():
        return PlainTextResponse(NOT_BUILT, 503)
    return answer(request, file, Headed("no-store", "text/html"))


@router.api_route("/assets/{name}", methods=["GET", "HEAD"])
async def asset(request: Request, name: Name) -> Response:
    """A file whose name changes with its content."""
    kind = guess_type(name)[0] or "application/octet-stream"
    return answer(request, FOLDER / "assets" / name, Headed(FOR_EVER, kind))


def root_file(name: str, kind: str) -> Callable[[Request], Awaitable[Response]]:
    """What answers with one file whose name always stays the same."""

    async def found(request: Request) -> Response:
        return answer(request, FOLDER / name, Headed(AGAIN, kind))

    return found


for name, kind in ROOT_FILES.items():
    router.add_api_route(f"/{name}", root_file(name, kind), methods=["GET", "HEAD"])


def answer(request: Request, file: File, headed: Headed) -> Response:
    """A file, packed where there is a packed copy and the browser takes one.

    It is read on the spot: a thread for so little would wait behind those that compute.

    Raises
    ------
    Problem
        ``not_found``.
    """
    if not file.is_file():
        raise Problem("not_found")
    packed = file.with_name(f"{file.name}.gz")
    headers = {"Cache-Control": headed.kept, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", "") and packed.is_file():
        headers["Content-Encoding"] = "gzip"
        file = packed
    return Response(file.read_bytes(), headers=headers, media_type=headed.kind)
