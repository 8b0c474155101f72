"""What a model's card says: its figures, and where they come from."""

from collections.abc import Sequence
from dataclasses import asdict

from sottovoce import __version__
from sottovoce.analysis.stress import STRESS_WEIGHTS, Doubt
from sottovoce.features.functionals import functional_digest
from sottovoce.training.coverage import at_coverage
from sottovoce.training.examples import Examples
from sottovoce.training.metrics import scores, stress_auc, stress_values
from sottovoce.training.predictions import Predictions
from sottovoce.training.recipe import RecipeFile
from sottovoce.training.reliability import expected_calibration_error


def figures_of(said: Predictions, corpora: Sequence[str]) -> dict[str, float]:
    """Figures over all clips and over each corpus alone, 0..1; ``corpora`` has one name a clip."""
    figures = measured("", said)
    names = sorted(set(corpora))
    for name in names if len(names) > 1 else ():
        inside = [i for i, corpus in enumerate(corpora) if corpus == name]
        figures |= measured(f"{name}_", said.take(inside))
    return {name: round(value, 4) for name, value in figures.items()}


def measured(prefix: str, said: Predictions) -> dict[str, float]:
    """Recall, calibration, coverage and stress figures of one set of predictions."""
    reached = scores(said)
    figures = {
        "ua": reached.ua,
        "wa": reached.wa,
        "macro_f1": reached.macro_f1,
        "ece": expected_calibration_error(said),
        "ua_at_70_coverage": at_coverage(said, 0.7).ua,
    }
    auc = stress_auc(said, stress_values(said, STRESS_WEIGHTS))
    if auc is not None:
        figures["stress_auc"] = auc
    return {prefix + name: value for name, value in figures.items()}


def card_of(
    source: RecipeFile, examples: Examples, figures: dict[str, float], doubt: Doubt
) -> dict[str, object]:
    """What the model folder's card says; the weights' hash is added when it is written."""
    corpora = sorted({clip.corpus for clip in examples.clips})
    return {
        "name": source.recipe.name,
        "summary": source.recipe.summary,
        "licence": source.recipe.licence,
        "labels": list(examples.labels),
        "features": functional_digest(),
        "doubt": asdict(doubt),
        "figures": figures,
        "text": {
            "trained_on": {
                corpus: sum(clip.corpus == corpus for clip in examples.clips) for corpus in corpora
            },
            "speakers": len({clip.speaker for clip in examples.clips}),
            "judged_by": "speaker-disjoint folds; calibration fitted on the other folds only",
            "recipe_sha256": source.sha256,
            "sottovoce": __version__,
            "limits": "Acted speech. Weaker on spontaneous speech, other languages, other "
            "microphones. Not a measurement of a person; not for use at work or in education.",
        },
    }
