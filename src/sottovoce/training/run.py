"""One training run, from a recipe to a model folder: the story of the wing, in one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sottovoce.audio.decode import Decoder
from sottovoce.domain import FloatArray
from sottovoce.training.cache import FeatureCache, cached
from sottovoce.training.cards import Measured, card_of, figures_of, own_figures
from sottovoce.training.certainty import fit_certainty, memo_distances
from sottovoce.training.checks import check_present, check_trainable
from sottovoce.training.cross_calibration import (
    calibrated,
    fit_own_gain,
    fit_scaling,
    fold_scalings,
    own_predictions,
)
from sottovoce.training.describing import (
    code_digest,
    copier,
    decoded_by,
    describer,
    sounds_digest,
)
from sottovoce.training.doubt import fit_doubt
from sottovoce.training.errors import RecipeError
from sottovoce.training.examples import Examples, gather
from sottovoce.training.families import Family
from sottovoce.training.folds import Fold, speaker_folds, table_folds
from sottovoce.training.images import images_of
from sottovoce.training.leaks import require_disjoint, sound_digests
from sottovoce.training.linear import LinearOptions
from sottovoce.training.linear_family import LinearFamily
from sottovoce.training.manifest import Clip, Manifest
from sottovoce.training.noises import noises_for_training
from sottovoce.training.progress import watched
from sottovoce.training.recipe import (
    FoldRecipe,
    Recipe,
    RecipeFile,
    read_corpora,
)
from sottovoce.training.shipping import ship
from sottovoce.training.splits import read_fold_table
from sottovoce.training.store import FitStore
from sottovoce.training.validate import held_out

KINDS = ("linear", "blend")


def train(source: RecipeFile, folder: Path, cache_folder: Path) -> dict[str, float]:
    """Train, judge and ship the model of a recipe; returns its figures.

    Parameters
    ----------
    source
        The recipe.
    folder
        Where the model's folder is made; it appears whole or not at all.
    cache_folder
        Where features are kept between runs.

    Raises
    ------
    CorpusError, LeakError, RecipeError
        A corpus cannot be used, or the folds share a speaker or a sound.
    """
    ready, recipe = prepared(source, cache_folder), source.recipe.calibration
    examples, folds = ready.examples, ready.folds
    held = held_out(examples, folds, ready.family)
    scalings = fold_scalings(examples, folds, held.scores, recipe)
    said, own = calibrated(examples, folds, scalings, held.scores), held.own(examples, scalings)
    corpus_of = {clip.speaker: clip.corpus for clip in examples.clips}
    own_said = own_predictions(examples, folds, own, scalings)
    figures = {**figures_of(said, corpus_of), **own_figures(own_said, corpus_of)}
    distances = memo_distances(examples, held.distances)
    limits = Measured(fit_doubt(said), fit_certainty(said, distances, recipe.error_rate))
    everything = np.arange(len(examples.clips))
    scaling = fit_scaling(examples, held.scores, everything, recipe)
    weights = ready.family.fit(examples, everything).graph(
        fit_own_gain(examples, own, everything, scaling)
    )
    ship(folder, weights, card_of(source, examples, figures, limits))
    return figures


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What a recipe learns from and is judged on, what it fits, and notes of the corpora."""

    examples: Examples
    folds: tuple[Fold, ...]
    family: Family
    notes: tuple[str, ...]


def prepared(source: RecipeFile, cache_folder: Path) -> Prepared:
    """Read and describe what a recipe learns from, deal it into folds, look for leaks.

    Raises
    ------
    CorpusError, LeakError, RecipeError
        A corpus cannot be used, or the folds share a speaker or a sound.
    """
    recipe = source.recipe
    manifest = read_corpora(source)
    check_trainable(manifest)
    check_present(manifest.clips)
    noises = training_noises(recipe)
    examples = describe_all(manifest, recipe, noises, cache_folder)
    folds = recipe_folds(manifest.clips, recipe.folds, recipe.seed)
    refuse_leaks(manifest.clips, folds)
    return Prepared(examples, folds, family_of(source, noises, cache_folder), manifest.notes)


