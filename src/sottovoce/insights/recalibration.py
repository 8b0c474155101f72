"""From an index to what you would say of yourself: a line learnt from your own self-reports.

The slope is drawn towards none by as much as its own doubt asks for (Copas 1983), and it is used
only where leaving out each day in turn shows that it foretells your reports better than their mean
does.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from sottovoce.insights.agreement import LEAST_DAYS, LEAST_REPORTS, MOST_REPORTS, Reports
from sottovoce.insights.days import IntArray
from sottovoce.insights.robust import Values, student_quantile
from sottovoce.insights.scales import to_working
from sottovoce.insights.usual import UPPER_TAIL, Interval

WORST_VALENCE = 1.0
BEST_VALENCE = 7.0


@dataclass(frozen=True, slots=True)
class Recalibration:
    """The line: ``mean_valence + slope * (working value - mean_value)``.

    ``error`` is the standard deviation of your reports around it. ``gain`` is the share of the mean
    absolute error of "always your mean report" that the line takes away on days it was not learnt
    from; the line is only ``used`` when there is one.
    """

    measure: str
    n_reports: int
    mean_value: float
    mean_valence: float
    slope: float
    error: float
    gain: float

    @property
    def used(self) -> bool:
        """Whether it foretells your reports better than their mean."""
        return self.gain > 0.0 and self.slope < 0.0

    def expected(self, value: float) -> tuple[float, Interval]:
        """The self-report to expect, 1 to 7, beside a value of the index, with 90 % interval."""
        working = float(to_working(self.measure, np.array([value]))[0])
        middle = self.mean_valence + self.slope * (working - self.mean_value)
        wide = sqrt(1.0 + 1.0 / self.n_reports)
        half = student_quantile(UPPER_TAIL, self.n_reports - 2) * self.error * wide
        low, high = (_within(end) for end in (middle - half, middle + half))
        return _within(middle), Interval(low, high)


def recalibrate(reports: Reports) -> Recalibration | None:
    """The line through the latest 500 reports; None before 30 on 14 days, or if all are the same.

    >>> days = np.arange(40)
    >>> line = recalibrate(Reports("loudness_dbfs", days, -20.0 - days % 5, 2 + days % 5))
    >>> line.used, round(line.slope, 2), round(line.expected(-22.0)[0], 1)
    (True, -1.0, 4.0)
    """
    latest = slice(-MOST_REPORTS, None)
    days = reports.days[latest]
    x = to_working(reports.measure, reports.values[latest])
    y = reports.valences[latest].astype(np.float64)
    few = len(y) < LEAST_REPORTS or len(np.unique(days)) < LEAST_DAYS
    if few or np.ptp(y) == 0.0 or np.ptp(x) == 0.0:
        return None
    slope = _slope(x - x.mean(), y - y.mean())
    residuals = y - y.mean() - slope * (x - x.mean())
    return Recalibration(
        measure=reports.measure,
        n_reports=len(y),
        mean_value=float(x.mean()),
        mean_valence=float(y.mean()),
        slope=slope,
        error=sqrt(float(np.sum(residuals**2)) / (len(y) - 2)),
        gain=_gain(days, x, y),
    )


def _slope(x: Values, y: Values) -> float:
    """Least squares, drawn towards 0 by ``1 - variance of the slope / its square`` (Copas 1983)."""
    return float(_slope_of(_sums(x, y).sum(axis=1)))


def _sums(x: Values, y: Values) -> Values:
    """What least squares needs of each report, float64 [6, n]: 1, x, y, x², xy, y²."""
    return np.stack([np.ones(len(x)), x, y, x * x, x * y, y * y])


def _slope_of(sums: Values) -> Values:
    """The slope of reports whose sums are given, float64 [...] from float64 [6, ...]."""
    n, x, y, xx, xy, yy = sums
    power, both, around = xx - x * x / n, xy - x * y / n, yy - y * y / n
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = both / power
        variance = np.maximum(around - both * slope, 0.0) / (n - 2) / power
        drawn = slope * np.maximum(0.0, 1.0 - variance / slope**2)
    return np.where((power > 0.0) & np.isfinite(drawn), drawn, 0.0)


def _gain(days: IntArray, x: Values, y: Values) -> float:
    """One less the ratio of mean absolute errors, each day foretold from all others."""
    each = _sums(x - x.mean(), y - y.mean())
    _, first, of = np.unique(days, return_index=True, return_inverse=True)
    kept = each.sum(axis=1, keepdims=True) - np.add.reduceat(each, first, axis=1)
    level, middle = (kept[2] / kept[0])[of], (kept[1] / kept[0])[of]
    foretold = level + _slope_of(kept)[of] * (each[1] - middle)
    line, mean = (float(np.abs(each[2] - guess).sum()) for guess in (foretold, level))
    return 1.0 - line / mean if mean else 0.0


def _within(valence: float) -> float:
    return min(BEST_VALENCE, max(WORST_VALENCE, valence))
