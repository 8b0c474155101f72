"""What a study found: frozen values, from which report and card are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sottovoce.risk.interviews import Corpus, Interview
from sottovoce.risk.network.options import NetOptions
from sottovoce.risk.study.figures import area, interval, widened
from sottovoce.training.intervals import Interval

NOISY_BELOW_DB = 15.0


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What was said of everyone by networks that had not heard them.

    ``seeds`` float64 [seeds, people] are logits, ``probabilities`` float64 [people] calibrated by
    the other folds; ``flagged`` and ``decided`` bool [people], by the line and the band of the
    other folds. ``speakers`` str [people]: whose voice it is; ``widening``: of intervals, as
    ``figures.widening`` has it.
    """

    cases: np.ndarray
    speakers: np.ndarray
    seeds: np.ndarray
    probabilities: np.ndarray
    flagged: np.ndarray
    decided: np.ndarray
    widening: float

    @property
    def scores(self) -> np.ndarray:
        """Mean logit of the seeds, float64 [people]."""
        return np.asarray(self.seeds.mean(axis=0))

    @property
    def auc(self) -> Interval:
        """Area under the ROC curve of the mean logit, with its interval over other voices."""
        return self.area_of(np.ones(len(self.cases), bool))

    def area_of(self, part: np.ndarray) -> Interval:
        """The same of some people, bool [people]."""
        by = self.speakers[part]
        found = interval(self.cases[part], self.scores[part], area, speakers=by)
        return widened(found, self.widening)


@dataclass(frozen=True, slots=True)
class Control:
    """The same training on something else: AUC over people.

    ``should_be_chance``: what is better than chance here is a shortcut.
    """

    name: str
    auc: Interval
    should_be_chance: bool = False


PLAIN = "plain logistic regression on markers"


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """Everything that was found."""

    corpus: Corpus
    interviews: tuple[Interview, ...]
    snr_db: np.ndarray
    told: Told
    chosen: Mapping[NetOptions, int]
    controls: tuple[Control, ...]
    notes: tuple[str, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """Whether something plainer does as well."""
        own = self.told.auc.value
        return tuple(
            f"A {one.name} reaches an AUC of {one.auc.value:.2f}, the network {own:.2f}: it is not "
            "shown that the network adds anything."
            for one in self.controls
            if one.name == PLAIN and one.auc.value >= own
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """A sentence for each control that found what it should not."""
        return tuple(
            f"Careful: {one.name} alone reaches an AUC of {one.auc.value:.2f} "
            f"({one.auc.low:.2f} to {one.auc.high:.2f}): there is a shortcut in this corpus."
            for one in self.controls
            if one.should_be_chance and one.auc.low > 0.5
        )
