"""Files that are hard to hear, or no sound at all: what people and attackers send."""

import struct
from pathlib import Path

import av
import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.runtime import ASSETS

EVEN = ASSETS / "samples" / "even.ogg"


def pcm(path: Path, samples: np.ndarray, rate_hz: int, codec: str = "pcm_f32le") -> Path:
    """Float samples [channels, n] as a wav file."""
    layouts = {1: "mono", 8: "7.1"}
    with av.open(str(path), "w", format="wav") as out:
        layout = layouts[len(samples)]
        stream = out.add_stream(codec, rate=rate_hz, layout=layout)
        packed = np.ascontiguousarray(samples.T, np.float32).reshape(1, -1)
        whole = av.AudioFrame.from_ndarray(packed, "flt", layout)
        whole.sample_rate = rate_hz
        resampler = av.AudioResampler(stream.format, layout, rate_hz)
        for frame in [*resampler.resample(whole), *resampler.resample(None)]:
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def spoken(rate_hz: int, channels: int) -> np.ndarray:
    """The even sample, repeated on every channel."""
    with av.open(str(EVEN)) as sound:
        resampler = av.AudioResampler("fltp", "mono", rate_hz)
        frames = [f for frame in sound.decode(audio=0) for f in resampler.resample(frame)]
    mono = np.concatenate([frame.to_ndarray()[0] for frame in frames])
    return np.repeat(mono[None], channels, axis=0)


def no_number(path: Path) -> Path:
    """Speech with one sample that is no number."""
    sound = spoken(SAMPLE_RATE_HZ, 1)
    sound[0, 1000] = np.nan
    return pcm(path, sound, SAMPLE_RATE_HZ)


def noise(path: Path) -> Path:
    """Bytes at random."""
    path.write_bytes(np.random.default_rng(1).bytes(200_000))
    return path


def lying(path: Path) -> Path:
    """A wav whose header claims four gigabytes."""
    shape = struct.pack("<IHHIIHH", 16, 1, 1, 16000, 32000, 2, 16)
    path.write_bytes(
        b"RIFF" + struct.pack("<I", 0xFFFFFFF0) + b"WAVEfmt " + shape
        + b"data" + struct.pack("<I", 0xFFFFFF00) + b"\0\0" * 50
    )  # fmt: skip
    return path


def hour_of_silence(path: Path) -> Path:
    """A flac of a few hundred kilobytes that unfolds to an hour."""
    with av.open(str(path), "w", format="flac") as out:
        stream = out.add_stream("flac", rate=SAMPLE_RATE_HZ, layout="stereo")
        second = np.zeros((1, 2 * SAMPLE_RATE_HZ), np.int16)
        for _ in range(3600):
            frame = av.AudioFrame.from_ndarray(second, "s16", "stereo")
            frame.sample_rate = SAMPLE_RATE_HZ
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def wide(path: Path, duration_s: float = 5.0) -> Path:
    """Speech at 192 kHz on eight channels, 24 bits: 23 MB, as much as is taken over HTTP."""
    return pcm(path, spoken(192_000, 8)[:, : round(192_000 * duration_s)], 192_000, "pcm_s24le")


def moved(path: Path, offset: float = 0.2) -> Path:
    """Speech at half its level, with a constant offset."""
    return pcm(path, 0.5 * spoken(SAMPLE_RATE_HZ, 1) + offset, SAMPLE_RATE_HZ)


def square(path: Path) -> Path:
    """A square wave of 150 Hz."""
    time_s = np.arange(4 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    return pcm(path, 0.99 * np.sign(np.sin(2 * np.pi * 150 * time_s))[None], SAMPLE_RATE_HZ)


def m4a(path: Path) -> Path:
    """The even sample as a phone would keep it."""
    with av.open(str(EVEN)) as sound, av.open(str(path), "w", format="ipod") as out:
        stream = out.add_stream("aac", rate=44_100, layout="mono")
        resampler = av.AudioResampler("fltp", "mono", 44_100, frame_size=1024)
        for frame in [*sound.decode(audio=0), None]:
            for resampled in resampler.resample(frame):
                out.mux(stream.encode(resampled))
        out.mux(stream.encode(None))
    return path


def torn_m4a(path: Path) -> Path:
    """The first third of an m4a, whose index was at its end."""
    whole = m4a(path.with_name("whole.m4a")).read_bytes()
    path.write_bytes(whole[: len(whole) // 3])
    return path
