"""One file's sound track, demuxed and decoded by FFmpeg; only the decoder's process imports this.

The file is one that is already open, its demuxer is named, and every list that FFmpeg keeps of what
it may open (protocols, formats, codecs) is narrowed: nothing in a file can make it read another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import BinaryIO, cast

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet

from sottovoce.audio.protocol import WorkerError

CODECS = frozenset(
    """
    aac ac3 adpcm_ima_qt adpcm_ima_wav adpcm_ms alac amrnb amrwb eac3 flac g722 gsm gsm_ms
    libopencore_amrnb libopencore_amrwb libopus mp2 mp2float mp3 mp3float opus
    pcm_alaw pcm_f32be pcm_f32le pcm_f64be pcm_f64le pcm_mulaw pcm_s16be pcm_s16le pcm_s24be
    pcm_s24le pcm_s32be pcm_s32le pcm_s8 pcm_u8 speex vorbis wmalossless wmapro wmav1 wmav2 wmavoice
    """.split()
)

MOST_DAMAGED_PACKETS = 10_000
"""So many more damaged packets than whole ones, and the rest is not tried."""

FORWARD_ONLY = frozenset({"wav"})
"""Demuxers that need no leaps, and search all that follows the sound, if they may leap there."""

DAMAGED = "cannot be decoded: it is damaged or incomplete; record or export it again"


class Track:
    """The sound track of an open container.

    ``damaged_packets`` counts what could not be read or decoded so far, and was left out.
    """

    def __init__(self, container: InputContainer) -> None:
        self._container = container
        self._stream = _sound(container)
        self.codec = self._stream.codec_context.codec.name
        self.creation_time = container.metadata.get("creation_time", "")
        self.damaged_packets = 0
        self._whole_packets = 0

    @property
    def mostly_damaged(self) -> bool:
        """Whether more packets were damaged than whole."""
        return self.damaged_packets > self._whole_packets

    def frames(self) -> Iterator[AudioFrame]:
        """The decoded frames; what is damaged is left out and counted.

        Raises
        ------
        WorkerError
            Nearly all is damaged.
        """
        for packet in self._packets():
            try:
                yield from packet.decode()
            except MemoryError:
                raise
            except av.FFmpegError as error:
                self.damaged_packets += 1
                if self.damaged_packets > self._whole_packets + MOST_DAMAGED_PACKETS:
                    raise WorkerError("corrupt", DAMAGED, repr(error)) from error
            else:
                self._whole_packets += packet.size > 0

    def _packets(self) -> "Iterator[Packet[AudioStream]]":
        try:
            yield from self._container.demux(self._stream)
        except MemoryError:
            raise
        except av.FFmpegError:
            self.damaged_packets += 1
            yield self._flush()

    def _flush(self) -> "Packet[AudioStream]":
        packet = Packet()
        packet.stream = self._stream
        return cast("Packet[AudioStream]", packet)


@contextmanager
def open_track(file: BinaryIO, demuxer: str) -> Iterator[Track]:
    """Open the sound track of an encoded file.

    Raises
    ------
    WorkerError
        It is damaged, holds no sound track, or one of a codec that is not read.
    """
    narrowed = {
        "codec_whitelist": ",".join(sorted(CODECS)),
        "format_whitelist": av.ContainerFormat(demuxer, "r").name,
        "protocol_whitelist": "none",
    }
    try:
        container = av.open(
            SimpleNamespace(read=file.read) if demuxer in FORWARD_ONLY else file,
            "r",
            format=demuxer,
            container_options=narrowed,
            metadata_errors="replace",
        )
    except MemoryError:
        raise
    except av.FFmpegError as error:
        raise WorkerError("corrupt", DAMAGED, repr(error)) from error
    with container:
        yield Track(container)


def _sound(container: InputContainer) -> AudioStream:
    stream = container.streams.best("audio")
    if not isinstance(stream, AudioStream):
        if container.streams.audio or not container.streams:
            raise WorkerError("corrupt", DAMAGED, "no sound could be recognised")
        raise WorkerError("no_audio", "holds no sound track; choose a recording with sound")
    codec = stream.codec_context.codec.name if stream.codec_context else "unknown or protected"
    if codec not in CODECS:
        advice = "which is not read; export it as wav, flac or m4a"
        raise WorkerError("unsupported_format", f"holds sound in the codec '{codec}', {advice}")
    stream.codec_context.thread_count = 1
    return stream
