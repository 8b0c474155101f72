"""How much your own days differ when nothing has changed: the band of your repeatability."""

from math import sqrt

from sottovoce.insights.robust import normal_quantile
from sottovoce.insights.scales import from_working
from sottovoce.insights.usual import UPPER_TAIL, Usual


def detectable_change(usual: Usual, n_days: int) -> float:
    """The smallest change between two means of ``n_days`` days that is more than chance, 90 %.

    ``1.645 * sqrt(2) * standard error`` (Weir 2005), the standard error being that of a mean of
    days that lean on each other; in the measure's unit, around your centre.

    >>> from sottovoce.insights.usual import Usual
    >>> usual = Usual("loudness_dbfs", 0, 59, 60, 90, centre=-20.0, spread=1.0, inflation=1.0)
    >>> round(detectable_change(usual, n_days=1), 3), round(detectable_change(usual, n_days=4), 3)
    (2.326, 1.163)
    """
    standard_error = usual.spread * sqrt(usual.inflation / n_days)
    half = normal_quantile(UPPER_TAIL) * sqrt(2.0) * standard_error / 2.0
    return from_working(usual.measure, usual.centre + half) - from_working(
        usual.measure, usual.centre - half
    )
