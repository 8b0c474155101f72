"""Which speakers a fine-tuned model learns from, and which judge it: never the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from sottovoce.training.errors import CorpusError
from sottovoce.training.manifest import Clip

ONE_IN = 5
AT_LEAST = 2  # to calibrate on one and measure on the other


@dataclass(frozen=True, slots=True)
class Split:
    """Clips of speakers to learn from, and clips of others to be judged on."""

    learnt_from: tuple[Clip, ...]
    held_out: tuple[Clip, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that are learnt, sorted."""
        return tuple(sorted({clip.emotion for clip in self.learnt_from}))

    @property
    def judges(self) -> tuple[str, ...]:
        """The speakers held out, sorted."""
        return tuple(sorted({clip.speaker for clip in self.held_out}))


def split_by_speaker(clips: Sequence[Clip], wished: Sequence[str] = ()) -> Split:
    """Hold out the speakers wished for, else one in five: the last ones by name, at least two.

    Speakers may be named without their corpus in front.

    >>> from pathlib import Path
    >>> clips = [Clip(Path(f"{n}.wav"), f"x_{n}", "sad") for n in range(4)]
    >>> split_by_speaker(clips).judges, split_by_speaker(clips, ["1"]).judges
    (('x_2', 'x_3'), ('x_1',))

    Raises
    ------
    CorpusError
        There is no such speaker, nobody would be left, or a label would be judged only.
    """
    speakers = sorted({clip.speaker for clip in clips})
    judges = {_named(one, speakers) for one in wished} or set(_last(speakers))
    split = Split(
        tuple(clip for clip in clips if clip.speaker not in judges),
        tuple(clip for clip in clips if clip.speaker in judges),
    )
    if not split.learnt_from or not split.held_out:
        raise CorpusError(
            f"there are {len(speakers)} speakers; some must be left to learn from and some to judge"
        )
    unheard = {clip.emotion for clip in split.held_out} - set(split.labels)
    if unheard:
        raise CorpusError(f"only held-out speakers are '{min(unheard)}'; hold out others")
    return split


def _last(speakers: Sequence[str]) -> Sequence[str]:
    count = max(AT_LEAST, round(len(speakers) / ONE_IN))
    return speakers[-min(count, len(speakers) - 1) :] if len(speakers) > 1 else ()


def _named(wished: str, speakers: Sequence[str]) -> str:
    for speaker in speakers:
        if wished in (speaker, speaker.split("_", 1)[-1]):
            return speaker
    raise CorpusError(f"there is no speaker '{wished}'; there are: {', '.join(speakers)}")
