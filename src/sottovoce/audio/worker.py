"""The decoder's process: takes one open file after another and answers with blocks of sound.

Run by :mod:`sottovoce.audio.child` as ``python -m sottovoce.audio.worker MEMORY_BYTES``, with the
socket as its standard input. FFmpeg parses untrusted bytes here, so the process gives up what it
does not need: it has no free descriptor while it decodes (it can open no file and no socket), it
can write no file, start no process, and use only so much memory and processor time.
"""

import errno
import os
import resource
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import chain

import av

from sottovoce.audio.convert import blocks_of_mono
from sottovoce.audio.protocol import (
    MAX_DEMUXER_BYTES,
    Ending,
    Kind,
    TrackInfo,
    WorkerError,
    pack,
    send,
)
from sottovoce.audio.track import DAMAGED, Track, open_track

CPU_SECONDS_PER_BLOCK = 60
MAX_TIME_CHARACTERS = 40


def main() -> None:
    """Serve files until the parent closes its end."""
    rehearse()
    confine(int(sys.argv[1]))
    with socket.socket(fileno=sys.stdin.fileno()) as channel:
        while serve(channel):
            pass


def rehearse() -> None:
    """Decode ten milliseconds of silence: what the library loads late needs a free descriptor."""
    silence = bytes(2 * 80)
    shape = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 8_000, 16_000, 2, 16)
    data = struct.pack("<4sI", b"data", len(silence)) + silence
    riff = struct.pack("<4sI4s", b"RIFF", 4 + len(shape) + len(data), b"WAVE")
    with open_track(BytesIO(riff + shape + data), "wav") as track:
        list(tell(track))


def confine(memory_bytes: int) -> None:
    """Give up what a decoder does not need, for good.

    The limit on address space is the one that holds for every allocation (measured on Linux 6;
    macOS accepts and ignores it). One descriptor stays free: the one the next file arrives in.
    """
    free = os.dup(0)
    os.close(free)
    for kind, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, free + 1),
    ):
        with suppress(ValueError):  # a limit the system does not know, or one already stricter
            resource.setrlimit(kind, (most, most))


def serve(channel: socket.socket) -> bool:
    """Answer one request; False when there are no more."""
    request, descriptors, _, _ = socket.recv_fds(channel, MAX_DEMUXER_BYTES, 1)
    if not request:
        return False
    renew_cpu_time()
    for kind, payload in answer(descriptors[0], request.decode()):
        send(channel, kind, payload)
        renew_cpu_time()
    return True


def renew_cpu_time() -> None:
    """Let the next block take its share of processor time, and no more, even if the parent died."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent_s = int(usage.ru_utime + usage.ru_stime)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (spent_s + CPU_SECONDS_PER_BLOCK, hard))


def answer(descriptor: int, demuxer: str) -> Iterator[tuple[Kind, bytes]]:
    """The frames that tell one file, ending with ``END`` or ``TROUBLE``."""
    try:
        with os.fdopen(descriptor, "rb", buffering=0) as file, open_track(file, demuxer) as track:
            yield from tell(track)
    except (WorkerError, MemoryError, av.FFmpegError, OSError) as error:
        yield Kind.TROUBLE, pack(refusal(error))


def refusal(error: Exception) -> WorkerError:
    """What a failure means for the person whose file it was."""
    if isinstance(error, WorkerError):
        return error
    if isinstance(error, MemoryError):
        phrase = "needs more memory to decode than a recording may; export it as wav or flac"
        return WorkerError("decoder_limit", phrase, repr(error))
    misled = isinstance(error, av.FFmpegError) or getattr(error, "errno", None) == errno.EINVAL
    if isinstance(error, OSError) and not misled:
        return WorkerError("unreadable", f"cannot be read: {error.strerror}", repr(error))
    return WorkerError("corrupt", DAMAGED, repr(error))


def tell(track: Track) -> Iterator[tuple[Kind, bytes]]:
    """What a track is, then its sound, then how it ended."""
    frames = track.frames()
    first = next(frames, None)
    if first is None:
        raise _silent(track)
    created = track.creation_time[:MAX_TIME_CHARACTERS]
    channels = first.layout.nb_channels
    yield Kind.INFO, pack(TrackInfo(track.codec, first.sample_rate, channels, created))
    for block in blocks_of_mono(chain([first], frames)):
        yield Kind.BLOCK, block
    if track.mostly_damaged:
        raise WorkerError("corrupt", DAMAGED, f"{track.damaged_packets} damaged packets")
    yield Kind.END, pack(Ending(track.damaged_packets))


def _silent(track: Track) -> WorkerError:
    if track.damaged_packets:
        return WorkerError("corrupt", DAMAGED, f"{track.damaged_packets} damaged packets")
    return WorkerError("no_audio", "holds a sound track without any sound; record it again")


if __name__ == "__main__":
    main()
