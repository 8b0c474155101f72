"""The nouns of the journal: an analysis that a person kept, when and where, and what they said.

Insights are drawn from entries and from nothing else; the journal stores them.

>>> from datetime import UTC, datetime
>>> moment = Moment(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "Europe/Berlin", 60)
>>> moment.local.isoformat()
'2026-03-29T01:30:00+01:00'
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Literal

QuestionnaireName = Literal["phq-8", "gad-7"]

EMOTION = "emotion_"
"""How the names of measures begin that are the probability of an emotion."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant and where on the clock the person was.

    ``utc`` is an aware datetime in UTC; ``zone`` an IANA name ("Europe/Berlin"); ``offset_min``
    the offset from UTC that held there then, in minutes: kept, because rules of zones change.
    """

    utc: datetime
    zone: str
    offset_min: int

    @property
    def local(self) -> datetime:
        """The time on the wall where the person was, aware, with that offset."""
        return self.utc.astimezone(timezone(timedelta(minutes=self.offset_min)))


@dataclass(frozen=True, slots=True)
class SelfReport:
    """What the person said of how they felt: ``valence`` 1 (very bad) to 7 (very good)."""

    valence: int
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A person's own answers, 0 to 3 each, in the order of the published form."""

    name: QuestionnaireName
    answers: tuple[int, ...]
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A memo that was kept: ``analysis`` is the JSON object that ``analyze --json`` printed.

    ``example`` marks entries that the demonstration made up. ``deleted_at`` is set while a deleted
    entry can still be restored.
    """

    id: str
    owner: str
    recorded_at: Moment
    added_at: datetime
    analysis: Mapping[str, Any]
    note: str = ""
    tags: tuple[str, ...] = ()
    self_report: SelfReport | None = None
    questionnaires: tuple[Questionnaire, ...] = ()
    example: bool = False
    deleted_at: datetime | None = None

    @property
    def usable(self) -> bool:
        """Whether the recording was good enough to say anything from."""
        return self.analysis.get("status") == "ok"

    @property
    def quality(self) -> str:
        """How far the recording can be trusted: ``ok``, ``poor`` or ``unusable``."""
        told = (self.analysis.get("quality") or {}).get("verdict", "ok")
        return str(told) if self.usable else "unusable"

    def measure(self, name: str) -> float | None:
        """A measure of the analysis by its name; None where it was not taken.

        Parameters
        ----------
        name
            ``stress``, ``anxiety`` or ``low_mood`` (the index's value, 0..1), an emotion
            (``emotion_sad``: its probability), or a biomarker with its unit
            (``pitch_median_hz``).
        """
        if name in ("stress", "anxiety", "low_mood"):
            index = self.analysis.get(name)
            return index["value"] if index else None
        emotion = name.removeprefix(EMOTION)
        where, key = ("biomarkers", name) if emotion == name else ("emotions", emotion)
        value: float | None = (self.analysis.get(where) or {}).get(key)
        return value
