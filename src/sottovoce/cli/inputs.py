"""What a person names on the command line becomes the files to analyse."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from sottovoce.analysis.batch import STANDARD_INPUT, Trouble
from sottovoce.errors import InputError, NoPermissionError

AUDIO_SUFFIXES = frozenset(
    ".3gp .3g2 .aac .aif .aifc .aiff .amr .au .caf .flac .m4a .m4b .mka .mkv .mov .mp3 .mp4 .oga "
    ".ogg .opus .snd .w64 .wav .webm .wma".split()
)


class NoAudioFilesError(InputError):
    """The folder holds no file that looks like audio."""

    type = "no_audio_files"


def expand(names: Iterable[str]) -> Iterator[Path | Trouble]:
    """Files as named; folders as the audio files anywhere in them, in sorted order.

    A file that is named is tried whatever its suffix; in a folder the suffix decides.
    """
    for name in names:
        path = Path(name)
        if name != STANDARD_INPUT and path.is_dir():
            yield from _audio_files(path)
        else:
            yield path


def _audio_files(folder: Path) -> Iterator[Path | Trouble]:
    refused: list[OSError] = []
    found = sorted(
        Path(parent, file)
        for parent, _, files in os.walk(folder, onerror=refused.append)
        for file in files
        if is_audio_name(file)
    )
    yield from found
    for trouble in refused:
        yield Trouble(
            str(trouble.filename),
            NoPermissionError(f"the folder '{trouble.filename}' may not be read; check its rights"),
        )
    if not found and not refused:
        yield Trouble(str(folder), NoAudioFilesError(f"there is no audio file in '{folder}'"))


def is_audio_name(name: str) -> bool:
    """Whether a file in a folder looks like audio; hidden files do not.

    >>> is_audio_name("Memo.M4A"), is_audio_name("._memo.m4a"), is_audio_name("notes.txt")
    (True, False, False)
    """
    return not name.startswith(".") and Path(name).suffix.lower() in AUDIO_SUFFIXES
