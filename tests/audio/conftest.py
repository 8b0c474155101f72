"""Sounds in files: what a phone, a browser or a recorder would write, made with FFmpeg."""

import struct
from collections.abc import Callable, Iterator
from fractions import Fraction
from io import BytesIO

import av
import numpy as np
import numpy.typing as npt
import pytest

from sottovoce.audio.decode import Decoder

Sound = npt.NDArray[np.float64]

WAVE_PCM = 1


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    """One long-lived decoder, as for a folder."""
    with Decoder() as running:
        yield running


@pytest.fixture(scope="session")
def chirp() -> Callable[[int], Sound]:
    """Two seconds rising from 200 to 3000 Hz, fading in and out, at a rate."""

    def make(rate_hz: int) -> Sound:
        time_s = np.arange(2 * rate_hz) / rate_hz
        phase = 2 * np.pi * (200.0 * time_s + 700.0 * time_s**2)
        return 0.5 * np.sin(np.pi * time_s / 2.0) * np.sin(phase)

    return make


@pytest.fixture(scope="session")
def encode() -> Callable[..., bytes]:
    """The file that a muxer and a codec make of channels [channels, samples] in [-1, 1)."""

    def make(
        sound: Sound,
        rate_hz: int,
        muxer: str,
        codec: str,
        *,
        video: bool = False,
        created: str = "",
        **options: str,
    ) -> bytes:
        channels = np.atleast_2d(sound)
        file = BytesIO()
        with av.open(file, "w", format=muxer) as container:
            if created:
                container.metadata["creation_time"] = created
            pictures = (
                container.add_stream("mpeg4", rate=25, width=64, height=48) if video else None
            )
            layout = "mono" if len(channels) == 1 else "stereo"
            options = {"strict": "experimental", **options}
            stream = container.add_stream(codec, rate=rate_hz, layout=layout, options=options)
            container.start_encoding()
            if pictures:
                _add_pictures(container, pictures)
            for frame in _frames(channels, rate_hz, stream.codec_context):
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return file.getvalue()

    return make


def _frames(channels: Sound, rate_hz: int, codec: av.AudioCodecContext) -> Iterator[av.AudioFrame]:
    layout = codec.layout.name
    frame_size = codec.frame_size or 1024
    resampler = av.AudioResampler(codec.format.name, layout, rate_hz, frame_size=frame_size)
    planes = np.ascontiguousarray(channels, dtype=np.float64)
    whole = av.AudioFrame.from_ndarray(planes, format="dblp", layout=layout)
    whole.sample_rate, whole.time_base, whole.pts = rate_hz, Fraction(1, rate_hz), 0
    yield from resampler.resample(whole)
    yield from resampler.resample(None)


def _add_pictures(container: av.container.OutputContainer, stream: av.VideoStream) -> None:
    for index in range(50):
        frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 5 * index, np.uint8))
        frame.pts, frame.time_base = index, Fraction(1, 25)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


@pytest.fixture(scope="session")
def silent_film() -> bytes:
    """An mp4 with pictures and no sound track."""
    file = BytesIO()
    with av.open(file, "w", format="mp4") as container:
        _add_pictures(container, container.add_stream("mpeg4", rate=25, width=64, height=48))
    return file.getvalue()


@pytest.fixture(scope="session")
def wav() -> Callable[..., bytes]:
    """A wav file around raw sample data; its header may lie about how much there is."""

    def make(
        data: bytes,
        *,
        rate_hz: int = 16_000,
        channels: int = 1,
        bits: int = 16,
        tag: int = WAVE_PCM,
        extension: bytes = b"",
        claimed_bytes: int | None = None,
    ) -> bytes:
        claimed = len(data) if claimed_bytes is None else claimed_bytes
        frame = channels * bits // 8
        shape = struct.pack("<HHIIHH", tag, channels, rate_hz, rate_hz * frame, frame, bits)
        shape += extension
        chunks = b"WAVEfmt " + struct.pack("<I", len(shape)) + shape
        chunks += b"data" + struct.pack("<I", claimed)
        size = min(len(chunks) + claimed, 0xFFFFFFFF)
        return b"RIFF" + struct.pack("<I", size) + chunks + data

    return make
