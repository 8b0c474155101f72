"""Your usual: the centre and spread of a measure over your own days, and how far it is learnt.

There are two. The *recent* one follows you (the last 60 days); the *anchored* one stays where you
began (the first 28 days), so that a slow decline is seen against it instead of becoming normal.
"""

from dataclasses import dataclass
from math import sqrt

from sottovoce.insights.memory import day_correlation, inflation_of
from sottovoce.insights.readings import Daily
from sottovoce.insights.robust import centre_of, spread_of, student_quantile
from sottovoce.insights.scales import from_working, scale_of

WARM_UP_DAYS = 14
WARM_UP_ENTRIES = 10
LEAST_DAYS = 5
RECENT_DAYS = 60
ANCHOR_DAYS = 28
LEVEL = 0.90
UPPER_TAIL = (1.0 + LEVEL) / 2.0
QN_EFFICIENCY = 0.82
PRIOR_SPREADS = {"odds": 0.4, "ratio": 0.1, "linear": 1.5}
PRIOR_WEIGHT_DAYS = 3.0


@dataclass(frozen=True, slots=True)
class Interval:
    """A 90 % interval in the unit of what it is an interval of."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class WarmUp:
    """How far your usual is learnt: ``day`` of 14 and ``entries`` of 10; both must be reached."""

    day: int
    entries: int

    @property
    def done(self) -> bool:
        """Whether a verdict may be given."""
        return self.day >= WARM_UP_DAYS and self.entries >= WARM_UP_ENTRIES


@dataclass(frozen=True, slots=True)
class Usual:
    """Centre and spread of a measure over days, on its working scale.

    ``first_day`` and ``last_day`` bound the days looked at, ``n_days`` have entries, ``n_entries``
    in all. ``centre`` is a Hodges-Lehmann centre; ``spread``, the standard deviation of a day
    around it, a Qn spread drawn towards an ordinary one with the weight of three days.
    ``inflation`` says how much days lean on each other (see
    :mod:`~sottovoce.insights.memory`).
    """

    measure: str
    first_day: int
    last_day: int
    n_days: int
    n_entries: int
    centre: float
    spread: float
    inflation: float

    @property
    def value(self) -> float:
        """The centre in the measure's unit."""
        return from_working(self.measure, self.centre)

    @property
    def centre_interval(self) -> Interval:
        """Where the centre is, 90 %, in the measure's unit."""
        return self._around(sqrt(self.inflation / self.n_days))

    @property
    def band(self) -> Interval:
        """Where one more day is expected, 90 %, in the measure's unit."""
        return self._around(sqrt(1.0 + self.inflation / self.n_days))

    def _around(self, spreads: float) -> Interval:
        half = student_quantile(UPPER_TAIL, self.degrees) * self.spread * spreads
        return Interval(
            from_working(self.measure, self.centre - half),
            from_working(self.measure, self.centre + half),
        )

    @property
    def degrees(self) -> float:
        """Degrees of freedom behind the spread."""
        return QN_EFFICIENCY * (self.n_days - 1) + PRIOR_WEIGHT_DAYS


def warm_up(series: Daily, today: int) -> WarmUp:
    """How far the usual is learnt on the day ``today``: day 1 is that of the first entry.

    >>> import numpy as np
    >>> warm_up(Daily("stress", np.array([10]), np.array([0.3]), np.array([2])), today=13)
    WarmUp(day=4, entries=2)
    """
    until = series.between(0, today)
    if not len(until):
        return WarmUp(0, 0)
    return WarmUp(today - int(until.days[0]) + 1, int(until.counts.sum()))


def learn_usual(series: Daily) -> Usual | None:
    """The usual of all days given; None for fewer than five.

    >>> import numpy as np
    >>> days = np.arange(20)
    >>> usual = learn_usual(Daily("loudness_dbfs", days, -20.0 + days % 3, np.ones(20, int)))
    >>> usual.value, usual.n_days
    (-19.0, 20)
    """
    n = len(series)
    if n < LEAST_DAYS:
        return None
    centre = centre_of(series.values)
    prior = PRIOR_SPREADS[scale_of(series.measure)]
    variance = n * spread_of(series.values) ** 2 + PRIOR_WEIGHT_DAYS * prior**2
    spread = sqrt(variance / (n + PRIOR_WEIGHT_DAYS))
    return Usual(
        measure=series.measure,
        first_day=int(series.days[0]),
        last_day=int(series.days[-1]),
        n_days=n,
        n_entries=int(series.counts.sum()),
        centre=centre,
        spread=spread,
        inflation=inflation_of(day_correlation(series, spread, centre)),
    )


def recent_usual(series: Daily, today: int) -> Usual | None:
    """The usual of the 60 days that end on ``today``; None while it is learnt."""
    if not warm_up(series, today).done:
        return None
    return learn_usual(series.between(today - RECENT_DAYS + 1, today))


def usual_before(series: Daily, day: int) -> Usual | None:
    """The usual of the 60 days before ``day``; None with too few: 10 entries over 14 days."""
    before = series.between(day - RECENT_DAYS, day - 1)
    return learn_usual(before) if warm_up(before, day - 1).done else None


def anchored_usual(series: Daily, today: int) -> Usual | None:
    """The usual of the first 28 days, which later days do not move; None while it is learnt."""
    if not warm_up(series, today).done:
        return None
    first = int(series.days[0])
    return learn_usual(series.between(first, min(today, first + ANCHOR_DAYS - 1)))
