"""The mark that a generator leaves in every sound it writes, so that it is never taken for life.

A WAV file ends with the comment chunk that the format provides for (RIFF ``LIST`` ``INFO``
``ICMT``): it survives copying and renaming. It also names the real voice that speaks, so that no
voice is learned from and judged under two names.
"""

import io
import struct
import wave
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray

MARK = b"made by sottovoce, not a person's interview"
VOICE = b"; voice: "
TAIL_BYTES = 4096


def write_marked(file: Path, samples: FloatArray, voice: str = "") -> None:
    """Write 16-bit mono at 16 kHz with the mark at its end, and whose voice it is."""
    sound = io.BytesIO()
    with wave.open(sound, "wb") as stream:
        stream.setparams((1, 2, SAMPLE_RATE_HZ, 0, "NONE", ""))
        stream.writeframes(np.rint(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    content = sound.getvalue() + _chunk(MARK + VOICE + voice.encode())
    size = struct.pack("<I", len(content) - 8)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content[:4] + size + content[8:])


def is_made(files: Iterable[Path]) -> bool:
    """Whether any of some sounds bears the mark."""
    return any(MARK in _tail(file) for file in files)


def made_voice(file: Path) -> str | None:
    """Whose voice a made sound says it is; None where it does not say."""
    _, said, after = _tail(file).partition(MARK + VOICE)
    return after.partition(b"\x00")[0].decode(errors="replace") or None if said else None


def _tail(file: Path) -> bytes:
    if not file.is_file():
        return b""
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - TAIL_BYTES))
        return stream.read()


def _chunk(told: bytes) -> bytes:
    ended = told + b"\x00"
    info = b"INFOICMT" + struct.pack("<I", len(ended)) + ended + b"\x00" * (len(ended) % 2)
    return b"LIST" + struct.pack("<I", len(info)) + info
