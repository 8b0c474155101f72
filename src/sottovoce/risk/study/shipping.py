"""A study's model, fitted on everyone, becomes a folder with weights and a card."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from sottovoce import __version__
from sottovoce.risk.features.gathering import Listener, gather
from sottovoce.risk.fence.gate import KIND
from sottovoce.risk.network.export import export
from sottovoce.risk.network.fit import fit, taken
from sottovoce.risk.network.options import NetOptions
from sottovoce.risk.study.card import LIMITS
from sottovoce.risk.study.crossing import People, Plan, people_of
from sottovoce.risk.study.figures import point_at
from sottovoce.risk.study.nouns import Study
from sottovoce.risk.study.scaling import drawn_scalings, fit_scaling, undecided_band
from sottovoce.risk.study.tables import decided_flags
from sottovoce.training.shipping import ship

CALIBRATION_DRAWS = 50
CHECKED_PEOPLE = 8


def ship_model(folder: Path, study: Study, listener: Listener, plan: Plan, name: str) -> Path:
    """Fit the settings most folds chose on everyone, one network a seed, and write the folder."""
    gathered = gather(study.corpus, listener)
    options = max(study.chosen, key=lambda one: study.chosen[one])
    people = people_of(gathered.interviews, gathered.heard, options.most_segments)
    networks = [
        fit(people.inputs, people.labels, people.shape, options, plan.seed + seed)
        for seed in range(plan.seeds)
    ]
    sample = taken(people.inputs, np.arange(min(CHECKED_PEOPLE, len(people.interviews))))
    weights = export(networks, sample)
    return ship(folder, weights, card_of(study, listener, people, options, name))


def card_of(
    study: Study, listener: Listener, people: People, options: NetOptions, name: str
) -> dict[str, Any]:
    """What the card says; the weights' hash is added when it is written."""
    features, encoder = listener.ears.features, listener.ears.encoder
    words = listener.ears.sentiment
    return {
        "name": name,
        "summary": f"low mood in the voice, from {study.corpus.name} ({study.corpus.basis} labels)",
        "licence": "as the recordings it was trained on",
        "labels": ["case"],
        "doubt": {},
        "kind": KIND,
        "figures": {"auc": evaluation_of(study)["auc"]["value"]},
        "text": {
            "limits": LIMITS,
            "sottovoce": __version__,
            "options": asdict(options),
            KIND: {
                "feature_set": features.name,
                "feature_version": features.version(),
                "segments": people.shape.segments,
                "widths": people.shape.widths,
                "encoder": encoder.id.name if encoder else None,
                "sentiment": {"name": words.name, "version": words.version} if words else None,
                **calibration_of(study),
                "evaluation": evaluation_of(study),
            },
        },
    }


def calibration_of(study: Study) -> dict[str, Any]:
    """Scaling on everyone's held-out logits, its doubt, and the undecided band."""
    told = study.told
    scaling = fit_scaling(told.scores, told.cases)
    draws = drawn_scalings(told.scores, told.cases, CALIBRATION_DRAWS, seed=0)
    said = scaling.apply(told.scores)
    return {
        "scaling": asdict(scaling),
        "draws": [[one.slope, one.shift] for one in draws],
        "undecided": list(undecided_band(said, point_at(told.cases, said))),
    }


def evaluation_of(study: Study) -> Mapping[str, Any]:
    """How it was judged: what the fence reads."""
    told, decided = study.told, decided_flags(study.told)
    auc = told.auc
    return {
        "speaker_disjoint": True,
        "labels": study.corpus.basis,
        "corpora": {study.corpus.name: len(study.interviews)},
        "cases": int(told.cases.sum()),
        "others": int((~told.cases).sum()),
        "auc": {"value": round(auc.value, 4), "low": round(auc.low, 4), "high": round(auc.high, 4)},
        "decided": round(float(told.decided.mean()), 4),
        "sensitivity": round(decided.sensitivity, 4),
        "specificity": round(decided.specificity, 4),
        "warnings": list(study.warnings),
    }
