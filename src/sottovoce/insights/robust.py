"""The few robust statistics that insights stand on, with their papers.

Written here because the base install carries numpy only; each is a line or two of it, and the tests
hold them against scipy.
"""

from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

MAD_TO_SIGMA = 1.4826
QN_TO_SIGMA = 2.2219
NORMAL = NormalDist()


def centre_of(values: Values) -> float:
    """Hodges-Lehmann centre: the median of all pairwise means (Hodges & Lehmann 1963).

    96 % as sure as the mean for bell-shaped data, and not moved by a third of wild values. Needs at
    least one value.

    >>> centre_of(np.array([1.0, 2.0, 3.0, 1000.0]))
    2.75
    """
    upper = np.triu_indices(len(values))
    return float(np.median((values[upper[0]] + values[upper[1]]) / 2.0))


def spread_of(values: Values) -> float:
    """Standard deviation by the Qn estimator (Rousseeuw & Croux 1993).

    The lower quartile of all pairwise distances, scaled to agree with the standard deviation of
    bell-shaped data, with the paper's correction for few values (Croux & Rousseeuw 1992). 0.0 for
    fewer than two values.

    >>> spread_of(np.array([5.0]))
    0.0
    """
    n = len(values)
    if n < 2:
        return 0.0
    left, right = np.triu_indices(n, 1)
    half = n // 2 + 1
    rank = half * (half - 1) // 2 - 1
    distance = np.partition(np.abs(values[left] - values[right]), rank)[rank]
    return float(QN_TO_SIGMA * distance * (n / (n + 1.4) if n % 2 else n / (n + 3.8)))


def normal_scores(values: Values) -> Values:
    """Values replaced by the normal quantile of their rank (van der Waerden 1952), float64 [n].

    Ties share the mean of their ranks. What is left is symmetric whatever the values were.

    >>> normal_scores(np.array([10.0, 1000.0, 20.0])).round(2).tolist()
    [-0.67, 0.67, 0.0]
    """
    _, first, of, counts = np.unique(
        values, return_index=True, return_inverse=True, return_counts=True
    )
    middle = np.cumsum(counts) - (counts - 1) / 2.0
    quantiles = np.array([NORMAL.inv_cdf(rank / (len(values) + 1)) for rank in middle])
    return quantiles[of] if len(first) else values


def normal_quantile(probability: float) -> float:
    """Quantile of the normal law.

    >>> round(normal_quantile(0.95), 3)
    1.645
    """
    return NORMAL.inv_cdf(probability)


def student_quantile(probability: float, degrees: float) -> float:
    """Quantile of Student's law by Hill's expansion (Hill 1970), good to 0.1 % above 5 degrees.

    >>> round(student_quantile(0.95, 10.0), 3)
    1.812
    """
    z = NORMAL.inv_cdf(probability)
    first = (z**3 + z) / 4.0
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96.0
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384.0
    return z + first / degrees + second / degrees**2 + third / degrees**3
