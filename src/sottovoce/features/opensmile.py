"""openSMILE's feature sets, for comparison and research: the extra ``opensmile``.

The values are those of ``opensmile.Smile`` itself. Sottovoce's own weights never depend on them.

>>> print(LICENCE_NOTICE)
openSMILE (audEERING) is licensed for private and research use only, not for any product.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.errors import MissingExtraError

LICENCE_NOTICE = (
    "openSMILE (audEERING) is licensed for private and research use only, not for any product."
)
LARGEST_SAMPLE = 1.0 - 2.0**-15  # openSMILE's cast to 16 bit turns +1.0 into -1.0
SHORTEST_SAMPLES = round(0.06 * SAMPLE_RATE_HZ)  # one of its frames; it has no values for less

SetName = Literal["eGeMAPSv02", "ComParE_2016"]


@dataclass(frozen=True, slots=True, eq=False)
class Functionals:
    """Names and values of a feature set over one window: float32 [len(names)].

    All are NaN for a window shorter than 60 ms.
    """

    names: tuple[str, ...]
    values: FloatArray


def egemaps(samples: FloatArray) -> Functionals:
    """The 88 functionals of eGeMAPSv02 (Eyben et al. 2016, doi:10.1109/TAFFC.2015.2457417).

    Raises
    ------
    MissingExtraError
        openSMILE is not installed.
    """
    return _functionals("eGeMAPSv02", samples)


def compare(samples: FloatArray) -> Functionals:
    """The 6373 functionals of ComParE_2016 (Schuller et al. 2016, Interspeech, 2001-2005).

    Raises
    ------
    MissingExtraError
        openSMILE is not installed.
    """
    return _functionals("ComParE_2016", samples)


FEATURE_SETS: Mapping[str, Callable[[FloatArray], Functionals]] = {
    "compare": compare,
    "egemaps": egemaps,
}


def _functionals(name: SetName, samples: FloatArray) -> Functionals:
    smile = _open(name)
    names = tuple(smile.feature_names)
    if len(samples) < SHORTEST_SAMPLES:
        return Functionals(names, np.full(len(names), np.nan, dtype=np.float32))
    table = smile.process_signal(np.minimum(samples, LARGEST_SAMPLE), SAMPLE_RATE_HZ)
    return Functionals(names, table.to_numpy(dtype=np.float32)[0])


@lru_cache(maxsize=2)
def _open(name: SetName) -> Any:
    try:
        import opensmile
    except ImportError as missing:
        raise MissingExtraError(
            "openSMILE is not installed; add it with: pip install 'sottovoce[opensmile]'"
        ) from missing
    return opensmile.Smile(
        feature_set=opensmile.FeatureSet[name],
        feature_level=opensmile.FeatureLevel.Functionals,
    )
