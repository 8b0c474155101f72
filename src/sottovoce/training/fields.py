"""From a TOML table to a frozen dataclass, with one sentence for each thing that can be wrong.

The dataclass is the schema: a key it does not have, a value of another type, or a missing one is
refused with the file and the full name of the key.
"""

import difflib
import os
import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from sottovoce.training.errors import RecipeError

Made = TypeVar("Made")
VARIABLE = re.compile(r"\$\{?(\w+)\}?")
WORDS = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    Path: "a path",
    tuple: "a list",
    Mapping: "a table",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A file and a key in it, as an error names them."""

    file: Path
    key: str = ""

    def at(self, name: str) -> "Place":
        """A key within this one.

        >>> Place(Path("r.toml"), "corpora").at("[0]").at("folder").key
        'corpora[0].folder'
        """
        joint = "." if self.key and not name.startswith("[") else ""
        return Place(self.file, self.key + joint + name)

    def wrong(self, why: str) -> RecipeError:
        """The error for this key."""
        return RecipeError(
            f"'{self.file}': '{self.key}' {why}" if self.key else f"'{self.file}' {why}"
        )


def build(made: type[Made], table: Mapping[str, Any], place: Place) -> Made:
    """A frozen dataclass from a table.

    Fields may be text, numbers, booleans, paths (relative to the file, with ``$VARIABLES``),
    ``Literal``, tuples of one kind, mappings of these, dataclasses, or any of them ``| None``;
    ``object`` takes any value.

    Raises
    ------
    RecipeError
        A key is unknown or missing, or a value has the wrong type.
    """
    known = {one.name: one for one in fields(made)}  # type: ignore[arg-type]
    for name in table:
        if name not in known:
            raise _unknown(name, list(known), place)
    types = get_type_hints(made)
    values = {name: _value(types[name], table[name], place.at(name)) for name in table}
    for name, one in known.items():
        if name not in table and _required(one):
            raise place.at(name).wrong("is missing")
    return made(**values)


def _required(one: Field[Any]) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _unknown(name: str, known: list[str], place: Place) -> RecipeError:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(known)}"
    return place.at(name).wrong(f"is not a key here; {hint}")


def _value(kind: Any, value: Any, place: Place) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _value(_given(kind), value, place)
    if origin is Literal:
        return _choice(get_args(kind), value, place)
    if origin is tuple:
        return _list(get_args(kind), _typed(list, value, place, tuple), place)
    if origin is not None:
        return _mapping(get_args(kind)[1], _typed(dict, value, place, Mapping), place)
    if is_dataclass(kind):
        return build(kind, _typed(dict, value, place, Mapping), place)  # type: ignore[arg-type]
    return _scalar(kind, value, place)


def _given(kind: Any) -> Any:
    """The type a value has when it is given: TOML has no null."""
    several = tuple(one for one in get_args(kind) if one is not NoneType)
    return several[0] if len(several) == 1 else Union[several]  # noqa: UP007


def _choice(choices: tuple[Any, ...], value: Any, place: Place) -> Any:
    if value not in choices:
        raise place.wrong(f"is '{value}', but can be {' or '.join(map(str, choices))}")
    return value


def _list(kinds: tuple[Any, ...], values: list[Any], place: Place) -> tuple[Any, ...]:
    if Ellipsis not in kinds and len(values) != len(kinds):
        raise place.wrong(f"has {len(values)} values, but must have {len(kinds)}")
    return tuple(_value(kinds[0], one, place.at(f"[{n}]")) for n, one in enumerate(values))


def _mapping(kind: Any, values: Mapping[str, Any], place: Place) -> dict[str, Any]:
    return {name: _value(kind, one, place.at(name)) for name, one in values.items()}


def _scalar(kind: Any, value: Any, place: Place) -> Any:
    if kind is object:
        return value
    if kind is Path:
        return _path(_typed(str, value, place, Path), place)
    if kind is float and type(value) is int:
        return float(value)
    return _typed(kind, value, place, kind)


def _typed(kind: type[Any], value: Any, place: Place, word: Any) -> Any:
    if type(value) is not kind:
        raise place.wrong(f"is {value!r}, but must be {WORDS[word]}")
    return value


def _path(text: str, place: Place) -> Path:
    for name in VARIABLE.findall(text):
        if name not in os.environ:
            raise place.wrong(f"needs the environment variable {name}, which is not set")
    return place.file.parent / Path(os.path.expandvars(text)).expanduser()
