"""The containers that Sottovoce reads, recognised by their first bytes, never by their name.

The decoder is told which demuxer to use and nothing is guessed after that, so a playlist, a cue
sheet or a session description with the name of a recording reaches no parser at all.
"""

import re
from dataclasses import dataclass

HEAD_BYTES = 64
"""How many of a file's first bytes :func:`recognise` needs."""

_ID3_HEADER_BYTES = 10


@dataclass(frozen=True, slots=True)
class Container:
    """A kind of file: its everyday ``name`` and the name of FFmpeg's ``demuxer`` for it."""

    name: str
    demuxer: str


_MP3 = Container("mp3", "mp3")

_SIGNATURES: tuple[tuple[bytes, Container], ...] = (
    (rb"(RIFF|RF64|BW64)....WAVE", Container("wav", "wav")),
    (rb"riff\x2e\x91\xcf\x11", Container("wave64", "w64")),
    (rb"fLaC", Container("flac", "flac")),
    (rb"OggS", Container("ogg", "ogg")),
    (rb"....(ftyp|moov|mdat|wide|free|skip)", Container("mp4", "mov")),
    (rb"\x1a\x45\xdf\xa3", Container("matroska", "matroska")),
    (rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Container("asf", "asf")),
    (rb"FORM....AIF[FC]", Container("aiff", "aiff")),
    (rb"caff", Container("caf", "caf")),
    (rb"#!AMR", Container("amr", "amr")),
    (rb"\.snd", Container("au", "au")),
    (rb"\xff[\xf0\xf1\xf8\xf9]", Container("adts", "aac")),
    # Frame sync of MPEG 1, 2 and 2.5, layers II and III (layer I begins like UTF-16 text).
    (rb"\xff[\xe2-\xe5\xf2-\xf5\xfa-\xfd]", _MP3),
)

_PATTERNS = tuple((re.compile(sign, re.DOTALL), container) for sign, container in _SIGNATURES)


def id3_tag_bytes(head: bytes) -> int:
    """Length of the ID3v2 tag at the start of a file in bytes; 0 when there is none.

    The size is written in four bytes of seven bits (ID3v2.4.0, section 3.1).

    >>> id3_tag_bytes(b"ID3" + bytes([4, 0, 0, 0, 0, 1, 2]))
    140
    """
    if not head.startswith(b"ID3") or len(head) < _ID3_HEADER_BYTES:
        return 0
    size = 0
    for byte in head[6:_ID3_HEADER_BYTES]:
        size = size << 7 | byte & 0x7F
    return _ID3_HEADER_BYTES + size


def recognise(head: bytes, *, tagged: bool = False) -> Container | None:
    """The container whose signature the first bytes carry, or None when it is none that is read.

    ``head`` holds the first :data:`HEAD_BYTES` of the file, or, when it opens with an ID3 tag
    (``tagged``), those behind the tag; a tag alone is taken for the beginning of an mp3.

    >>> recognise(b"RIFF....WAVEfmt ").name
    'wav'
    >>> recognise(b"#EXTM3U") is None
    True
    """
    for pattern, container in _PATTERNS:
        if pattern.match(head):
            return container
    return _MP3 if tagged else None
