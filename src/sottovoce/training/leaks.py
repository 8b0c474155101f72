"""The leak check: is a voice, or a sound, of the training heard again in the test?

Most published accuracies of this field are too high because it is. A shared speaker or a shared
sound is refused; shared sentences are only reported, as acted corpora have few.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sottovoce.domain import FloatArray
from sottovoce.training.errors import LeakError
from sottovoce.training.manifest import Clip

PCM_16_STEPS = 1 << 15
SHOWN = 5


@dataclass(frozen=True, slots=True)
class LeakReport:
    """What training and test share; all empty when nothing leaks.

    ``duplicates`` are pairs (training, test) of files with the same sound. ``sentences`` are
    ``corpus: sentence``.
    """

    speakers: tuple[str, ...] = ()
    duplicates: tuple[tuple[Path, Path], ...] = ()
    sentences: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether a voice or a sound is shared; shared sentences alone are allowed."""
        return bool(self.speakers or self.duplicates)

    def lines(self) -> tuple[str, ...]:
        """What was found, a sentence each.

        >>> LeakReport(speakers=("emodb_03",)).lines()
        ('1 speaker is in both training and test: emodb_03',)
        """
        pairs = tuple(f"'{train}' = '{test}'" for train, test in self.duplicates)
        found = (
            _line("speaker is", "speakers are", self.speakers),
            _line("sound is", "sounds are", pairs),
            _line("sentence is", "sentences are", self.sentences),
        )
        return tuple(line for line in found if line)


def sound_digest(samples: FloatArray) -> str:
    """SHA-256 of the decoded sound at 16 bits: the same in any lossless container.

    Parameters
    ----------
    samples
        float32 [n], in [-1, 1).

    Examples
    --------
    >>> quiet = np.zeros(4, np.float32)
    >>> sound_digest(quiet) == sound_digest(quiet + np.float32(1e-6))
    True
    """
    steps = np.rint(samples * PCM_16_STEPS).astype("<i4")
    return hashlib.sha256(steps.tobytes()).hexdigest()


def sound_digests(paths: Iterable[Path], decode: Callable[[Path], FloatArray]) -> dict[Path, str]:
    """The digest of each file's decoded sound; done once, used for every fold."""
    return {path: sound_digest(decode(path)) for path in paths}


def same_sounds(digests: Mapping[Path, str]) -> tuple[tuple[Path, ...], ...]:
    """Groups of files with the same sound, wherever they are; sorted.

    >>> same_sounds({Path("a.wav"): "1", Path("b.flac"): "1", Path("c.wav"): "2"})
    ((PosixPath('a.wav'), PosixPath('b.flac')),)
    """
    groups: defaultdict[str, list[Path]] = defaultdict(list)
    for path in sorted(digests):
        groups[digests[path]].append(path)
    return tuple(sorted(tuple(group) for group in groups.values() if len(group) > 1))


def find_leaks(
    train: Sequence[Clip], test: Sequence[Clip], digests: Mapping[Path, str] | None = None
) -> LeakReport:
    """What two sets of clips share.

    Parameters
    ----------
    train, test
        The clips of one split.
    digests
        Of every clip's sound, from :func:`sound_digests`. Without them (a published split whose
        audio is not here) only the same file in both is found.
    """
    speakers = {clip.speaker for clip in train} & {clip.speaker for clip in test}
    sentences = _sentences(train) & _sentences(test)
    return LeakReport(
        speakers=tuple(sorted(speakers)),
        duplicates=_duplicates(train, test, digests or {}),
        sentences=tuple(sorted(sentences)),
    )


def require_disjoint(
    train: Sequence[Clip], test: Sequence[Clip], digests: Mapping[Path, str] | None = None
) -> LeakReport:
    """The leak check that stands before every training.

    Returns
    -------
    LeakReport
        With the shared sentences, if any.

    Raises
    ------
    LeakError
        A speaker or a sound is shared; the sentence lists them.
    """
    report = find_leaks(train, test, digests)
    if report.refused:
        raise LeakError("; ".join(report.lines()))
    return report


def _sentences(clips: Sequence[Clip]) -> set[str]:
    return {f"{clip.corpus}: {clip.sentence}" for clip in clips if clip.sentence}


def _duplicates(
    train: Sequence[Clip], test: Sequence[Clip], digests: Mapping[Path, str]
) -> tuple[tuple[Path, Path], ...]:
    by_sound: defaultdict[str, list[Path]] = defaultdict(list)
    for clip in train:
        by_sound[digests.get(clip.path, str(clip.path))].append(clip.path)
    pairs = [
        (twin, clip.path)
        for clip in test
        for twin in by_sound.get(digests.get(clip.path, str(clip.path)), ())
    ]
    return tuple(sorted(pairs))


def _line(one: str, many: str, found: Sequence[str]) -> str:
    if not found:
        return ""
    more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    subject = one if len(found) == 1 else many
    return f"{len(found)} {subject} in both training and test: {', '.join(found[:SHOWN])}{more}"
