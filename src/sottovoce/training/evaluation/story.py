"""One evaluation, from a recipe to everything its report shows: the story in one page."""

from pathlib import Path

from sottovoce.training.certainty import memo_distances
from sottovoce.training.cross_calibration import calibrated, fold_scalings, own_predictions
from sottovoce.training.evaluation.judges import Judges
from sottovoce.training.evaluation.nouns import Evaluation, Judged, Robustness, Subject
from sottovoce.training.evaluation.personal import personal_points
from sottovoce.training.evaluation.robustness import robustness
from sottovoce.training.evaluation.sets import (
    held_out_clear,
    held_out_sets,
    set_figures,
    uncertain_figures,
)
from sottovoce.training.evaluation.transfer import Trainer, transfers
from sottovoce.training.examples import Examples
from sottovoce.training.recipe import Recipe, RecipeFile
from sottovoce.training.run import prepared
from sottovoce.training.validate import held_out

JUDGED_BY = (
    "Cross-validation: every clip is judged by a model that has not heard its speaker, calibrated "
    "on yet other speakers."
)
NO_NOISE = "Noise was not tested: the recipe names no folder with sounds of at least two sources."


def evaluate_recipe(source: RecipeFile, cache_folder: Path) -> Evaluation:
    """Judge a recipe by cross-validation; nothing is written but the caches.

    Parameters
    ----------
    source
        The recipe.
    cache_folder
        Where features are kept between runs; a run that was stopped goes on from there.

    Raises
    ------
    CorpusError, LeakError, RecipeError
        A corpus cannot be used, or the folds share a speaker or a sound.
    """
    ready = prepared(source, cache_folder)
    trainer = Trainer(ready.examples, ready.folds, ready.family, source.recipe.calibration)
    return judged_recipe(source, trainer, cache_folder, ready.notes)


def judged_recipe(
    source: RecipeFile, trainer: Trainer, cache_folder: Path, notes: tuple[str, ...]
) -> Evaluation:
    """All parts of the evaluation, once the clips are described and dealt."""
    recipe, examples, folds = source.recipe, trainer.examples, trainer.folds
    held = held_out(examples, folds, trainer.family)
    scalings = fold_scalings(examples, folds, held.scores, recipe.calibration)
    own = own_predictions(examples, folds, held.own(examples, scalings), scalings)
    judges = Judges(folds, held.models, scalings)
    said = calibrated(examples, folds, scalings, held.scores)
    judged = Judged(said, tuple(examples.clips[clip].corpus for clip in judges.tested))
    bad = robustness(judged, judges, examples, recipe, cache_folder)
    sets = held_out_sets(said, folds, recipe.calibration)
    distances = memo_distances(examples, held.distances)[judges.tested]
    return Evaluation(
        subject=subject_of(recipe, examples),
        judged=judged,
        notes=(*notes, *noise_notes(bad)),
        robustness=bad,
        transfers=transfers(trainer),
        sets=set_figures(judged, sets, recipe.calibration.error_rate),
        personal=personal_points(judged, own),
        uncertain=uncertain_figures(judged, held_out_clear(sets, distances, folds)),
    )


def noise_notes(found: tuple[Robustness, ...]) -> tuple[str, ...]:
    """What to say where noise could not be tested."""
    tested = any(one.condition.startswith("noise") for one in found)
    return () if tested else (NO_NOISE,)


def subject_of(recipe: Recipe, examples: Examples) -> Subject:
    """The recipe's model, for the head of the report."""
    corpora = [clip.corpus for clip in examples.clips]
    return Subject(
        name=recipe.name,
        summary=recipe.summary,
        licence=recipe.licence,
        judged_by=JUDGED_BY,
        trained_on={name: corpora.count(name) for name in sorted(set(corpora))},
    )
