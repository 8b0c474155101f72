"""Do the memos with a tag sound different: every tag against the rest of its weeks.

The test is that of :mod:`~sottovoce.insights.patterns`: whole days are flipped, and the largest
difference among all tags is asked of every flipped journal, so many tags cost certainty. Which came
first, the tag or the sound, nobody can tell from this.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sottovoce.entries import Entry
from sottovoce.insights.days import DAY_START_H, day_number, local_day
from sottovoce.insights.flips import Members, chance_signs, exceeding, look
from sottovoce.insights.groups import Judged, contrast, recent_span, scores_of
from sottovoce.insights.readings import Readings, heard

LEAST_TAGGED_DAYS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Tagged:
    """Readings and the tags of each: ``tags`` holds as many sets as there are readings."""

    readings: Readings
    tags: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class TagFinding(Judged):
    """How memos with a tag differ from those without, in the measure's unit.

    ``chance`` (0..1] is how often a journal in which no tag matters would show a difference as
    large after looking at all of them.
    """

    tag: str
    difference: float
    n_entries: int
    n_days: int
    chance: float


def tagged_of(entries: Iterable[Entry], measure: str, day_start_h: int = DAY_START_H) -> Tagged:
    """A measure of the usable entries with their tags, the oldest first.

    >>> len(tagged_of([], "stress").tags)
    0
    """
    rows = sorted(
        (
            (day_number(local_day(entry.recorded_at, day_start_h)), entry.recorded_at.utc, entry)
            for entry in heard(entries)
            if entry.measure(measure) is not None
        ),
        key=lambda row: row[:2],
    )
    days = np.array([day for day, _, _ in rows], np.int64)
    hours = np.array([entry.recorded_at.local.hour for *_, entry in rows], np.int64)
    values = np.array([entry.measure(measure) for *_, entry in rows], np.float64)
    tags = tuple(frozenset(entry.tags) for *_, entry in rows)
    return Tagged(Readings(measure, days, hours, values), tags)


def find_tags(tagged: Tagged, today: int) -> tuple[TagFinding, ...]:
    """Tags on at least five days of the last twelve weeks, and missing on five; surest first.

    >>> days = np.arange(70)
    >>> values = np.where(days % 3 == 0, -15.0, -20.0) + days % 2
    >>> tags = tuple(frozenset(["run"] if day % 3 == 0 else []) for day in days)
    >>> (run,) = find_tags(Tagged(Readings("loudness_dbfs", days, days % 24, values), tags), 69)
    >>> run.tag, run.found, run.n_days, round(run.difference)
    ('run', True, 24, 5)
    """
    span = recent_span(tagged.readings, today)
    if span is None:
        return ()
    begin = int(np.searchsorted(tagged.readings.days, span.days[0]))
    names, members = _tried(tagged.tags[begin : begin + len(span)], span)
    if not names:
        return ()
    looks = look(scores_of(span), span.days, members, chance_signs(span.days))
    largest = np.abs(looks.drawn).max(axis=1)
    findings = [
        TagFinding(name, **contrast(span, mine), chance=exceeding(abs(float(seen)), largest))
        for name, mine, seen in zip(names, members.T, looks.observed, strict=True)
    ]
    return tuple(sorted(findings, key=lambda finding: (finding.chance, finding.tag)))


def _tried(tags: tuple[frozenset[str], ...], span: Readings) -> tuple[list[str], Members]:
    names = sorted(frozenset[str]().union(*tags))
    members = np.array([[name in one for name in names] for one in tags], bool)
    members = members.reshape(len(tags), len(names))
    tried = [
        column
        for column in range(len(names))
        if min(
            len(np.unique(span.days[members[:, column]])),
            len(np.unique(span.days[~members[:, column]])),
        )
        >= LEAST_TAGGED_DAYS
    ]
    return [names[column] for column in tried], members[:, tried]
