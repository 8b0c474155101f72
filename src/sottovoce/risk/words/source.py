"""Where the words beside a voice come from: a file, or a model on disk that writes them down."""

from pathlib import Path

from sottovoce.audio.decode import Decoder
from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.risk.words.making import check_whisper, make_transcript
from sottovoce.risk.words.reading import read_transcript
from sottovoce.risk.words.transcript import Transcript, TranscriptError, check_inside

MAKE = "whisper:"
EITHER = f"a file (txt, srt, vtt, json, csv), or {MAKE}FOLDER to have it written down here"


def check_source(source: str) -> None:
    """Refuse a source that is not there, before anything is heard.

    Raises
    ------
    TranscriptError
        There is no such file.
    ModelError
        The folder holds no model.
    """
    if source.startswith(MAKE):
        check_whisper(whisper_folder(source))
    elif not Path(source).is_file():
        raise TranscriptError(f"there is no transcript '{source}'; name {EITHER}")


def whisper_folder(source: str) -> Path:
    """The folder that a source of that kind names.

    >>> whisper_folder("whisper:models/small").as_posix()
    'models/small'
    """
    return Path(source.removeprefix(MAKE)).expanduser()


def words_of(source: str, memo: Path, decoder: Decoder) -> tuple[Transcript, float]:
    """What was said in a memo, and how long its sound is in seconds.

    Raises
    ------
    InputError
        The memo is not there, or no sound: words are measured beside a voice only.
    TranscriptError
        The transcript cannot be read, or its words lie outside the sound.
    ModelError
        The model cannot be opened.
    """
    samples = decoder.decode(memo).samples
    duration_s = len(samples) / SAMPLE_RATE_HZ
    if source.startswith(MAKE):
        return make_transcript(samples, whisper_folder(source)), duration_s
    transcript = read_transcript(Path(source))
    check_inside(transcript, duration_s, f"'{source}'")
    return transcript, duration_s