def family_of(source: RecipeFile, noises: Sequence[FloatArray], cache_folder: Path) -> Family:
    """The family that the recipe's ``model.kind`` names.

    Raises
    ------
    RecipeError
        There is no such kind, or an option is wrong.
    """
    recipe = source.recipe
    if recipe.model.kind not in KINDS:
        kinds = ", ".join(KINDS)
        raise RecipeError(
            f"'{source.file}': 'model.kind' is '{recipe.model.kind}'; there are: {kinds}"
        )
    if recipe.model.kind == "linear":
        options = source.options(LinearOptions, "model")
        return LinearFamily(options, recipe.folds.inner, recipe.seed, fit_store(cache_folder))
    return blend_family(source, noises, cache_folder)


def blend_family(source: RecipeFile, noises: Sequence[FloatArray], cache_folder: Path) -> Family:
    """The blend; it alone needs torch."""
    from sottovoce.training.blend import BlendFamily, BlendOptions

    return BlendFamily(
        options=source.options(BlendOptions, "model"),
        inner=source.recipe.folds.inner,
        seed=source.recipe.seed,
        noise=images_of(noises) if noises else None,
        store=fit_store(cache_folder),
    )


def fit_store(cache_folder: Path) -> FitStore:
    """Where fitted models are kept: beside the features."""
    return FitStore(cache_folder.parent / "fits")


def training_noises(recipe: Recipe) -> tuple[FloatArray, ...]:
    """The sounds that the recipe adds to training clips; none where it names no folder.

    They are not those that the robustness report disturbs with.
    """
    if recipe.augment.noise is None:
        return ()
    with Decoder() as decoder:
        return noises_for_training(recipe.augment.noise, decoded_by(decoder))


def describe_all(
    manifest: Manifest, recipe: Recipe, noises: Sequence[FloatArray], cache_folder: Path
) -> Examples:
    """Describe every clip and its changed copies, or find their descriptions in the cache."""
    cache = FeatureCache(cache_folder, code_digest())
    policy, seeds = recipe.augment.policy, range(recipe.seed, recipe.seed + recipe.augment.copies)
    with Decoder() as decoder:
        copiers = [
            cached(
                copier(decoder, policy, noises, seed),
                cache,
                f"copy {seed} {policy} {sounds_digest(noises)}",
            )
            for seed in seeds
        ]
        clips = watched(manifest.clips, "Describing")
        return gather(clips, cached(describer(decoder), cache), copiers)


def recipe_folds(clips: Sequence[Clip], recipe: FoldRecipe, seed: int) -> tuple[Fold, ...]:
    """The folds of a recipe: clips in its table by the table, all others dealt by speaker."""
    if recipe.table is None:
        return speaker_folds(clips, recipe.count, seed)
    listed = {Path(path).stem for path in read_fold_table(recipe.table)}
    in_table = np.array([clip.path.stem in listed for clip in clips])
    tabled = [clip for clip, known in zip(clips, in_table, strict=True) if known]
    others = [clip for clip, known in zip(clips, in_table, strict=True) if not known]
    folds = spread(table_folds(tabled, recipe.table), np.flatnonzero(in_table))
    if not others:
        return folds
    dealt = spread(speaker_folds(others, len(folds), seed), np.flatnonzero(~in_table))
    return tuple(
        Fold(one.name, np.sort([*one.train, *other.train]), np.sort([*one.test, *other.test]))
        for one, other in zip(folds, dealt, strict=True)
    )


def spread(folds: Sequence[Fold], positions: np.ndarray) -> tuple[Fold, ...]:
    """Folds of a part of the clips, in positions of the whole."""
    return tuple(Fold(f.name, positions[f.train], positions[f.test]) for f in folds)


def refuse_leaks(clips: Sequence[Clip], folds: Sequence[Fold]) -> None:
    """Every fold's two parts share no speaker and no sound."""
    with Decoder() as decoder:
        paths = watched([clip.path for clip in clips], "Checking for leaks")
        digests = sound_digests(paths, decoded_by(decoder))
    for fold in folds:
        train, test = ([clips[i] for i in part] for part in (fold.train, fold.test))
        require_disjoint(train, test, digests)
