"""How much of it is left in noise, through a codec, recorded softly."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sottovoce.audio.decode import Decoder
from sottovoce.domain import FloatArray
from sottovoce.training.augment.conditions import Condition, changed, conditions
from sottovoce.training.cache import Describe, FeatureCache, cached
from sottovoce.training.describing import (
    Change,
    code_digest,
    decoded_by,
    describer,
    sounds_digest,
)
from sottovoce.training.evaluation.judges import Judges
from sottovoce.training.evaluation.nouns import Judged, Robustness
from sottovoce.training.evaluation.resampling import recall_drop, recall_interval
from sottovoce.training.examples import Examples
from sottovoce.training.images import joined
from sottovoce.training.noises import noises_for_test
from sottovoce.training.predictions import Float64Array, IntArray, Predictions
from sottovoce.training.progress import watched
from sottovoce.training.recipe import Recipe

BoolArray = npt.NDArray[np.bool_]


def reported_conditions(recipe: Recipe) -> Mapping[str, tuple[Condition, str]]:
    """Name to a condition and the digest of the sounds in it.

    Noises are those kept for the test; where the recipe has none, that condition is left out.
    """
    if recipe.augment.noise is None:
        noises: tuple[FloatArray, ...] = ()
    else:
        with Decoder() as decoder:
            noises = noises_for_test(recipe.augment.noise, decoded_by(decoder))
    named = conditions(noises)
    noisy = next(iter(named))
    return {
        name: (condition, sounds_digest(noises) if name == noisy else "")
        for name, condition in named.items()
        if noises or name != noisy
    }


def robustness(
    judged: Judged, judges: Judges, examples: Examples, recipe: Recipe, cache_folder: Path
) -> tuple[Robustness, ...]:
    """All clips under each condition, heard anew from the changed sound, by corpus and pooled."""
    cache = FeatureCache(cache_folder, code_digest())
    found: list[Robustness] = []
    with Decoder() as decoder:
        for name, (condition, sounds) in reported_conditions(recipe).items():
            heard = describer(decoder, change_of(condition))
            describe = cached(heard, cache, f"condition {name} {sounds}")
            said, unheard = said_under(judged.said, judges, examples, describe, name)
            found += compared(name, judged, said, unheard)
    return tuple(found)


def change_of(condition: Condition) -> Change:
    """A condition as a change of a clip's samples; its file's name decides all chance."""
    return lambda samples, path: changed(samples, condition, path.name)


def said_under(
    clean: Predictions, judges: Judges, examples: Examples, describe: Describe, name: str
) -> tuple[Predictions, BoolArray]:
    """What is said of the changed clips, and which of them (bool [n]) hold no speech any more."""
    altered = heard_again(examples, describe, name)
    tested = judges.tested
    audible = np.isin(tested, altered.clip_of)
    answers = wrong_answers(clean.truth, len(clean.labels))
    answers[audible] = altered.predictions(
        judges.probabilities(altered), tested[audible]
    ).probabilities
    return replace(clean, probabilities=answers), ~audible


def heard_again(examples: Examples, describe: Describe, name: str) -> Examples:
    """The same clips, described anew; some may have no window."""
    heard = [describe(clip.path) for clip in watched(examples.clips, f"Describing: {name}")]
    return replace(
        examples,
        vectors=np.concatenate([each.vectors for each in heard]),
        images=joined(heard),
        clip_of=np.repeat(np.arange(len(heard)), [len(each) for each in heard]),
        durations_s=np.concatenate([each.durations_s for each in heard]),
        copies=(),
    )


def wrong_answers(truth: IntArray, labels: int) -> Float64Array:
    """Probabilities [n, labels] that are evenly wrong: none for the truth, the same for the rest.

    >>> wrong_answers(np.array([0]), 3).tolist()
    [[0.0, 0.5, 0.5]]
    """
    answers = np.full((len(truth), labels), 1.0 / (labels - 1))
    answers[np.arange(len(truth)), truth] = 0.0
    return answers


def compared(
    name: str, judged: Judged, said: Predictions, unheard: BoolArray
) -> Iterator[Robustness]:
    """Clean and changed answers side by side, by corpus and pooled."""
    for corpus, part in judged.parts():
        clean, worse = judged.said.take(part), said.take(part)
        yield Robustness(
            condition=name,
            corpus=corpus,
            ua=recall_interval(worse),
            drop=recall_drop(clean, worse),
            unheard=int(unheard[part].sum()),
            clips=len(part),
        )
