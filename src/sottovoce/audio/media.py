"""What a file of sound is called on the web, by its first bytes and never by its name.

>>> media_of(b"OggS")
Media(suffix='.ogg', media_type='audio/ogg')
>>> media_of(b"no sound")
Media(suffix='', media_type='application/octet-stream')
"""

from dataclasses import dataclass

from sottovoce.audio.containers import HEAD_BYTES, id3_tag_bytes, recognise


@dataclass(frozen=True, slots=True)
class Media:
    """The ending of a file's name, and its media type."""

    suffix: str
    media_type: str


UNKNOWN = Media("", "application/octet-stream")
BY_CONTAINER = {
    "wav": Media(".wav", "audio/wav"),
    "wave64": Media(".w64", "audio/x-w64"),
    "flac": Media(".flac", "audio/flac"),
    "ogg": Media(".ogg", "audio/ogg"),
    "mp4": Media(".m4a", "audio/mp4"),
    "matroska": Media(".webm", "audio/webm"),
    "asf": Media(".wma", "audio/x-ms-wma"),
    "aiff": Media(".aiff", "audio/aiff"),
    "caf": Media(".caf", "audio/x-caf"),
    "amr": Media(".amr", "audio/amr"),
    "au": Media(".au", "audio/basic"),
    "adts": Media(".aac", "audio/aac"),
    "mp3": Media(".mp3", "audio/mpeg"),
}
"""By the names of :mod:`sottovoce.audio.containers`."""


def media_of(head: bytes) -> Media:
    """The media of a file that begins so; where a long tag comes first, that of an mp3."""
    tag_bytes = id3_tag_bytes(head)
    behind = head[tag_bytes : tag_bytes + HEAD_BYTES]
    found = recognise(behind, tagged=tag_bytes > 0)
    return BY_CONTAINER.get(found.name, UNKNOWN) if found else UNKNOWN
