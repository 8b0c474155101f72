"""Made people whose truth is known: what a journal would hold if this were the truth of them.

A memo's value lives on the measure's working scale (logit for the indices). It is the person's
level, plus a state of the day that remembers yesterday (an autoregression), plus the noise of the
single memo, heavy-tailed; the whole is skewed. Days are missing in runs. Hours gather in a morning
and an evening. Nothing differs by weekday or hour unless an effect is asked for.

One personal standard deviation is that of the person's own memos around the person's own level.
"""

from dataclasses import dataclass

import numpy as np

from sottovoce.insights.days import weekdays
from sottovoce.insights.readings import Readings

FIRST_DAY = 20_454  # Thursday 2026-01-01


@dataclass(frozen=True, slots=True)
class Person:
    """What is true of a made person; ``*_sd`` on the working scale, before the skew."""

    level: float
    state_sd: float
    noise_ratio: float
    memory: float
    skew: float
    adherence: float
    more_memos: float

    @property
    def noise_sd(self) -> float:
        return self.state_sd * self.noise_ratio

    @property
    def memo_sd(self) -> float:
        return float(np.hypot(self.state_sd, self.noise_sd))


def draw_person(rng: np.random.Generator) -> Person:
    """One of the people we claim to serve: from a wide, stated range."""
    return Person(
        level=rng.normal(-1.0, 0.5),
        state_sd=rng.uniform(0.15, 0.4),
        noise_ratio=rng.uniform(1.0, 2.0),
        memory=rng.uniform(0.1, 0.5),
        skew=rng.uniform(0.0, 0.3),
        adherence=rng.uniform(0.65, 1.0),
        more_memos=rng.uniform(0.2, 2.0),
    )


def recorded_days(person: Person, n_days: int, rng: np.random.Generator) -> np.ndarray:
    """Which days have a memo, bool [n_days]; gaps come in runs of two days in the mean."""
    leave = min(0.9, 0.5 * (1 - person.adherence) / person.adherence)
    kept, here = np.empty(n_days, bool), rng.random() < person.adherence
    for day in range(n_days):
        kept[day] = here
        here = rng.random() >= leave if here else rng.random() < 0.5
    return kept


def states(person: Person, n_days: int, rng: np.random.Generator) -> np.ndarray:
    """The state of each day, float64 [n_days], a first-order autoregression in its own balance."""
    shocks = rng.normal(0.0, person.state_sd * np.sqrt(1 - person.memory**2), n_days)
    state, value = np.empty(n_days), rng.normal(0.0, person.state_sd)
    for day in range(n_days):
        state[day] = value
        value = person.memory * value + shocks[day]
    return state


def live(
    person: Person,
    n_days: int,
    rng: np.random.Generator,
    effect: np.ndarray | None = None,
    cell_effect: np.ndarray | None = None,
    first_day: int = FIRST_DAY,
) -> Readings:
    """What the person records in ``n_days`` days.

    ``effect`` [n_days] is added to the days and ``cell_effect`` [7, 24] to weekday and hour, both
    in personal standard deviations.
    """
    kept = recorded_days(person, n_days, rng)
    counts = np.where(kept, 1 + rng.poisson(person.more_memos, n_days), 0)
    which = np.repeat(np.arange(n_days), counts)
    days = first_day + which
    morning = rng.random(len(which)) < 0.5
    hours = np.where(morning, rng.normal(8.5, 1.5, len(which)), rng.normal(20.0, 2.0, len(which)))
    hours = np.floor(hours).astype(np.int64) % 24
    hours = hours[np.lexsort(((hours - 4) % 24, which))]
    raw = states(person, n_days, rng)[which] + memo_noise(person, len(which), rng)
    if effect is not None:
        raw = raw + person.memo_sd * effect[which]
    if cell_effect is not None:
        raw = raw + person.memo_sd * cell_effect[weekdays(days), hours]
    return Readings("stress", days, hours, to_index(person, raw))


def memo_noise(person: Person, n: int, rng: np.random.Generator) -> np.ndarray:
    """Noise of single memos: Student's law with six degrees, scaled to ``noise_sd``."""
    return person.noise_sd * rng.standard_t(6, n) / np.sqrt(1.5)


def to_index(person: Person, raw: np.ndarray) -> np.ndarray:
    """The skewed working scale mapped into 0..1."""
    scaled = raw / person.memo_sd
    skewed = np.expm1(person.skew * scaled) / person.skew if person.skew > 1e-6 else scaled
    return 1.0 / (1.0 + np.exp(-(person.level + person.memo_sd * skewed)))
