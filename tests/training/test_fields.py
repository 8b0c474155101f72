from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest

from sottovoce.training.errors import RecipeError
from sottovoce.training.fields import Place, build


@dataclass(frozen=True)
class Inner:
    folder: Path
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outer:
    seed: int
    inner: tuple[Inner, ...] = ()
    rate: float = 0.5
    bounds: tuple[float, float] = (0.0, 1.0)
    kind: Literal["one", "two"] = "one"
    table: Path | None = None
    shuffle: bool = True


PLACE = Place(Path("/recipes/r.toml"))


def test_a_whole_table() -> None:
    made = build(
        Outer,
        {
            "seed": 1,
            "rate": 2,
            "bounds": [1, 2.5],
            "kind": "two",
            "table": "folds.csv",
            "inner": [{"folder": "/data", "words": {"a": "b"}}],
        },
        PLACE,
    )
    assert made == Outer(
        seed=1,
        inner=(Inner(Path("/data"), {"a": "b"}),),
        rate=2.0,
        bounds=(1.0, 2.5),
        kind="two",
        table=Path("/recipes/folds.csv"),
    )


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({}, "'/recipes/r.toml': 'seed' is missing"),
        ({"seed": 1, "sead": 2}, "'sead' is not a key here; did you mean 'seed'?"),
        ({"seed": 1, "zzz": 2}, "'zzz' is not a key here; there are: seed, inner"),
        ({"seed": "1"}, "'seed' is '1', but must be a whole number"),
        ({"seed": True}, "'seed' is True, but must be a whole number"),
        ({"seed": 1, "rate": "x"}, "'rate' is 'x', but must be a number"),
        ({"seed": 1, "rate": False}, "'rate' is False, but must be a number"),
        ({"seed": 1, "bounds": [1.0]}, "'bounds' has 1 values, but must have 2"),
        ({"seed": 1, "bounds": 1.0}, "'bounds' is 1.0, but must be a list"),
        ({"seed": 1, "kind": "three"}, "'kind' is 'three', but can be one or two"),
        ({"seed": 1, "shuffle": 1}, "'shuffle' is 1, but must be true or false"),
        ({"seed": 1, "inner": [{}]}, "'inner[0].folder' is missing"),
        ({"seed": 1, "inner": [3]}, "'inner[0]' is 3, but must be a table"),
        ({"seed": 1, "inner": [{"folder": 3}]}, "'inner[0].folder' is 3, but must be a path"),
        (
            {"seed": 1, "inner": [{"folder": "/", "words": {"a": 3}}]},
            "'inner[0].words.a' is 3, but must be a text",
        ),
    ],
)
def test_what_is_wrong_is_said_with_file_and_key(table, message) -> None:
    with pytest.raises(RecipeError) as caught:
        build(Outer, table, PLACE)
    assert message in str(caught.value)
    assert str(caught.value).startswith("'/recipes/r.toml'")


def test_variables_are_filled_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADE_DATA", "/data")
    assert build(Inner, {"folder": "${MADE_DATA}/x"}, PLACE).folder == Path("/data/x")
    monkeypatch.delenv("MADE_DATA")
    with pytest.raises(RecipeError, match="'folder' needs the environment variable MADE_DATA"):
        build(Inner, {"folder": "$MADE_DATA/x"}, PLACE)
