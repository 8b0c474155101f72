"""What an evaluation found: frozen values, from which the report is drawn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from sottovoce.training.intervals import Interval
from sottovoce.training.predictions import IntArray, Predictions

ALL = "all"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is judged, and how: sentences and names for the head of the report and the card.

    ``trained_on`` is corpus to number of clips.
    """

    name: str
    summary: str
    licence: str
    judged_by: str
    trained_on: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What was said of clips by a model that had not heard their speakers.

    ``corpora`` has the name of each clip's corpus.
    """

    said: Predictions
    corpora: tuple[str, ...]

    def parts(self) -> Iterator[tuple[str, IntArray]]:
        """Positions of each corpus's clips by its name, then of all where there are several."""
        of_clip = np.array(self.corpora)
        names = sorted(set(self.corpora))
        for name in names:
            yield name, np.flatnonzero(of_clip == name)
        if len(names) > 1:
            yield ALL, np.arange(len(of_clip))

    def slices(self) -> Iterator[tuple[str, Predictions]]:
        """What was said of each part."""
        return ((name, self.said.take(part)) for name, part in self.parts())


@dataclass(frozen=True, slots=True)
class Robustness:
    """The same clips under a bad condition: UA 0..1, how far below the clean clips' it is.

    ``unheard`` clips, in which no speech was found any more, count as wrong.
    """

    condition: str
    corpus: str
    ua: Interval
    drop: Interval
    unheard: int
    clips: int


@dataclass(frozen=True, slots=True)
class Transfer:
    """Trained on one corpus, tested on another over some labels that both have.

    On the diagonal (the same corpus twice) folds are speaker-disjoint inside the corpus.
    """

    trained_on: str
    tested_on: str
    labels: tuple[str, ...]
    ua: Interval
    clips: int


@dataclass(frozen=True, slots=True)
class SetFigures:
    """How conformal sets do on speakers that the rule was not made on.

    ``promised`` and ``covered`` are shares of clips whose true label is in the set; ``mean_size``
    is in labels; ``single`` and ``empty`` are the shares of sets with one label and with none.
    """

    corpus: str
    promised: float
    covered: Interval
    mean_size: float
    single: float
    empty: float


@dataclass(frozen=True, slots=True)
class Reading:
    """UA read in another way; ``name`` says which, ``clips`` over how many."""

    name: str
    ua: Interval
    clips: int


@dataclass(frozen=True, slots=True)
class PersonalPoint:
    """UA with a baseline from ``own_clips`` random unlabelled clips of the speaker, not scored.

    Mean and standard deviation over ``draws`` draws of those clips; with 0 own clips the absolute
    view of all clips.
    """

    corpus: str
    own_clips: int
    ua_mean: float
    ua_deviation: float
    draws: int


@dataclass(frozen=True, slots=True)
class Uncertain:
    """How often the product does not call its answer clear, and its UA where it does.

    ``ua_of_rest`` is None where it is never clear.
    """

    corpus: str
    share: float
    ua_of_rest: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """Everything that was found; empty parts were not measured and are not shown."""

    subject: Subject
    judged: Judged
    notes: tuple[str, ...] = ()
    robustness: tuple[Robustness, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    sets: tuple[SetFigures, ...] = ()
    readings: tuple[Reading, ...] = ()
    personal: tuple[PersonalPoint, ...] = ()
    uncertain: tuple[Uncertain, ...] = ()
