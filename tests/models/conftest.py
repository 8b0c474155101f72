"""A small model with known answers, made by the code that ships real ones."""

from pathlib import Path

import numpy as np
import pytest

from sottovoce.training.calibration import Scaling
from sottovoce.training.linear import LinearModel, Machine, Population
from sottovoce.training.linear_graph import linear_graph
from sottovoce.training.shipping import ship

LABELS = ("calm", "sad")


@pytest.fixture
def model_folder(tmp_path: Path) -> Path:
    """Says "sad" the surer, the larger the first of three functionals."""
    one, plane = np.ones(3, np.float32), np.float32([[-1, 1], [0, 0], [0, 0]])
    machine = Machine(plane, np.zeros(2, np.float32))
    model = LinearModel(Population(0 * one, one, one, one), machine, machine)
    card = {
        "name": "small",
        "summary": "says sad for a large first functional",
        "licence": "Apache-2.0",
        "labels": list(LABELS),
        "features": "three",
        "doubt": {"quantile": 1.0, "floor": 0.05, "correlation": 0.5},
        "certainty": {"least_probability": 0.3, "error_rate": 0.2, "far": 3.0},
    }
    weights = linear_graph(model, Scaling((1.0, 1.0), (0.0, 0.0)))
    return ship(tmp_path / "models" / "small", weights, card)
