"""From the decoder's frames to 16 kHz mono: FFmpeg's resampler, told exactly what to do.

Only the decoder's process imports this module. Channels are averaged with equal weights (FFmpeg's
own stereo to mono adds 3 dB, and weighs surround channels by their place). The anti-aliasing filter
is twice as long as FFmpeg's default, whose stopband begins too late: at 8.4 kHz the default leaves
-22 dB of a tone as an alias at 7.6 kHz, this one -65 dB.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain, groupby
from typing import cast

import av
from av.audio.frame import AudioFrame
from av.filter import Graph

from sottovoce.audio.protocol import BLOCK_BYTES, SAMPLE_BYTES, WorkerError

TARGET_RATE_HZ = 16_000
RESAMPLER = f"{TARGET_RATE_HZ}:filter_size=64"
MAX_CHANNELS = 32
MIN_RATE_HZ, MAX_RATE_HZ = 2_000, 768_000

_Shape = tuple[str, str, int]


def blocks_of_mono(frames: Iterable[AudioFrame]) -> Iterator[bytes]:
    """Decoded frames as 16 kHz mono float32 in blocks of one second, the last one shorter.

    A track may change its rate or its channels midway (chained Ogg, broadcast AAC): each run of
    equal frames has its own resampler, flushed at its end, so no sample is lost between them.
    """
    pending = bytearray()
    for chunk in chain.from_iterable(_converted(run) for _, run in groupby(frames, key=_shape)):
        pending += chunk
        while len(pending) >= BLOCK_BYTES:
            yield bytes(pending[:BLOCK_BYTES])
            del pending[:BLOCK_BYTES]
    if pending:
        yield bytes(pending)


def _shape(frame: AudioFrame) -> _Shape:
    return frame.format.name, frame.layout.name, frame.sample_rate


def _converted(run: Iterator[AudioFrame]) -> Iterator[bytes]:
    first = next(run)
    graph = _graph(first)
    for frame in chain([first], run):
        frame.pts = None
        graph.push(frame)
        yield from _ready(graph)
    graph.push(None)
    yield from _ready(graph)


def _graph(frame: AudioFrame) -> Graph:
    channels, rate_hz = _checked(frame)
    graph = Graph()
    graph.threads = 1
    source = graph.add_abuffer(
        sample_rate=rate_hz,
        format=frame.format,
        layout=frame.layout,
        time_base=Fraction(1, rate_hz),
    )
    average = "+".join(f"{1 / channels!r}*c{channel}" for channel in range(channels))
    steps = [
        ("aformat", "sample_fmts=fltp"),
        ("pan", f"mono|c0={average}"),
        ("aresample", RESAMPLER),
        ("aformat", "sample_fmts=flt"),
        ("abuffersink", None),
    ]
    graph.link_nodes(source, *(graph.add(name, args) for name, args in steps)).configure()
    return graph


def _checked(frame: AudioFrame) -> tuple[int, int]:
    channels, rate_hz = frame.layout.nb_channels, frame.sample_rate
    if channels > MAX_CHANNELS:
        phrase = f"has {channels} channels, and at most {MAX_CHANNELS} are read; mix it down"
        raise WorkerError("unsupported_format", phrase)
    if not MIN_RATE_HZ <= rate_hz <= MAX_RATE_HZ:
        span = f"{MIN_RATE_HZ} to {MAX_RATE_HZ} Hz"
        phrase = f"has a sample rate of {rate_hz} Hz, and {span} are read; export it at 16000 Hz"
        raise WorkerError("unsupported_format", phrase)
    return channels, rate_hz


def _ready(graph: Graph) -> Iterator[bytes]:
    while True:
        try:
            frame = cast(AudioFrame, graph.pull())
        except (av.BlockingIOError, av.EOFError):
            return
        yield bytes(memoryview(frame.planes[0])[: frame.samples * SAMPLE_BYTES])
