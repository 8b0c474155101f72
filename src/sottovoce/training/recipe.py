"""A recipe: everything that makes one training run, in one TOML file.

.. code-block:: toml

    name = "acted-linear"
    summary = "linear model over functionals"
    licence = "CC BY-NC-SA 4.0"
    seed = 1

    [[corpora]]
    folder = "$SOTTOVOCE_DATA/ravdess"

    [folds]
    table = "$SOTTOVOCE_DATA/ravdess/folds_emobox.csv"

    [model]
    kind = "linear"
    options = { penalties = [0.0003, 0.001] }
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from sottovoce.training.augment.policy import Policy
from sottovoce.training.corpora import AUTO, CORPORA, read_corpus
from sottovoce.training.errors import CorpusError, RecipeError
from sottovoce.training.fields import Place, build
from sottovoce.training.manifest import Manifest, join

Options = TypeVar("Options")


@dataclass(frozen=True, slots=True)
class CorpusRecipe:
    """Where a corpus is; ``labels`` adds words for emotions, each with a label or "ignored"."""

    folder: Path
    name: str = AUTO
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FoldRecipe:
    """How to split: by a table of folds where one is given, else ``count`` folds by speaker.

    ``inner`` folds, inside each training part, choose the settings.
    """

    count: int = 6
    inner: int = 5
    table: Path | None = None


@dataclass(frozen=True, slots=True)
class PartRecipe:
    """A part of which there are several kinds; ``options`` are those of the kind."""

    kind: str
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AugmentRecipe:
    """``copies`` changed copies of each training clip; ``noise`` is a folder of sounds."""

    copies: int = 0
    noise: Path | None = None
    policy: Policy = field(default_factory=Policy)


@dataclass(frozen=True, slots=True)
class CalibrationRecipe:
    """How scores become probabilities, and how often a prediction set may miss."""

    method: Literal["temperature", "vector"] = "temperature"
    penalty: float = 0.0
    sets: Literal["lac", "aps"] = "lac"
    error_rate: float = 0.1


@dataclass(frozen=True, slots=True)
class Recipe:
    """One training run; ``summary`` and ``licence`` go into the model's card."""

    name: str
    seed: int
    corpora: tuple[CorpusRecipe, ...]
    model: PartRecipe
    features: PartRecipe = field(default_factory=lambda: PartRecipe("functionals"))
    folds: FoldRecipe = field(default_factory=FoldRecipe)
    augment: AugmentRecipe = field(default_factory=AugmentRecipe)
    calibration: CalibrationRecipe = field(default_factory=CalibrationRecipe)
    summary: str = ""
    licence: str = "not stated"


@dataclass(frozen=True, slots=True)
class RecipeFile:
    """A recipe with the file it came from and the SHA-256 of its content.

    The hash is taken before variables are filled in, so it is the same on every machine.
    """

    recipe: Recipe
    file: Path
    sha256: str

    def options(self, made: type[Options], part: Literal["model", "features"]) -> Options:
        """The options of a part as the dataclass its kind uses.

        Raises
        ------
        RecipeError
            An option is unknown or has the wrong type.
        """
        given: PartRecipe = getattr(self.recipe, part)
        return build(made, given.options, Place(self.file, f"{part}.options"))


def read_recipe(file: Path) -> RecipeFile:
    """Read and check a recipe.

    Raises
    ------
    RecipeError
        The file is missing or is not TOML; a key is unknown, missing or has a value of the wrong
        type; there is no corpus, or its folder is not there.
    """
    table = _toml(file)
    recipe = build(Recipe, table, Place(file))
    _check_corpora(recipe, Place(file, "corpora"))
    _check_ranges(recipe, Place(file))
    _check_paths(recipe, Place(file))
    return RecipeFile(recipe, file, content_sha256(table))


def content_sha256(table: Mapping[str, Any]) -> str:
    """SHA-256 of a table's content; comments, order and spacing do not count.

    >>> content_sha256({"a": 1, "b": 2}) == content_sha256({"b": 2, "a": 1})
    True
    """
    return hashlib.sha256(json.dumps(table, sort_keys=True, default=str).encode()).hexdigest()


def read_corpora(source: RecipeFile) -> Manifest:
    """All clips of the recipe's corpora.

    Raises
    ------
    RecipeError
        A corpus cannot be read; the sentence names the recipe's key and the file of the corpus.
    """
    place = Place(source.file, "corpora")
    manifests = []
    for position, corpus in enumerate(source.recipe.corpora):
        try:
            manifests.append(read_corpus(corpus.folder, corpus.name, corpus.labels))
        except CorpusError as trouble:
            raise place.at(f"[{position}]").wrong(f"cannot be read: {trouble}") from trouble
    return join(manifests)


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as trouble:
        raise RecipeError(f"'{file}' cannot be read: {trouble.strerror}") from trouble
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
        raise RecipeError(f"'{file}' is not TOML: {trouble}") from trouble


def _check_corpora(recipe: Recipe, place: Place) -> None:
    if not recipe.corpora:
        raise place.wrong("names no corpus; add [[corpora]] with a folder")
    for position, corpus in enumerate(recipe.corpora):
        here = place.at(f"[{position}]")
        if corpus.name not in (AUTO, *CORPORA):
            raise here.at("name").wrong(f"is '{corpus.name}'; there are: {', '.join(CORPORA)}")
        if not corpus.folder.exists():
            raise here.at("folder").wrong(f"is '{corpus.folder}', which does not exist")


def _check_ranges(recipe: Recipe, place: Place) -> None:
    if recipe.seed < 0:
        raise place.at("seed").wrong(f"is {recipe.seed}, but must be 0 or more")
    if recipe.augment.copies < 0:
        raise place.at("augment.copies").wrong(f"is {recipe.augment.copies}, but must be 0 or more")
    if not 0.0 < recipe.calibration.error_rate < 1.0:
        rate = recipe.calibration.error_rate
        raise place.at("calibration.error_rate").wrong(f"is {rate}, but must be between 0 and 1")


def _check_paths(recipe: Recipe, place: Place) -> None:
    for key, path in (("folds.table", recipe.folds.table), ("augment.noise", recipe.augment.noise)):
        if path is not None and not path.exists():
            raise place.at(key).wrong(f"is '{path}', which does not exist")
