"""Forms with a memo in them, read into memory: no part of a memo is ever in a temporary file."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from sottovoce.server.problems import Problem
from sottovoce.server.settings import KIB

FORM = "multipart/form-data"
FILE = "file"
MOST_FIELDS = 8
LARGEST_FIELD_BYTES = 64 * KIB


@dataclass(frozen=True, slots=True)
class Upload:
    """A memo's bytes, and the fields that came with it."""

    sound: bytes
    fields: Mapping[str, str]


class InMemory(MultiPartParser):
    """A parser that never rolls a part over to disk; the body is bounded before it gets here."""

    spool_max_size = 1 << 40


async def read_upload(request: Request) -> Upload:
    """The memo in a form, under the name ``file``.

    Raises
    ------
    Problem
        ``unsupported_media_type``, ``bad_form``, ``no_file`` or ``too_large``.
    """
    content_type = request.headers.get("content-type", "")
    if content_type.partition(";")[0].strip().lower() != FORM:
        raise Problem("unsupported_media_type")
    parser = InMemory(
        request.headers,
        request.stream(),
        max_files=1,
        max_fields=MOST_FIELDS,
        max_part_size=LARGEST_FIELD_BYTES,
    )
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as torn:
        raise Problem("bad_form") from torn
    try:
        return await upload_of(form)
    finally:
        await form.close()


async def upload_of(form: FormData) -> Upload:
    """The memo and the fields of a form."""
    file = form.get(FILE)
    if not isinstance(file, UploadFile):
        raise Problem("no_file")
    fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    return Upload(await file.read(), fields)
