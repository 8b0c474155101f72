"""What one side packs the other unpacks, whole."""

import socket

import pytest

from sottovoce.audio.protocol import (
    HEADER,
    Ending,
    Kind,
    TrackInfo,
    WorkerError,
    pack,
    send,
    unpack,
)


@pytest.mark.parametrize("message", [TrackInfo("aac", 44_100, 2, ""), Ending(3)])
def test_messages_survive_the_way(message: TrackInfo | Ending) -> None:
    assert unpack(type(message), pack(message)) == message


def test_troubles_survive_the_way() -> None:
    told = unpack(WorkerError, pack(WorkerError("corrupt", "cannot be decoded", "EOFError()")))
    assert (told.type, told.phrase, str(told)) == ("corrupt", "cannot be decoded", "EOFError()")


def test_a_frame_is_kind_length_and_payload() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        send(ours, Kind.BLOCK, b"sound")
        frame = theirs.recv(64)
    assert HEADER.unpack(frame[: HEADER.size]) == (b"b", 5)
    assert frame[HEADER.size :] == b"sound"
