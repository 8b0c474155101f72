"""A second of sound, and a lexicon that knows two words."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sottovoce.domain import SAMPLE_RATE_HZ

Write = Callable[[Path, np.ndarray], None]


class TwoWords:
    """Good is 1, bad is -1, all else 0."""

    name, version = "two words", "1"

    def score(self, text: str) -> float:
        return float(("good" in text) - ("bad" in text))


@pytest.fixture
def sentiment() -> TwoWords:
    return TwoWords()


@pytest.fixture
def memo(tmp_path: Path, write_plain: Write) -> Path:
    """Four seconds of a quiet tone."""
    time_s = np.arange(4 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    write_plain(tmp_path / "memo.wav", 0.1 * np.sin(2 * np.pi * 200 * time_s))
    return tmp_path / "memo.wav"
