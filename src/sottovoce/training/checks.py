"""The door to training: every file can be heard, and there is something to learn and to test.

Nothing is trained, and nothing is written, before these have passed.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from sottovoce.domain import FloatArray
from sottovoce.errors import InputError
from sottovoce.training.errors import CorpusError
from sottovoce.training.manifest import Clip, Manifest

Decode = Callable[[Path], FloatArray]

LEAST = 2  # of speakers (one to learn from, one to be tested on) and of emotions


def check_trainable(manifest: Manifest) -> None:
    """Refuse a manifest from which nothing can be learnt and tested.

    Raises
    ------
    CorpusError
        It has no clips, one speaker only or one emotion only.
    """
    if not manifest.clips:
        raise CorpusError("there are no clips to train on")
    place = manifest.clips[0].path.parent
    if len(manifest.speakers) < LEAST:
        raise CorpusError(
            f"all clips, such as those in '{place}', are of one speaker "
            f"('{manifest.speakers[0]}'); {LEAST} are needed to test on a voice not heard before"
        )
    if len(manifest.emotions) < LEAST:
        raise CorpusError(
            f"all clips, such as those in '{place}', are labelled '{manifest.emotions[0]}'; "
            f"{LEAST} emotions are needed to learn a difference"
        )


def check_present(clips: Iterable[Clip]) -> None:
    """Refuse clips whose files are missing or hold no bytes; quick, decodes nothing.

    Raises
    ------
    CorpusError
        Names the first such file and says how many there are.
    """
    troubles = [trouble for clip in clips if (trouble := _absence(clip.path))]
    _refuse(troubles)


def check_decodable(clips: Iterable[Clip], decode: Decode) -> None:
    """Refuse clips that cannot be decoded.

    Parameters
    ----------
    clips
        What to listen to.
    decode
        Path to samples; raises an :class:`~sottovoce.errors.InputError` where it cannot.

    Raises
    ------
    CorpusError
        Names the first such file with its reason and says how many there are.
    """
    troubles = []
    for clip in clips:
        try:
            decode(clip.path)
        except InputError as trouble:
            troubles.append(f"'{clip.path}' cannot be decoded ({trouble})")
    _refuse(troubles)


def _absence(path: Path) -> str | None:
    if not path.is_file():
        return f"'{path}' is listed but not there"
    return None if path.stat().st_size else f"'{path}' is empty"


def _refuse(troubles: list[str]) -> None:
    if len(troubles) == 1:
        raise CorpusError(troubles[0])
    if troubles:
        raise CorpusError(f"{troubles[0]}, and {len(troubles) - 1} more such files")
