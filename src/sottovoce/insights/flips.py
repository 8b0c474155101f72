"""What chance would show: whole days change sign or place, and everything is looked at again.

Where nothing differs by hour, a day that lay above its week could as well have lain below it: signs
of whole days are flipped (cluster wild bootstrap with the null imposed: Cameron, Gelbach & Miller
2008; sign flipping: Winkler et al. 2014). Where weekdays do not matter, a day could have been any
other of its week: days change places (restricted permutation: Good 2005). Either keeps whatever
ties the memos of one day together, and asking of each such journal the largest of all looks pays
for looking often (Westfall & Young 1993).

Values enter as normal scores of their ranks, so skew and wild values do not matter; each week is
judged against itself, so a slow rise is no pattern.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sottovoce.insights.days import DAYS_A_WEEK, IntArray, weekdays, weeks
from sottovoce.insights.robust import Values

FLIPS = 999
LEAST_COUNT = 3.0
SEED = 1963  # any number; fixed, so that the same journal always gives the same answer

Members = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """How far each group lies from the rest of its weeks, and how far it does by chance.

    ``observed`` float64 [g] and ``drawn`` float64 [flips, g], in the same unit: the sum of the
    group's differences from their weeks over the root of its count.
    """

    observed: Values
    drawn: Values


def chance_signs(days: IntArray) -> Values:
    """Signs of each day in each flipped journal, float64 [flips, d]; the same for the same days."""
    rng = np.random.default_rng(SEED)
    return (2 * rng.integers(0, 2, (FLIPS, len(np.unique(days)))) - 1).astype(np.float64)


def look(values: Values, days: IntArray, members: Members, signs: Values) -> Looks:
    """Compare groups of values with the rest of their weeks.

    Parameters
    ----------
    values
        float64 [n], of bell shape (normal scores).
    days
        int64 [n], ascending; their weeks are judged against themselves.
    members
        bool [n, g]: which value is in which group.
    signs
        What :func:`chance_signs` gives for the days.

    Examples
    --------
    >>> days = np.arange(70)
    >>> mondays = (days % 7 == 4)[:, None]
    >>> looks = look(np.where(mondays[:, 0], 1.0, 0.0), days, mondays, chance_signs(days))
    >>> bool(looks.observed[0] > looks.drawn.max())
    True
    """
    week_first, week_of, week_n = _runs(weeks(days))
    means = np.add.reduceat(values, week_first) / week_n
    in_week = np.add.reduceat(members, week_first, dtype=np.float64) / week_n[:, None]
    terms = (values - means[week_of])[:, None] * (members - in_week[week_of])
    sums = np.add.reduceat(terms, _runs(days)[0]) / np.sqrt(np.maximum(members.sum(axis=0), 1))
    return Looks(sums.sum(axis=0), signs @ (sums * _unshrunk(days)[:, None]))


def _unshrunk(days: IntArray) -> Values:
    """How much larger each day's difference would be if its own week's mean were known, [d].

    A mean of n values draws each of them towards itself by the root of ``1 - 1 / n``. How many
    values there are lies between the memos of a week and its days, for the memos of a day are
    partly alike: halfway is taken.
    """
    unique, counts = np.unique(days, return_counts=True)
    first, of, n_days = _runs(weeks(unique))
    if not len(first):
        return np.ones(0)
    n_values = np.add.reduceat(counts, first)
    drawn_in = (1.0 / n_days + 1.0 / n_values) / 2.0
    return (1.0 / np.sqrt(np.where(n_days > 1, 1.0 - drawn_in, 1.0)))[of]


def _runs(labels: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    _, first, of, counts = np.unique(
        labels, return_index=True, return_inverse=True, return_counts=True
    )
    return first, of, counts


def shuffled_weekdays(days: IntArray) -> IntArray:
    """Weekdays in journals whose days were shuffled within their weeks, int64 [flips, d]."""
    unique = np.unique(days)
    keys = np.random.default_rng(SEED).random((FLIPS, len(unique))) + weeks(unique)
    return weekdays(unique)[np.argsort(keys, axis=1)]


def laid(days: IntArray, shuffled: IntArray) -> Values:
    """Whether a day lies on a weekday, as it was and then shuffled, float64 [(1 + flips) * 7, d].

    ``shuffled`` is what :func:`shuffled_weekdays` gives for the days.
    """
    places = np.vstack([weekdays(np.unique(days)), shuffled])
    lies: Members = places[:, None, :] == np.arange(DAYS_A_WEEK)[:, None]
    return lies.reshape(-1, places.shape[1]).astype(np.float64)


def look_shuffled(
    values: Values, days: IntArray, slots: IntArray, groups: IntArray, lies: Values
) -> Looks:
    """Compare groups of weekdays with the rest of their weeks: whole days change their weekday.

    A day keeps its hours and its values and becomes another day of the same week, as it could have
    been if weekdays did not matter (restricted permutation: Good 2005). Small groups, where few
    signs could be flipped, are judged fairly by this.

    Parameters
    ----------
    values, days
        As for :func:`look`.
    slots
        int64 [n]: which part of its day a value belongs to, from 0.
    groups
        int64 [7, slots]: the group of each slot of each weekday, from 0; -1 for none.
    lies
        What :func:`laid` gives for the days.
    """
    week_first, week_of, week_n = _runs(weeks(days))
    residuals = values - (np.add.reduceat(values, week_first) / week_n)[week_of]
    day_of, n_slots = _runs(days)[1], groups.shape[1]
    shape = (lies.shape[1], n_slots)
    sums = np.bincount(day_of * n_slots + slots, residuals, shape[0] * n_slots).reshape(shape)
    counts = np.bincount(day_of * n_slots + slots, minlength=shape[0] * n_slots).reshape(shape)
    both = np.hsplit(lies @ np.hstack([sums, counts]), 2)
    added, count = (_grouped(part.reshape(-1, groups.size), groups) for part in both)
    looks = added / np.sqrt(np.maximum(count, LEAST_COUNT))
    return Looks(looks[0], looks[1:])


def _grouped(table: Values, groups: IntArray) -> Values:
    """The sum of each group's columns, float64 [n, g]."""
    wanted = np.arange(groups.max() + 1)
    if np.array_equal(groups.ravel(), wanted):
        return table
    of_group: Members = groups.ravel()[:, None] == wanted
    found: Values = table @ of_group.astype(np.float64)
    return found


def exceeding(observed: float, drawn: Values) -> float:
    """The share of chances that reach what was observed, the observed counted in (0, 1].

    >>> exceeding(2.0, np.array([1.0, 3.0, 0.5]))
    0.5
    """
    return float((1 + np.sum(drawn >= observed * (1 - 1e-9))) / (1 + len(drawn)))


def joint_chances(statistics: Values, drawn: Values, weights: Values) -> Values:
    """Chance of each family's statistic, paid for by looking at all families, float64 [f].

    ``statistics`` is float64 [f], ``drawn`` float64 [flips, f]. Each is first ranked among its own
    chances; the best rank over its family's weight is then asked of every flipped journal (minP:
    Westfall & Young 1993; weighted: Westfall, Kropf & Finos 2004). Only the proportions of
    ``weights`` [f] matter: a family with twice the weight pays half as much.
    """
    alone = np.array(
        [exceeding(value, column) for value, column in zip(statistics, drawn.T, strict=True)]
    )
    ranks = np.argsort(np.argsort(-drawn, axis=0), axis=0)
    best = ((ranks + 1) / (1 + len(drawn)) / weights).min(axis=1)
    return np.array([(1 + np.sum(best <= p)) / (1 + len(best)) for p in alone / weights])
