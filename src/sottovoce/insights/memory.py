"""How much one day is like the day before, and what that costs in certainty.

Sixty days that lean on each other say less than sixty that do not. The variance of their mean is
larger by ``1 + 2 * sum of the autocorrelations`` (Bayley & Hammersley 1946).
"""

import numpy as np

from sottovoce.insights.readings import Daily

USUAL_CORRELATION = 0.15
USUAL_WEIGHT_PAIRS = 25.0
DECAY = 0.45
LARGEST_CORRELATION = 0.6


def day_correlation(series: Daily, spread: float, centre: float) -> float:
    """Correlation of a day with the day before, -0.2..0.6, drawn towards an ordinary 0.15.

    Only days that follow each other are compared. Values beyond three spreads count as three
    (a robust product moment); the estimate's known bias, ``(1 + 3 r) / pairs`` (Kendall 1954), is
    taken off, and an ordinary correlation has the weight of 25 pairs.
    """
    scores = np.clip((series.values - centre) / spread, -3.0, 3.0)
    follows = np.diff(series.days) == 1
    pairs = int(follows.sum())
    power = float(np.mean(scores**2)) if len(scores) else 0.0
    if pairs == 0 or power == 0.0:
        return USUAL_CORRELATION
    found = float(np.mean((scores[1:] * scores[:-1])[follows])) / power
    found += (1.0 + 3.0 * found) / pairs
    drawn = (pairs * found + USUAL_WEIGHT_PAIRS * USUAL_CORRELATION) / (pairs + USUAL_WEIGHT_PAIRS)
    return min(LARGEST_CORRELATION, max(-0.2, drawn))


def inflation_of(correlation: float) -> float:
    """How many times larger the variance of a mean of days is than of independent days.

    What one day keeps of the last is a state heard through the noise of its memos, so the
    correlations fall by ``DECAY`` a day from the first.

    >>> inflation_of(0.0), round(inflation_of(0.11), 2)
    (1.0, 1.4)
    """
    return max(0.7, 1.0 + 2.0 * correlation / (1.0 - DECAY))


def between_blocks(inflation: float, block_days: int) -> float:
    """How many times larger the variance of a slope between neighbouring blocks of days is.

    ``1 + 2 r``, with ``r`` the correlation of the means of two blocks side by side: the longer the
    blocks, the less their ends matter. Never under 1.

    >>> between_blocks(1.0, 3), round(between_blocks(1.5, 3), 2), round(between_blocks(1.5, 7), 2)
    (1.0, 1.2, 1.09)
    """
    shared = (inflation - 1.0) / (2.0 * (1.0 - DECAY))
    return max(1.0, 1.0 + 2.0 * shared / (block_days * inflation))
