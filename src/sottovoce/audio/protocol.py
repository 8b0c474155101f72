"""What parent and decoder say to each other over a Unix socket pair.

The parent sends the name of a demuxer and, beside it, the descriptor of the open file. The decoder
answers with frames, each a kind, a length and a payload: ``INFO`` once, ``BLOCK`` for each block of
sound, then ``END``; or, at any place, ``TROUBLE``.
"""

import json
import socket
import struct
from dataclasses import asdict, dataclass
from enum import Enum
from typing import TypeVar

BLOCK_SAMPLES = 16_000  # one second at 16 kHz
SAMPLE_BYTES = 4  # float32 in the byte order of the machine
BLOCK_BYTES = BLOCK_SAMPLES * SAMPLE_BYTES
MAX_PAYLOAD_BYTES = BLOCK_BYTES
MAX_DEMUXER_BYTES = 64

HEADER = struct.Struct("<cI")


class Kind(Enum):
    """The first byte of a frame."""

    INFO = b"i"
    BLOCK = b"b"
    END = b"e"
    TROUBLE = b"t"


LAST_KINDS = frozenset({Kind.END, Kind.TROUBLE})


@dataclass(frozen=True, slots=True)
class TrackInfo:
    """What the decoder says about the sound track when its first frame is decoded."""

    codec: str
    source_rate_hz: int
    channels: int
    creation_time: str


@dataclass(frozen=True, slots=True)
class Ending:
    """What the decoder says when all is decoded."""

    damaged_packets: int


class WorkerError(Exception):
    """What went wrong inside the decoder, on its way to the parent.

    ``type`` is that of an error in :mod:`sottovoce.errors`; ``phrase`` follows the name of the
    file in the sentence a person reads; ``detail`` is what the decoding library said.
    """

    def __init__(self, type: str, phrase: str, detail: str = "") -> None:
        super().__init__(detail or phrase)
        self.type = type
        self.phrase = phrase
        self.detail = detail


Message = TypeVar("Message", TrackInfo, Ending, WorkerError)


def pack(message: TrackInfo | Ending | WorkerError) -> bytes:
    """A message as the payload of a frame.

    >>> pack(Ending(damaged_packets=2))
    b'{"damaged_packets": 2}'
    """
    fields = vars(message) if isinstance(message, WorkerError) else asdict(message)
    return json.dumps(fields).encode()


def unpack(noun: type[Message], payload: bytes | bytearray) -> Message:
    """The message that :func:`pack` made.

    >>> unpack(Ending, pack(Ending(damaged_packets=2)))
    Ending(damaged_packets=2)
    """
    return noun(**json.loads(payload))


def send(channel: socket.socket, kind: Kind, payload: bytes) -> None:
    """Send one frame, waiting while the other side has no room for it."""
    channel.sendall(HEADER.pack(kind.value, len(payload)) + payload)
