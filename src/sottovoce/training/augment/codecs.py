"""Telephones and messengers: a sound encoded and decoded again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import cast

import av

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.training.augment.frames import audio_frame, fitted, joined


@dataclass(frozen=True, slots=True)
class Codec:
    """An encoder of FFmpeg, the container that holds its stream and the rate it works at."""

    encoder: str
    container: str
    rate_hz: int
    sample_format: str


CODECS: Mapping[str, Codec] = {
    "opus": Codec("libopus", "ogg", 16_000, "flt"),
    "mp3": Codec("libmp3lame", "mp3", 16_000, "fltp"),
    "amr": Codec("libopencore_amrnb", "amr", 8_000, "s16"),
}


def through_codec(samples: FloatArray, name: str, bits_per_s: int) -> FloatArray:
    """Encode and decode a sound.

    Parameters
    ----------
    samples
        The clip.
    name
        One of :data:`CODECS`. AMR is narrow-band telephony: what lies above 4 kHz is lost.
    bits_per_s
        Bit rate, for instance 16,000 for Opus, 12,200 for AMR.

    Returns
    -------
    FloatArray
        As long as before and in its place, but for the 5 ms by which AMR looks ahead.
    """
    codec = CODECS[name]
    return fitted(_decoded(_encoded(samples, codec, bits_per_s)), len(samples))


def _encoded(samples: FloatArray, codec: Codec, bits_per_s: int) -> BytesIO:
    sound = BytesIO()
    with av.open(sound, "w", format=codec.container) as container:
        stream = cast(av.AudioStream, container.add_stream(codec.encoder, rate=codec.rate_hz))
        stream.bit_rate = bits_per_s
        stream.layout = "mono"
        stream.format = codec.sample_format
        for frame in _resampled([audio_frame(samples)], codec.sample_format, codec.rate_hz):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    sound.seek(0)
    return sound


def _decoded(sound: BytesIO) -> FloatArray:
    with av.open(sound, "r") as container:
        return joined(_resampled(container.decode(audio=0), "flt", SAMPLE_RATE_HZ))


def _resampled(
    frames: Iterable[av.AudioFrame], sample_format: str, rate_hz: int
) -> Iterator[av.AudioFrame]:
    resampler = av.AudioResampler(format=sample_format, layout="mono", rate=rate_hz)
    for frame in frames:
        yield from resampler.resample(frame)
    yield from resampler.resample(None)
