"""Checkpoints and speech that several tests need, made once."""

from pathlib import Path

import numpy as np
import pytest
from tests.wav2vec2.makers import make_checkpoint

from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.wav2vec2.conversion import Order, Outcome, import_checkpoint


@pytest.fixture(scope="session")
def windows() -> list[FloatArray]:
    """Three windows of noise of different lengths, at different levels."""
    rng = np.random.default_rng(3)
    return [
        (level * rng.normal(size=round(length_s * SAMPLE_RATE_HZ))).astype(np.float32)
        for length_s, level in ((0.5, 0.3), (1.3, 0.05), (2.0, 0.1))
    ]


@pytest.fixture(scope="session")
def checkpoint_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A standard checkpoint, to be read only."""
    return make_checkpoint(tmp_path_factory.mktemp("checkpoints") / "standard")


@pytest.fixture(scope="session")
def imported(
    tmp_path_factory: pytest.TempPathFactory, checkpoint_folder: Path
) -> tuple[Path, Outcome]:
    """A models folder with the standard checkpoint in it as "mine", and what its import found."""
    models = tmp_path_factory.mktemp("home") / "models"
    order = Order(checkpoint_folder, str(checkpoint_folder), "mine", int8=True)
    return models, import_checkpoint(order, models, lambda words: None)
