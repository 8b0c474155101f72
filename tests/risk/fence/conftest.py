"""A person's folder, and models of low mood in it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from riskmodels import GOOD, write_model

MakeModel = Callable[..., Path]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's folder of their own."""
    monkeypatch.setenv("SOTTOVOCE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def make_model(home: Path) -> MakeModel:
    """Write a model of low mood into the person's models folder; ``evaluation`` as given."""

    def make(evaluation: Any = GOOD, name: str = "heavy", **told: Any) -> Path:
        return write_model(home / "models" / name, evaluation, **told)

    return make
