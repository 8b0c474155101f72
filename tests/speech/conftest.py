"""Synthetic speech: the sample memos that the project ships, and what is not speech."""

from collections.abc import Callable

import numpy as np
import pytest

from sottovoce.audio.decode import decode
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.runtime import ASSETS


@pytest.fixture(scope="session")
def memo() -> FloatArray:
    """Eight seconds of an even synthetic voice."""
    return decode(ASSETS / "samples" / "even.ogg").samples


@pytest.fixture(scope="session")
def slow_memo() -> FloatArray:
    """Nine seconds of a slow synthetic voice, with two pauses of more than half a second."""
    return decode(ASSETS / "samples" / "slow.ogg").samples


@pytest.fixture
def silence() -> Callable[[float], FloatArray]:
    """Digital silence of some seconds."""

    def make(duration_s: float) -> FloatArray:
        return np.zeros(round(duration_s * SAMPLE_RATE_HZ), dtype=np.float32)

    return make
