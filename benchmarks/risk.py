"""Does the pipeline of low mood find what was planted, and nothing else? On made interviews.

``python benchmarks/risk.py [people] [seeds] [seed]`` makes one DAIC-WOZ tree from RAVDESS and nEMO
and labels it three ways: by how heavy the participants sound (AUC 0.80), by how heavy the
interviewer sounds, and at random several times. Then folds that leak are tried.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from machine import data_folder, machine
from risk_oracle import heard_area

from sottovoce.audio.decode import Decoder
from sottovoce.risk.corpora import read_corpus
from sottovoce.risk.features.described import find_set
from sottovoce.risk.features.gathering import Listener
from sottovoce.risk.features.hearing import Ears
from sottovoce.risk.interviews import Corpus
from sottovoce.risk.made.people import Effect, Person, Wish, made_people
from sottovoce.risk.made.tree import planned, write_daic, write_splits
from sottovoce.risk.made.voices import Voices, read_voices
from sottovoce.risk.study.crossing import People, labels_of, people_of
from sottovoce.risk.study.figures import area, interval, spread, widened, widening
from sottovoce.risk.study.folding import disjoint_folds
from sottovoce.risk.study.nouns import Study
from sottovoce.risk.study.plain import plainly_judged
from sottovoce.risk.study.running import plan_of
from sottovoce.risk.study.studying import Wanted, study
from sottovoce.training.errors import LeakError
from sottovoce.training.intervals import Interval

LABELS = [data_folder() / name / "labels.csv" for name in ("ravdess", "nemo")]
PLANTED, APART = 0.80, 0.05
IDLE_NETWORKS, IDLE_REGRESSIONS = 8, 200
HELD = 0.9  # of the intervals at least: of eight networks' all but one may miss
FOLDS = 5


@dataclass(frozen=True)
class Bench:
    """A made tree, who is in it, and what hears it."""

    folder: Path
    voices: Voices
    wish: Wish
    listener: Listener

    def labelled(self, effect: Effect) -> tuple[tuple[Person, ...], Corpus]:
        """The tree with the labels of an effect; its sounds are the same in each."""
        people = planned(self.voices, replace(self.wish, effect=effect))
        write_splits(self.folder, people)
        return people, read_corpus(self.folder)

    def judged(self, corpus: Corpus, seeds: int, controls: bool) -> Study:
        """A study as ``train risk --quick`` makes it, with controls where wanted."""
        plan = plan_of("gated", "transformer", FOLDS, seeds, quick=True)
        return study(corpus, self.listener, plan, Wanted(ablations=False, controls=controls))


def planted(bench: Bench, seeds: int) -> int:
    """An effect in the participants' voices is found as large as it is."""
    people, corpus = bench.labelled("voice")
    cases = np.array([one.case for one in people])
    own = np.array([one.heaviness for one in people])
    heard = [bench.listener.heard(one) for one in corpus.interviews]
    voices = np.array([one.voice for one in people])
    print(f"planted      heaviness itself {area(cases, own):.3f}; a regression that is told each ")
    print(
        f"             voice's heaviness but the judged {heard_area(heard, own, cases, voices):.3f}"
    )
    found = bench.judged(corpus, seeds, controls=True)
    told(found)
    return wrong("found", abs(found.told.auc.value - PLANTED) <= APART, found.told.auc)


def asked(bench: Bench) -> int:
    """An effect in the interviewer's turns is not learned, and the control finds it."""
    _, corpus = bench.labelled("interviewer")
    found = bench.judged(corpus, 1, controls=True)
    told(found)
    control = next(one for one in found.controls if one.name == "the interviewer")
    own = found.told.auc
    return wrong("not learned", own.low <= 0.5 <= own.high, own) + wrong(
        "caught, and warned of", bool(found.warnings) and control.auc.low > 0.5, control.auc
    )


def idle(bench: Bench) -> int:
    """Labels that go with nothing: how often the interval holds 0.5."""
    _, corpus = bench.labelled("none")
    drawn = list(relabelled(corpus, bench, IDLE_NETWORKS))
    areas = [bench.judged(one, 1, controls=False).told.auc for one in drawn]
    plain = list(plain_areas(corpus, bench))
    return held("network", areas) + held("plain regression", plain)


