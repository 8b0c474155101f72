"""A trained model on any labelled corpus, heard exactly as the product hears a memo."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from sottovoce.analysis.batch import Plan, Trouble, analyze_many
from sottovoce.audio.decode import Decoder
from sottovoce.config import read_settings
from sottovoce.domain import Analysis, Certainty
from sottovoce.models.card import Card
from sottovoce.models.registry import find_model
from sottovoce.training.checks import check_decodable, check_trainable
from sottovoce.training.corpora import AUTO, read_corpus
from sottovoce.training.describing import decoded_by
from sottovoce.training.errors import CorpusError
from sottovoce.training.evaluation.nouns import (
    Evaluation,
    Judged,
    Reading,
    SetFigures,
    Subject,
    Uncertain,
)
from sottovoce.training.evaluation.parts import narrowed
from sottovoce.training.evaluation.resampling import recall_interval
from sottovoce.training.evaluation.robustness import wrong_answers
from sottovoce.training.evaluation.sets import set_figures, uncertain_figures
from sottovoce.training.manifest import Clip, Manifest
from sottovoce.training.predictions import Predictions
from sottovoce.training.progress import watched

JUDGED_BY = "Every clip is analysed as a memo of its own, as 'sottovoce analyze' does."


def evaluate_model(
    folder: Path, model: str, corpus: str = AUTO, words: Mapping[str, str] | None = None
) -> Evaluation:
    """Judge a trained model on a labelled corpus.

    Parameters
    ----------
    folder
        A corpus in its official layout, or a CSV with path, speaker and emotion.
    model
        Name of an embedded model, or of one in the person's models folder.
    corpus
        The corpus's adapter, or ``"auto"`` to find out.
    words
        Words for emotions to add to the corpus's own, each with one of our labels or "ignored".

    Raises
    ------
    CorpusError
        The folder is no such corpus, has one speaker or emotion only, a file cannot be decoded,
        or the model knows fewer than two of its labels.
    ModelError
        There is no such model.
    """
    card = find_model(model, read_settings().models_folder)
    manifest = read_corpus(folder, corpus, words)
    check_trainable(manifest)
    with Decoder() as decoder:
        check_decodable(watched(manifest.clips, "Decoding"), decoded_by(decoder))
    known = known_clips(folder, manifest, card)
    analyses = list(heard(known, card))
    return concluded(card, manifest, known, analyses)


def known_clips(folder: Path, manifest: Manifest, card: Card) -> tuple[Clip, ...]:
    """The clips whose emotion the model can answer."""
    known = tuple(clip for clip in manifest.clips if clip.emotion in card.labels)
    if len({clip.emotion for clip in known}) < 2:
        raise CorpusError(
            f"'{folder}' is labelled {', '.join(manifest.emotions)}; "
            f"'{card.name}' knows fewer than two of these: {', '.join(card.labels)}"
        )
    return known


def heard(clips: Sequence[Clip], card: Card) -> Iterable[Analysis]:
    """The product's answer to each clip."""
    outcomes = analyze_many([clip.path for clip in clips], Plan(card.name))
    for _, outcome in zip(watched(clips, "Listening"), outcomes, strict=True):
        if isinstance(outcome, Trouble):
            raise CorpusError(f"'{outcome.source}' cannot be judged ({outcome.error})")
        yield outcome


def concluded(
    card: Card, manifest: Manifest, clips: Sequence[Clip], analyses: Sequence[Analysis]
) -> Evaluation:
    """The evaluation; unusable clips are left out of it, and counted as wrong in one reading."""
    everything = answers(card, clips, analyses)
    usable = np.flatnonzero([analysis.emotion is not None for analysis in analyses])
    if not len(usable):
        raise CorpusError(f"no clip is usable, not even '{clips[0].path}'")
    said = everything.take(usable)
    judged = Judged(said, tuple(clips[position].corpus for position in usable.tolist()))
    certainties = [analysis.certainty for analysis in analyses if analysis.certainty is not None]
    notes = (
        *trained_on_warnings(card, clips),
        *manifest.notes,
        *unknown_notes(card, manifest),
        *unusable_notes(analyses),
    )
    return Evaluation(
        subject=Subject(
            card.name, card.summary, card.licence, JUDGED_BY, card.text.get("trained_on", {})
        ),
        judged=judged,
        notes=notes,
        readings=readings(said, everything),
        sets=sets_of(judged, certainties),
        uncertain=uncertain_of(judged, certainties),
    )


def sets_of(judged: Judged, certainties: Sequence[Certainty]) -> tuple[SetFigures, ...]:
    """How often the possible labels hold the true one; none where the model's card has no rule."""
    if not certainties:
        return ()
    labels = judged.said.labels
    possible = np.array([[label in one.possible for label in labels] for one in certainties])
    return set_figures(judged, possible, 1.0 - certainties[0].coverage)


def uncertain_of(judged: Judged, certainties: Sequence[Certainty]) -> tuple[Uncertain, ...]:
    """How often the product did not call its answer clear."""
    if not certainties:
        return ()
    return uncertain_figures(judged, np.array([one.clear for one in certainties]))


def answers(card: Card, clips: Sequence[Clip], analyses: Sequence[Analysis]) -> Predictions:
    """What was said of every clip; of an unusable one something wrong."""
    truth = np.array([card.labels.index(clip.emotion) for clip in clips])
    rows = wrong_answers(truth, len(card.labels))
    for row, analysis in zip(rows, analyses, strict=True):
        if analysis.emotion is not None:
            row[:] = [analysis.emotion.probabilities[label] for label in card.labels]
    return Predictions(
        labels=card.labels,
        truth=truth,
        probabilities=rows,
        speakers=tuple(clip.speaker for clip in clips),
        sexes=tuple(clip.sex for clip in clips),
    )


def readings(said: Predictions, everything: Predictions) -> tuple[Reading, ...]:
    """UA as the product answers, among the corpus's labels alone, and with unusable clips wrong."""
    present = [said.labels[label] for label in np.unique(said.truth)]
    views = {
        "as the product answers": said,
        "among the labels of the corpus alone": narrowed(said, present),
        "unusable clips counted as wrong": everything,
    }
    return tuple(Reading(name, recall_interval(view), len(view)) for name, view in views.items())


def trained_on_warnings(card: Card, clips: Iterable[Clip]) -> tuple[str, ...]:
    """A warning for each corpus that the card says the model has learnt from."""
    learnt = set(card.text.get("trained_on", {}))
    return tuple(
        f"Careful: '{card.name}' was trained on {corpus}; these figures are too good to be true."
        for corpus in sorted({clip.corpus for clip in clips} & learnt)
    )


def unknown_notes(card: Card, manifest: Manifest) -> tuple[str, ...]:
    """One sentence for each label that the model does not have."""
    unknown = Counter(clip.emotion for clip in manifest.clips if clip.emotion not in card.labels)
    return tuple(
        f"{count} clips labelled '{label}', which '{card.name}' does not know, are left out."
        for label, count in sorted(unknown.items())
    )


def unusable_notes(analyses: Sequence[Analysis]) -> tuple[str, ...]:
    """How many clips could not be judged, and why."""
    unusable = [analysis for analysis in analyses if analysis.emotion is None]
    reasons = Counter(reason for analysis in unusable for reason in analysis.reasons)
    if not unusable:
        return ()
    told = "; ".join(f"{reason} ({count})" for reason, count in reasons.most_common())
    return (f"{len(unusable)} of {len(analyses)} clips are unusable: {told}.",)
