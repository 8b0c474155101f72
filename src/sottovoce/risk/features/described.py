"""How one segment is described, by name: ``own`` by our functionals, ``egemaps`` by openSMILE."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import numpy as np

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.errors import MissingExtraError, ModelError
from sottovoce.features.functionals import functional_digest, functional_names
from sottovoce.features.opensmile import LARGEST_SAMPLE, egemaps

KEPT_STATISTICS = ("mean", "sd")
LEFT_OUT = ("mel_", "share_", "roll_off_", "slope_")  # said already by the cepstrum and the shape


class Heard(Protocol):
    """One window of speech, as ``models.judge.Hearable`` has it."""

    @property
    def samples(self) -> FloatArray:
        """Float32 [n], 16 kHz."""
        ...

    def functionals(self) -> FloatArray:
        """Functionals of the descriptors."""
        ...


@dataclass(frozen=True, slots=True)
class FeatureSet:
    """A way to describe a segment: float32 [len(names())]; ``version`` changes with its numbers."""

    name: str
    names: Callable[[], tuple[str, ...]]
    describe: Callable[[Heard], FloatArray]
    version: Callable[[], str]


@lru_cache(maxsize=1)
def _own_columns() -> tuple[int, ...]:
    """Mean and spread of voiced frames, and rhythm: few, as the corpora are small."""
    return tuple(place for place, name in enumerate(functional_names()) if _kept(name))


def _kept(name: str) -> bool:
    selection, descriptor, *rest = name.split(".")
    if descriptor == "rhythm":
        return True
    known = selection == "voiced" and len(rest) == 1 and rest[0] in KEPT_STATISTICS
    return known and not descriptor.startswith(LEFT_OUT)


def _own_names() -> tuple[str, ...]:
    names = functional_names()
    return tuple(names[place] for place in _own_columns())


def _own(heard: Heard) -> FloatArray:
    return heard.functionals()[list(_own_columns())]


def _egemaps(heard: Heard) -> FloatArray:
    """The 88 functionals, and mean and spread of each low-level descriptor."""
    table = _low_level(heard.samples)
    return np.concatenate([egemaps(heard.samples).values, table.mean(axis=0), table.std(axis=0)])


def _egemaps_names() -> tuple[str, ...]:
    low = tuple(_open_low_level().feature_names)
    means, spreads = (f"{name}.mean" for name in low), (f"{name}.sd" for name in low)
    return (*egemaps(np.zeros(0, np.float32)).names, *means, *spreads)


def _low_level(samples: FloatArray) -> FloatArray:
    table = _open_low_level().process_signal(np.minimum(samples, LARGEST_SAMPLE), SAMPLE_RATE_HZ)
    return np.asarray(table.to_numpy(dtype=np.float32))


@lru_cache(maxsize=1)
def _open_low_level() -> Any:
    try:
        import opensmile
    except ImportError as missing:
        raise MissingExtraError(
            "openSMILE is not installed; add it with: pip install 'sottovoce[opensmile]'"
        ) from missing
    return opensmile.Smile(
        feature_set=opensmile.FeatureSet.eGeMAPSv02,
        feature_level=opensmile.FeatureLevel.LowLevelDescriptors,
    )


FEATURE_SETS: Mapping[str, FeatureSet] = {
    "own": FeatureSet("own", _own_names, _own, functional_digest),
    "egemaps": FeatureSet("egemaps", _egemaps_names, _egemaps, lambda: "eGeMAPSv02"),
}


def find_set(name: str) -> FeatureSet:
    """The set of that name.

    Raises
    ------
    ModelError
        There is none.
    """
    if name not in FEATURE_SETS:
        raise ModelError(f"there is no feature set '{name}'; there are: {', '.join(FEATURE_SETS)}")
    return FEATURE_SETS[name]