def relabelled(corpus: Corpus, bench: Bench, times: int) -> Iterator[Corpus]:
    """The same sounds under labels of other seeds, as many cases in each voice."""
    for seed in range(times):
        wish = replace(bench.wish, effect="none", seed=1000 + seed)
        people = made_people(wish, sorted(bench.voices)[1:])
        both = zip(corpus.interviews, people, strict=True)
        everyone = (replace(one, case=other.case, phq8=other.phq8) for one, other in both)
        yield replace(corpus, interviews=tuple(everyone))


def plain_areas(corpus: Corpus, bench: Bench) -> Iterator[Interval]:
    """What the plain regression reaches on many such labels."""
    heard = [bench.listener.heard(one) for one in corpus.interviews]
    people = people_of(corpus.interviews, heard, 1)
    folds = disjoint_folds(corpus.interviews, FOLDS, 0)
    for one in relabelled(corpus, bench, IDLE_REGRESSIONS):
        own: People = replace(people, labels=labels_of(one.interviews))
        cases, said = own.labels.cases > 0, plainly_judged(own, folds)
        found = interval(cases, said, area, 200, own.speakers)
        yield widened(found, widening(folds))


def held(name: str, areas: list[Interval]) -> int:
    """Print how often 0.5 was held; whether too seldom."""
    values = np.array([one.value for one in areas])
    share = float(np.mean([one.low <= 0.5 <= one.high for one in areas]))
    print(f"no effect    {name}, {len(areas)} labellings: AUC {values.mean():.3f}, deviation "
          f"{values.std(ddof=1):.3f}, from {values.min():.3f} to {values.max():.3f}")  # fmt: skip
    right = share >= min(HELD, 1 - 1 / len(areas))
    print(f"             the interval holds 0.5 in {100 * share:.0f} %  {verdict(right)}")
    return 0 if right else 1


def told(found: Study) -> None:
    """Print what stands beside the figure."""
    mean, deviation = spread(found.told.cases, found.told.seeds, area)
    print(f"             one network {mean:.3f}, deviation over seeds {deviation:.3f}")
    for one in found.controls:
        print(f"             {one.name:<38} {shown(one.auc)}")
    for sentence in (*found.warnings, *found.remarks):
        print(f"             {sentence}")


def leaking(bench: Bench) -> int:
    """Folds that hear a voice twice are refused before anything is learned."""
    _, corpus = bench.labelled("voice")
    everyone = (replace(one, fold=str(n % FOLDS)) for n, one in enumerate(corpus.interviews))
    try:
        bench.judged(replace(corpus, interviews=tuple(everyone)), 1, controls=False)
    except LeakError as trouble:
        print(f"leaking      refused: {trouble}")
        return 0
    print("leaking      NOT refused")
    return 1


def shown(auc: Interval) -> str:
    return f"{auc.value:.3f} ({auc.low:.3f} to {auc.high:.3f})"


def wrong(what: str, right: bool, auc: Interval) -> int:
    print(f"{what:<12} AUC {shown(auc)}  {verdict(right)}")
    return 0 if right else 1


def verdict(right: bool) -> str:
    return "as it should be" if right else "NOT as it should be"


def main(people: int = 248, seeds: int = 3, seed: int = 1) -> int:
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory() as name, Decoder() as decoder:
        folder = Path(name)
        listener = Listener(Ears(find_set("own")), decoder, folder / "kept")
        bench = Bench(folder / "made", read_voices(LABELS), Wish(people, seed=seed), listener)
        write_daic(bench.folder, bench.voices, bench.wish)
        print(f"{people} made people with {len(bench.voices) - 1} voices, seed {seed}", flush=True)
        return planted(bench, seeds) + asked(bench) + idle(bench) + leaking(bench)


if __name__ == "__main__":
    sys.exit(main(*[int(word) for word in sys.argv[1:4]]))
