"""What is said of a memo, and what the service says, as frozen values.

``whole`` is always the JSON object that a value came from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Self

from sottovoce.domain import Index

Json = Mapping[str, Any]
Outcome = Literal["added", "already there", "restored"]
State = Literal["queued", "running", "done", "failed"]


@dataclass(frozen=True, slots=True)
class About:
    """What an entry says besides: ``recorded_at`` is aware, ``zone`` an IANA time zone.

    >>> About(tags=("work", "evening")).fields()
    {'tags': 'work,evening'}
    """

    note: str = ""
    tags: tuple[str, ...] = ()
    recorded_at: datetime | None = None
    zone: str = ""

    def fields(self) -> dict[str, str]:
        """The fields of a form; what is not said is left out."""
        at = self.recorded_at.isoformat() if self.recorded_at else ""
        all_of_them = {"note": self.note, "tags": ",".join(self.tags), "zone": self.zone}
        return {name: said for name, said in {**all_of_them, "recorded_at": at}.items() if said}


@dataclass(frozen=True, slots=True)
class Heard:
    """How a memo sounded; where too little was heard, figures are None and ``reasons`` say why.

    ``confidence`` is a calibrated probability, 0..1. ``clear`` says whether one emotion stands
    alone. ``stress``, ``anxiety`` and ``low_mood`` are indexes, 0..1, with their 90 % intervals;
    ``biomarkers`` carry their unit in their name. Not a diagnosis.
    """

    status: Literal["ok", "unusable"]
    reasons: tuple[str, ...]
    emotion: str | None
    confidence: float | None
    clear: bool | None
    emotions: Mapping[str, float]
    stress: Index | None
    anxiety: Index | None
    low_mood: Index | None
    biomarkers: Mapping[str, float | None]
    whole: Json = field(repr=False)

    @classmethod
    def from_json(cls, said: Json) -> Self:
        """From the object of ``analyze --json``, or the shorter one of an entry in a list."""
        certainty = said.get("certainty")
        return cls(
            status=said["status"],
            reasons=tuple(said.get("reasons", ())),
            emotion=said["emotion"],
            confidence=said["confidence"],
            clear=certainty["verdict"] == "clear" if certainty else None,
            emotions=said.get("emotions") or {},
            stress=index_of(said["stress"]),
            anxiety=index_of(said["anxiety"]),
            low_mood=index_of(said["low_mood"]),
            biomarkers=said["biomarkers"],
            whole=said,
        )


@dataclass(frozen=True, slots=True)
class Memo:
    """A memo that was heard, and the entry it became; both None where it was not to be saved."""

    heard: Heard
    entry_id: str | None
    outcome: Outcome | None

    @classmethod
    def from_json(cls, said: Json) -> Self:
        """From the answer to a memo, or a job that is done."""
        return cls(Heard.from_json(said["analysis"]), said["entry_id"], said["outcome"])


@dataclass(frozen=True, slots=True)
class Job:
    """A memo on its way; ``memo`` is there when ``state`` is done.

    ``progress`` is the share that was heard, 0..1, None before it begins. ``error`` is the kind
    and the sentence of what went wrong, where it failed. ``look_after_s`` says when to look again.
    """

    id: str
    state: State
    progress: float | None
    memo: Memo | None
    error: tuple[str, str] | None
    look_after_s: float

    @classmethod
    def from_json(cls, said: Json, look_after_s: float) -> Self:
        """From the answer that tells of a job; one whose entry was erased since has no memo."""
        error = said["error"]
        return cls(
            id=said["id"],
            state=said["state"],
            progress=said["progress"],
            memo=Memo.from_json(said) if said["analysis"] else None,
            error=(kind_in(error["type"]), error["title"]) if error else None,
            look_after_s=look_after_s,
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A memo that was kept.

    ``recorded_at`` is an aware instant, ``zone`` the IANA time zone it was spoken in, ``valence``
    how the person felt, 1 to 7, None where they said nothing. ``has_audio`` says whether its sound
    was kept.
    """

    id: str
    recorded_at: datetime
    zone: str
    note: str
    tags: tuple[str, ...]
    valence: int | None
    has_audio: bool
    whole: Json = field(repr=False)

    @property
    def heard(self) -> Heard:
        """How it sounded; in lists without reasons, doubt, and the odds of each label."""
        return Heard.from_json(self.whole["analysis"])

    @classmethod
    def from_json(cls, said: Json) -> Self:
        """From an entry as the service tells it."""
        report = said["self_report"]
        return cls(
            id=said["id"],
            recorded_at=datetime.fromisoformat(said["recorded_at"]),
            zone=said["zone"],
            note=said["note"],
            tags=tuple(said["tags"]),
            valence=report["valence"] if report else None,
            has_audio=said["has_audio"],
            whole=said,
        )


@dataclass(frozen=True, slots=True)
class Peaks:
    """A memo as a curve: the loudest sample of each of its equal shares, 0..1.

    >>> Peaks.from_json({"duration_s": 2.0, "peaks": [0.25, 0.5]})
    Peaks(duration_s=2.0, values=(0.25, 0.5))
    """

    duration_s: float
    values: tuple[float, ...]

    @classmethod
    def from_json(cls, said: Json) -> Self:
        """From the answer of ``/v1/entries/ID/peaks``."""
        return cls(said["duration_s"], tuple(said["peaks"]))


@dataclass(frozen=True, slots=True)
class Trends:
    """What the journal tells of one measure: in sentences, and in ``whole`` as a table."""

    measure: str
    today: date
    words: tuple[str, ...]
    whole: Json = field(repr=False)

    @classmethod
    def from_json(cls, said: Json) -> Self:
        """From the answer of ``/v1/trends``."""
        words, today = tuple(said["words"]), date.fromisoformat(said["today"])
        return cls(said["measure"], today, words, said)


def index_of(said: Json | None) -> Index | None:
    """An index, or None where it was not measured; in lists without contributions."""
    if said is None:
        return None
    contributions = said.get("contributions", {})
    return Index(said["value"], said["low"], said["high"], contributions, said["method"])


def kind_in(problem_type: str) -> str:
    """The stable name at the end of a problem's type.

    >>> kind_in("urn:sottovoce:problem:too_large")
    'too_large'
    """
    return problem_type.rpartition(":")[2]
