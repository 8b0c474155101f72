"""What was said in a memo, as a program sends it and gets it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class SaidLine:
    """What was said in one go.

    ``start_s`` and ``end_s`` are its place in the recording, both None where it is not known.
    """

    text: str
    start_s: float | None = None
    end_s: float | None = None

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """From a line as the service tells it."""
        return cls(told["text"], told.get("start"), told.get("end"))


@dataclass(frozen=True, slots=True)
class Said:
    """Lines in the order in which they were said.

    >>> Said.typed("It was long.\\nI slept badly.").text
    'It was long.\\nI slept badly.'
    """

    lines: tuple[SaidLine, ...]

    @property
    def text(self) -> str:
        """The words alone, a line each."""
        return "\n".join(line.text for line in self.lines)

    @classmethod
    def typed(cls, text: str) -> Self:
        """Words without times."""
        return cls(tuple(SaidLine(line) for line in text.splitlines()))

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """From the answer of ``/v1/entries/ID/transcript``."""
        words = told["transcript"]
        if "segments" not in words:
            return cls.typed(words["text"])
        return cls(tuple(SaidLine.from_json(line) for line in words["segments"]))

    def to_json(self) -> dict[str, Any]:
        """As the service takes it: with times where each line has its own, else as text.

        >>> Said((SaidLine("Yes.", 0.5, 1.0),)).to_json()
        {'segments': [{'text': 'Yes.', 'start': 0.5, 'end': 1.0}]}
        """
        lines = [
            {"text": line.text, "start": line.start_s, "end": line.end_s} for line in self.lines
        ]
        timed = bool(lines) and all(None not in line.values() for line in lines)
        return {"segments": lines} if timed else {"text": self.text}
