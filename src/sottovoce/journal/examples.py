"""Ten weeks of made-up memos for the demonstration, each marked, whose truth is known.

``TRUTH`` is what was put in, so that whoever reads trends and patterns can see what is found of it.
Spoken in the mornings and evenings, with some left out, as people do.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from math import exp
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from sottovoce.entries import Entry
from sottovoce.journal.changing import Memo, put_entries
from sottovoce.journal.checkins import self_report
from sottovoce.journal.moments import moment_at
from sottovoce.journal.store import Journal


@dataclass(frozen=True, slots=True)
class Truth:
    """What the example weeks hold; ``*_sd`` in standard deviations of the made person's stress.

    Large enough for ten weeks to show: smaller ones take longer (see docs/insights.md).
    """

    weeks: int = 10
    level_logit: float = -1.1
    sd_logit: float = 0.5
    monday_sd: float = 2.0
    deadline_sd: float = 1.6
    shift_from_week: int = 7
    shift_sd: float = 1.2
    felt_per_sd: float = -0.9
    spoken_share: float = 0.75


@dataclass(frozen=True, slots=True)
class Spoken:
    """A made-up memo: when, how far above the usual its stress is, and its own randomness."""

    at: datetime
    above_sd: float
    tags: tuple[str, ...]
    noise: tuple[float, ...]

    @property
    def stress(self) -> float:
        """The stress index, 0..1."""
        return 1 / (1 + exp(-(TRUTH.level_logit + TRUTH.sd_logit * self.above_sd)))


TRUTH = Truth()
SEED = 20_260_302
DAYS = 7 * TRUTH.weeks
MONDAY, MORNING, EVENING = 0, time(8, 10), time(20, 30)
TAGS = ("", "", "deadline", "walk")


def add_examples(journal: Journal, zone: str) -> int:
    """Put ten weeks before today into a journal, unless examples are there; returns how many.

    They are removed with :func:`sottovoce.journal.erase.erase_made_up`.
    """
    if any(entry.example for entry in journal.entries(deleted=None)):
        return 0
    now = journal.clock()
    today = moment_at(now, zone).local.date()
    made = [example_entry(one, journal.owner, now) for one in ten_weeks(today, zone)]
    with journal.writing() as owned:
        return put_entries(owned, made)


def ten_weeks(today: date, zone: str, truth: Truth = TRUTH) -> Iterator[Spoken]:
    """What was spoken in the ten weeks before ``today``; the same for the same day and zone.

    >>> 90 < len(list(ten_weeks(date(2026, 6, 1), "Europe/Berlin"))) < 120
    True
    """
    chance = np.random.default_rng(SEED)
    for number in range(DAYS):
        day = today - timedelta(days=DAYS - number)
        for slot in (MORNING, EVENING):
            tag, noise = str(chance.choice(TAGS)), chance.standard_normal(8)
            if chance.random() < truth.spoken_share:
                at = datetime.combine(day, slot, ZoneInfo(zone)) + timedelta(minutes=15 * noise[0])
                above_sd = effect_sd(day, tag, number // 7, truth) + float(noise[1])
                yield Spoken(at, above_sd, (tag,) if tag else (), tuple(map(float, noise[2:])))


def effect_sd(day: date, tag: str, week: int, truth: Truth = TRUTH) -> float:
    """What is true of a memo, in standard deviations of stress."""
    return (
        truth.monday_sd * (day.weekday() == MONDAY)
        + truth.deadline_sd * (tag == "deadline")
        + truth.shift_sd * (week >= truth.shift_from_week)
    )


def example_entry(spoken: Spoken, owner: str, now: datetime) -> Entry:
    """The entry of a made-up memo, often with what the made person said they felt."""
    at = moment_at(spoken.at, str(spoken.at.tzinfo))
    entry = Memo(example_analysis(spoken), at, tags=spoken.tags, example=True).entry(owner, now)
    felt = 4.6 + TRUTH.felt_per_sd * spoken.above_sd + 0.8 * spoken.noise[0]
    if spoken.noise[1] > -0.67:  # three quarters of a normal distribution
        return replace(entry, self_report=self_report(min(7, max(1, round(felt))), at.utc))
    return entry


def example_analysis(spoken: Spoken) -> dict[str, Any]:
    """What ``analyze --json`` would have printed, in its shape."""
    value, digest = round(spoken.stress, 4), sha256(f"sottovoce example {spoken.at}".encode())
    angry, fearful = 0.5 * value, 0.6 * value  # 0.8 and 1.0 times these sum to the value
    emotions = {"angry": angry, "fearful": fearful, "calm": 1 - angry - fearful}
    loudest = max(emotions, key=emotions.__getitem__)
    return {
        "path": "example",
        "status": "ok",
        "reasons": ["made up by the demonstration"],
        "recording": {
            "duration_s": 20.0, "speech_s": 15.0, "sha256": digest.hexdigest(), "recorded_at": None,
        },
        "emotion": loudest,
        "confidence": emotions[loudest],
        "emotions": emotions,
        "stress": index(value, {"angry": 0.8 * angry, "fearful": fearful}, "weighted-emotions/1"),
        "anxiety": index(round(0.6 * fearful, 4), {"fearful": 0.6 * fearful}, "example"),
        "low_mood": index(round(0.2 + 0.1 * value, 4), {"example": 0.2 + 0.1 * value}, "example"),
        "biomarkers": example_biomarkers(spoken),
        "segments": [],
        "model": {"name": "example", "sha256": "0" * 64},
        "versions": {},
        "elapsed_s": 0.0,
    }  # fmt: skip


def index(value: float, contributions: dict[str, float], method: str) -> dict[str, Any]:
    """An index in the shape of the contract."""
    low, high = max(0.0, value - 0.15), min(1.0, value + 0.15)
    return {
        "value": value, "low": low, "high": high, "contributions": contributions, "method": method,
    }  # fmt: skip


def example_biomarkers(spoken: Spoken) -> dict[str, float]:
    """A few measures around a made voice's usual ones, some of them moving with stress."""
    one, two, three, four = spoken.noise[2:6]
    return {
        "pitch_median_hz": round(165 + 4 * spoken.above_sd + 6 * one, 2),
        "pitch_range_semitones": round(7.5 + 0.9 * two, 3),
        "loudness_dbfs": round(-24 + 0.8 * spoken.above_sd + 1.5 * three, 2),
        "speech_rate_syllables_per_s": round(4.2 + 0.15 * spoken.above_sd + 0.3 * four, 3),
        "pause_ratio": round(min(0.6, max(0.05, 0.22 - 0.02 * one + 0.03 * two)), 4),
        "pause_mean_s": round(0.55 + 0.06 * two, 3),
    }
