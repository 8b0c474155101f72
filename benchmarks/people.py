"""Made people whose truth is known: what a journal would hold if this were the truth of them.

A memo's value lives on the measure's working scale (logit for the indices). It is the person's
level, plus a state of the day that remembers yesterday (an autoregression), plus the noise of the
single memo, heavy-tailed; the whole is skewed. Days are missing in runs. Hours gather in a morning
and an evening. Nothing differs by weekday or hour unless an effect is asked for.

One personal standard deviation is that of the person's own memos around the person's own level.
"""

from dataclasses import dataclass, replace

import numpy as np

from sottovoce.insights.agreement import Reports
from sottovoce.insights.days import weekdays
from sottovoce.insights.readings import Readings, daily
from sottovoce.insights.robust import centre_of
from sottovoce.insights.scales import to_working

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

    @property
    def day_sd(self) -> float:
        """Standard deviation of a day's mean, in personal standard deviations."""
        extra = np.arange(40)
        chances = np.cumprod([np.exp(-self.more_memos), *(self.more_memos / extra[1:])])
        noise = self.noise_sd**2 * float(np.sum(chances / (1 + extra)))
        return float(np.sqrt(self.state_sd**2 + noise)) / self.memo_sd


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


def true_centre(person: Person, rng: np.random.Generator) -> float:
    """The centre of the person's days on the working scale, from many that forget."""
    forgetful = replace(person, memory=0.0, adherence=1.0)
    return centre_of(daily(live(forgetful, 1500, rng)).values)


def live(
    person: Person,
    n_days: int,
    rng: np.random.Generator,
    effect: np.ndarray | None = None,
    cell_effect: np.ndarray | None = None,
) -> Readings:
    """What the person records in ``n_days`` days.

    ``effect`` [n_days] is added to the days and ``cell_effect`` [7, 24] to weekday and hour, both
    in personal standard deviations.
    """
    kept = recorded_days(person, n_days, rng)
    counts = np.where(kept, 1 + rng.poisson(person.more_memos, n_days), 0)
    which = np.repeat(np.arange(n_days), counts)
    days = FIRST_DAY + which
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


def with_others(person: Person, stress: Readings, rng: np.random.Generator) -> dict[str, Readings]:
    """The same memos with two measures of flatness, which go together a little."""
    n_days = int(stress.days[-1] - stress.days[0]) + 1
    which = stress.days - stress.days[0]
    shared = states(person, n_days, rng)
    own = [states(person, n_days, rng) for _ in range(2)]
    flat = [(0.6 * shared + 0.8 * one)[which] + memo_noise(person, len(which), rng) for one in own]
    melody = 8.0 - 3.0 * flat[0]
    pauses = np.exp(-0.7 + flat[1])
    return {
        "stress": stress,
        "pitch_range_semitones": Readings(
            "pitch_range_semitones", stress.days, stress.hours, melody
        ),
        "pause_mean_s": Readings("pause_mean_s", stress.days, stress.hours, pauses),
    }


def reports_beside(
    person: Person, readings: Readings, weight: float, rng: np.random.Generator
) -> Reports:
    """Self-reports of 1 to 7 beside the memos: what was heard, weighted, and a mood of its own."""
    n_days = int(readings.days[-1] - readings.days[0]) + 1
    which = readings.days - readings.days[0]
    heard = (to_working("stress", readings.values) - person.level) / person.memo_sd
    own = states(person, n_days, rng)[which] / person.state_sd + rng.normal(size=len(which))
    felt = -weight * heard + own / np.sqrt(2.0)
    valences = np.clip(np.round(4.5 + 1.2 * felt), 1, 7).astype(np.int64)
    return Reports("stress", readings.days, readings.values, valences)


def true_covariance(person: Person, days: np.ndarray) -> np.ndarray:
    """Covariance of memos before the skew, float64 [n, n]."""
    apart = np.abs(days[:, None] - days[None, :])
    shared = person.state_sd**2 * person.memory**apart
    return shared + person.noise_sd**2 * np.eye(len(days))
