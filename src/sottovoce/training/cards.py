"""What a model's card says: its figures, and where they come from."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np

from sottovoce import __version__
from sottovoce.analysis.certainty import CertaintyRule
from sottovoce.analysis.stress import STRESS_WEIGHTS, Doubt
from sottovoce.features.functionals import functional_digest
from sottovoce.training.coverage import at_coverage
from sottovoce.training.examples import Examples
from sottovoce.training.metrics import scores, stress_auc, stress_values, unweighted_recall
from sottovoce.training.own_view import Draw
from sottovoce.training.predictions import Predictions
from sottovoce.training.recipe import RecipeFile
from sottovoce.training.reliability import expected_calibration_error


@dataclass(frozen=True, slots=True)
class Measured:
    """What held-out speakers taught of the model's limits."""

    doubt: Doubt
    certainty: CertaintyRule


def figures_of(said: Predictions, corpus_of: Mapping[str, str]) -> dict[str, float]:
    """Figures over all clips and over each corpus alone, 0..1.

    ``corpus_of`` is the corpus of each speaker.
    """
    figures = measured("", said)
    for name, part in by_corpus(said, corpus_of).items():
        figures |= measured(f"{name}_", part)
    return {name: round(value, 4) for name, value in figures.items()}


def own_figures(own: Mapping[Draw, Predictions], corpus_of: Mapping[str, str]) -> dict[str, float]:
    """UA when so many recordings of a voice are known, mean over draws, 0..1.

    Numbers of recordings that leave nothing to score are left out.
    """
    reached: dict[str, list[float]] = {}
    for draw, said in own.items():
        if not len(said):
            continue
        parts = {"": said, **{f"{k}_": v for k, v in by_corpus(said, corpus_of).items()}}
        for prefix, part in parts.items():
            name = f"{prefix}ua_knowing_{draw.memos}"
            reached.setdefault(name, []).append(unweighted_recall(part))
    return {name: round(float(np.mean(values)), 4) for name, values in reached.items()}


def by_corpus(said: Predictions, corpus_of: Mapping[str, str]) -> dict[str, Predictions]:
    """Each corpus's clips; nothing where there is only one corpus."""
    of_clip = np.array([corpus_of[speaker] for speaker in said.speakers])
    names = sorted(set(of_clip))
    if len(names) < 2:
        return {}
    return {str(name): said.take(np.flatnonzero(of_clip == name)) for name in names}


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
    source: RecipeFile, examples: Examples, figures: dict[str, float], limits: Measured
) -> dict[str, object]:
    """What the model folder's card says; the weights' hash is added when it is written."""
    corpora = sorted({clip.corpus for clip in examples.clips})
    return {
        "name": source.recipe.name,
        "summary": source.recipe.summary,
        "licence": source.recipe.licence,
        "labels": list(examples.labels),
        "features": functional_digest(),
        "doubt": asdict(limits.doubt),
        "certainty": asdict(limits.certainty),
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
