"""The decoder's process holds no more than it needs, and survives whatever is in a file."""

import errno
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sottovoce.audio.decode import Decoder
from sottovoce.audio.protocol import WorkerError
from sottovoce.audio.worker import refusal, rehearse
from sottovoce.errors import InputError

Wav = Callable[..., bytes]

MINUTE = bytes(2 * 16_000 * 60)  # more than the socket holds: the child is amid its answer
MUTABLE = [
    ("wav", "adpcm_ima_wav"),
    ("flac", "flac"),
    ("mp3", "libmp3lame"),
    ("ipod", "aac"),
    ("ogg", "flac"),
    ("matroska", "flac"),
    ("caf", "pcm_s16le"),
    ("aiff", "pcm_s16be"),
]


def limits_of(pid: int) -> dict[str, str]:
    """What Linux says of a process's limits: name to hard limit."""
    table = Path(f"/proc/{pid}/limits")
    if not table.is_file():
        pytest.skip("only Linux tells the limits of a process")
    rows = [line[:26].strip() for line in table.read_text().splitlines()[1:]]
    hard = [line[47:68].strip() for line in table.read_text().splitlines()[1:]]
    return dict(zip(rows, hard, strict=True))


def test_the_decoder_can_open_write_and_start_nothing(wav: Wav) -> None:
    with Decoder() as decoder, decoder.stream(wav(MINUTE)):
        limits = limits_of(decoder.pid)
        held = list(Path(f"/proc/{decoder.pid}/fd").iterdir())
    assert limits["Max open files"] == str(len(held))
    assert limits["Max file size"] == limits["Max core file size"] == "0"
    assert limits["Max processes"] == "0"
    assert limits["Max address space"] == str(512 << 20)


def test_the_decoder_ends_with_its_parent() -> None:
    """The parent's end of the socket closes when the parent dies, however it dies."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-m", "sottovoce.audio.worker", str(512 << 20)]
    with theirs:
        worker = subprocess.Popen(command, stdin=theirs.fileno())
    ours.close()
    assert worker.wait(timeout=60) == 0


def test_the_rehearsal_passes() -> None:
    rehearse()


@pytest.mark.parametrize(
    ("error", "type"),
    [
        (WorkerError("no_audio", "holds no sound track"), "no_audio"),
        (MemoryError(), "decoder_limit"),
        (av.MemoryError(errno.ENOMEM, "Cannot allocate memory"), "decoder_limit"),
        (av.InvalidDataError(1, "Invalid data found"), "corrupt"),
        (av.OSError(errno.EIO, "Input/output error"), "corrupt"),
        (OSError(errno.EINVAL, "Invalid argument"), "corrupt"),
        (OSError(errno.EIO, "Input/output error"), "unreadable"),
    ],
)
def test_each_failure_has_its_type(error: Exception, type: str) -> None:
    assert refusal(error).type == type


@pytest.mark.parametrize(("muxer", "codec"), MUTABLE)
@settings(max_examples=25, deadline=None)
@given(changes=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), max_size=6))
def test_a_changed_file_is_heard_or_refused(
    decoder: Decoder,
    encode: Callable[..., bytes],
    muxer: str,
    codec: str,
    changes: list[tuple[float, bytes]],
) -> None:
    """Sound inside the promised range, or one of our sentences, and nothing else."""
    encoded = bytearray(encode(np.linspace(-0.5, 0.5, 4_000), 16_000, muxer, codec))
    for place, content in changes:
        start = round(place * (len(encoded) - len(content)))
        encoded[start : start + len(content)] = content
    with suppress(InputError):
        samples = decoder.decode(bytes(encoded)).samples
        assert samples.dtype == np.float32
        assert ((samples >= -1) & (samples < 1)).all()
