"""The same model against each speaker's own normal, learnt from some of their own clips."""

from collections.abc import Mapping

import numpy as np

from sottovoce.training.cards import by_corpus
from sottovoce.training.evaluation.nouns import ALL, Judged, PersonalPoint
from sottovoce.training.metrics import unweighted_recall
from sottovoce.training.own_view import Draw
from sottovoce.training.predictions import Predictions


def personal_points(judged: Judged, own: Mapping[Draw, Predictions]) -> tuple[PersonalPoint, ...]:
    """UA by the number of own clips, by corpus and pooled; 0 is the absolute view.

    Numbers that leave nothing to score are left out. ``own`` is what was said in each draw of the
    clips that were not drawn.
    """
    corpus_of = dict(zip(judged.said.speakers, judged.corpora, strict=True))
    absolute = [
        PersonalPoint(name, 0, unweighted_recall(said), 0.0, 1) for name, said in judged.slices()
    ]
    reached: dict[tuple[str, int], list[float]] = {}
    for draw, said in own.items():
        for name, part in _parts(said, corpus_of).items():
            reached.setdefault((name, draw.memos), []).append(unweighted_recall(part))
    drawn = [
        PersonalPoint(name, clips, float(np.mean(ua)), float(np.std(ua)), len(ua))
        for (name, clips), ua in reached.items()
    ]
    return (*absolute, *drawn)


def _parts(said: Predictions, corpus_of: Mapping[str, str]) -> dict[str, Predictions]:
    if not len(said):
        return {}
    names = sorted({corpus_of[speaker] for speaker in said.speakers})
    if len(names) == 1 and len(set(corpus_of.values())) == 1:
        return {names[0]: said}
    return {**by_corpus(said, corpus_of), ALL: said}
