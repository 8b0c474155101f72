"""The nouns of what was said: lines with their times, where they are known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sottovoce.errors import SottovoceError

LONGEST_OVERRUN_S = 2.0  # transcripts round; beyond that they belong to another sound

Span = tuple[float, float]


class TranscriptError(SottovoceError):
    """A transcript cannot be read, or belongs to another sound."""

    type = "transcript"


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody said in one go.

    ``span_s`` is from when to when, in seconds of the recording, None where it is not known;
    ``word_spans_s`` the same of each word, empty where it is not; ``interviewer`` marks the lines
    of whoever asks.
    """

    text: str
    span_s: Span | None = None
    word_spans_s: tuple[Span, ...] = ()
    interviewer: bool = False


@dataclass(frozen=True, slots=True)
class Transcript:
    """Lines in the order in which they were said."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The words alone, a line each."""
        return "\n".join(line.text for line in self.lines)

    @property
    def timed(self) -> bool:
        """Whether each line has its time."""
        return bool(self.lines) and all(line.span_s for line in self.lines)


def typed(text: str) -> Transcript:
    """What a person typed: lines without times.

    >>> [line.text for line in typed("It was long.\\n\\nI slept badly.").lines]
    ['It was long.', 'I slept badly.']

    Raises
    ------
    TranscriptError
        There are no words in it.
    """
    return whole([Line(line.strip()) for line in text.splitlines() if line.strip()], "the text")


def whole(lines: Sequence[Line], name: str) -> Transcript:
    """Lines as a transcript; those without a word are left out.

    Raises
    ------
    TranscriptError
        There are no words in it, or a time runs backwards.
    """
    spoken = tuple(line for line in lines if line.text.strip())
    if not spoken:
        raise TranscriptError(f"there are no words in {name}")
    for start_s, end_s in spans_of(spoken):
        if not 0 <= start_s <= end_s:
            raise TranscriptError(f"{name} has words from {start_s:g} to {end_s:g} s")
    return Transcript(spoken)


def spans_of(lines: Sequence[Line]) -> Iterator[Span]:
    """All times, of words where they are known, else of lines."""
    for line in lines:
        yield from line.word_spans_s or ([line.span_s] if line.span_s else ())


def side_of(transcript: Transcript, *, interviewer: bool) -> Transcript:
    """The lines of one side that hold words; there may be none."""
    own = tuple(line for line in transcript.lines if line.text and line.interviewer == interviewer)
    return replace(transcript, lines=own)


def check_inside(transcript: Transcript, duration_s: float, name: str) -> None:
    """Refuse words that were said outside the sound.

    Raises
    ------
    TranscriptError
        They end more than two seconds after it.
    """
    last_s = max((end_s for _, end_s in spans_of(transcript.lines)), default=0.0)
    if last_s > duration_s + LONGEST_OVERRUN_S:
        raise TranscriptError(
            f"{name} runs to {last_s:.1f} s, the sound only to {duration_s:.1f} s; "
            "it belongs to another recording"
        )
