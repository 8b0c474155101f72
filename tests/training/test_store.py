from pathlib import Path

import numpy as np
import pytest

from sottovoce.training.store import FitStore, fit_key


def test_what_is_fitted_once_is_not_fitted_again(tmp_path: Path) -> None:
    store, made = FitStore(tmp_path / "fits"), []

    def make() -> dict[str, np.ndarray]:
        made.append(1)
        return {"weights": np.arange(3.0)}

    first, second = store.kept("a", make), store.kept("a", make)
    assert len(made) == 1
    np.testing.assert_array_equal(first["weights"], second["weights"])


def test_a_fit_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> dict[str, np.ndarray]:
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        FitStore(tmp_path / "fits").kept("a", fail)
    assert not list(tmp_path.rglob("*.npz"))


@pytest.mark.parametrize(
    "other",
    [
        ("b", np.zeros(2)),
        ("a", np.ones(2)),
        ("a", np.zeros(2, np.float32)),
        ("a", np.zeros((2, 1))),
    ],
)
def test_the_key_changes_with_settings_values_types_and_shapes(
    other: tuple[str, np.ndarray],
) -> None:
    assert fit_key(*other) != fit_key("a", np.zeros(2))
