"""Label files and transcripts as rows, whatever program saved them."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path

from sottovoce.training.errors import CorpusError

SEPARATORS = "\t,;|"
APPLE_DOUBLE = b"\x00\x05\x16\x07"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")

Row = Mapping[str, str]


def read_rows(file: Path, needed: Sequence[str] = ()) -> list[Row]:
    """The rows of a table with a header; columns by name in lower case, cells without edges.

    Comma, semicolon, tab and bar are known as separators, UTF-8, UTF-16 and Windows-1252 as
    encodings.

    Raises
    ------
    CorpusError
        It cannot be read, or lacks a needed column.
    """
    rows = read_cells(file)
    header = [name.lower() for name in rows[0]] if rows else []
    missing = [name for name in needed if name.lower() not in header]
    if missing:
        raise CorpusError(f"'{file}' has no column {' and no column '.join(missing)}")
    return [dict(zip(header, row, strict=False)) for row in rows[1:] if any(row)]


def read_cells(file: Path) -> list[list[str]]:
    """All rows as they stand, the first one too.

    Raises
    ------
    CorpusError
        It cannot be read as text.
    """
    text = read_text(file)
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    try:
        return [[cell.strip() for cell in row] for row in reader]
    except csv.Error as trouble:
        raise CorpusError(f"'{file}' cannot be read as a table: {trouble}") from trouble


def read_text(file: Path) -> str:
    """The text of a file in one of the known encodings.

    Raises
    ------
    CorpusError
        It cannot be opened, or is no text.
    """
    try:
        content = file.read_bytes()
    except OSError as trouble:
        raise CorpusError(f"'{file}' cannot be read: {trouble.strerror}") from trouble
    if content.startswith(APPLE_DOUBLE):
        raise CorpusError(f"'{file}' is a Mac's note about a file, not the file; unpack it again")
    encoding = "utf-16" if content.startswith(UTF_16) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise CorpusError(f"'{file}' is not a text file")
    return text


def number(cell: str, what: str, file: Path) -> float:
    """A number from a cell.

    >>> number("1,5", "start", Path("a.csv"))
    1.5

    Raises
    ------
    CorpusError
        It is none.
    """
    try:
        return float(cell.replace(",", "."))
    except ValueError as trouble:
        raise CorpusError(f"'{file}' has '{cell}' as {what}, which is no number") from trouble
