"""A transcript made here, by faster-whisper and a model that is on disk; the extra ``words``."""

from pathlib import Path
from typing import Any

from sottovoce.domain import FloatArray
from sottovoce.errors import MissingExtraError, ModelError
from sottovoce.risk.words.transcript import Line, Transcript, whole

HOW = "making a transcript needs faster-whisper: pip install 'sottovoce[words]'"
NEEDED = ("model.bin", "config.json", "tokenizer.json")


def make_transcript(samples: FloatArray, model: Path) -> Transcript:
    """What is said in a sound, with the time of each word.

    Parameters
    ----------
    samples
        Float32 [n], 16 kHz, as the decoder gives it.
    model
        The folder of a Whisper model in the format of CTranslate2; nothing is downloaded.

    Raises
    ------
    MissingExtraError
        faster-whisper is not installed.
    ModelError
        The folder is not there, or not whole.
    TranscriptError
        No word was heard.
    """
    check_whisper(model)
    segments, _ = _open_whisper(model).transcribe(samples, word_timestamps=True)
    return whole([_line(segment) for segment in segments], "what was heard")


def check_whisper(model: Path) -> None:
    """Refuse a folder that is no model, before anything could be looked for elsewhere.

    Raises
    ------
    ModelError
        The folder is not there, or not whole.
    """
    missing = [name for name in NEEDED if not (model / name).is_file()]
    if missing:
        raise ModelError(
            f"'{model}' is no folder of a faster-whisper model: it has no {', no '.join(missing)}; "
            "nothing is downloaded"
        )


def _open_whisper(model: Path) -> Any:
    try:
        from faster_whisper import WhisperModel
    except ImportError as missing:
        raise MissingExtraError(HOW) from missing
    try:
        return WhisperModel(
            str(model), device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True
        )
    except (RuntimeError, ValueError, OSError) as trouble:
        raise ModelError(f"'{model}' cannot be opened as a faster-whisper model") from trouble


def _line(segment: Any) -> Line:
    words = tuple((float(word.start), float(word.end)) for word in segment.words or ())
    return Line(segment.text.strip(), (float(segment.start), float(segment.end)), words)
