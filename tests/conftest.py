"""Fixtures shared by all tests: where the real recordings are, and made sounds."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from pulse import Pulse, missing, running_pulse
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def corpus_folder() -> Path:
    """The folder of real recordings: $SOTTOVOCE_DATA, or ``shared/data`` beside the repository."""
    folder = Path(os.environ.get("SOTTOVOCE_DATA", REPOSITORY.parent / "shared" / "data"))
    if not (folder / "ravdess" / "labels.csv").is_file():
        pytest.skip("the real recordings are not here; set SOTTOVOCE_DATA to their folder")
    return folder


@pytest.fixture
def sine() -> FloatArray:
    """One second of a 200 Hz sine at half of full scale."""
    time_s = np.arange(SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    return (0.5 * np.sin(2 * np.pi * 200.0 * time_s)).astype(np.float32)


@pytest.fixture
def pulse(tmp_path: Path) -> Iterator[Pulse]:
    """A sound server of its own, where PulseAudio and PortAudio are installed."""
    if reason := missing():
        pytest.skip(f"no sound server to record from: {reason}")
    folder = tmp_path / "pulse"
    folder.mkdir(mode=0o700)
    with running_pulse(folder) as server:
        yield server
