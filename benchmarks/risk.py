"""Does the pipeline of low mood find what was planted, and nothing else? On made interviews.

``python benchmarks/risk.py [people] [seeds] [effects]`` makes corpora from RAVDESS and nEMO: an
effect in the participants' voices (AUC 0.80), none, and one in the interviewer's turns. Then folds
that leak are tried.
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from sottovoce.audio.decode import Decoder
from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.risk.corpora import read_corpus
from sottovoce.risk.features.described import find_set
from sottovoce.risk.features.gathering import Listener
from sottovoce.risk.features.hearing import Ears
from sottovoce.risk.interviews import Corpus
from sottovoce.risk.made.people import EFFECTS, Effect, Wish, made_people
from sottovoce.risk.made.tree import write_daic
from sottovoce.risk.made.voices import read_voices
from sottovoce.risk.network.options import MARKERS, SEGMENTS, NetOptions
from sottovoce.risk.study.crossing import Plan
from sottovoce.risk.study.figures import area, interval
from sottovoce.risk.study.nouns import Study
from sottovoce.risk.study.studying import Wanted, study
from sottovoce.training.errors import LeakError

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
LABELS = [DATA / name / "labels.csv" for name in ("ravdess", "nemo")]
PLANTED = 0.80
OPTIONS = NetOptions(modalities=(SEGMENTS, MARKERS), most_segments=12)


def judged(corpus: Corpus, listener: Listener, seeds: int, controls: bool) -> Study:
    plan = Plan(folds=5, seeds=seeds, choices=(OPTIONS,))
    return study(corpus, listener, plan, Wanted(ablations=False, controls=controls))


def told(effect: Effect, found: Study) -> bool:
    """Print what was found; whether it is as it should be."""
    auc = interval(found.told.cases, found.told.scores, area)
    right = {
        "voice": abs(auc.value - PLANTED) <= 0.05,
        "none": auc.low <= 0.5 <= auc.high,
        "interviewer": auc.low <= 0.5 <= auc.high,
    }[effect]
    print(f"{effect:<12} AUC {auc.value:.3f} ({auc.low:.3f} to {auc.high:.3f})  {verdict(right)}")
    for one in found.controls:
        low, high = one.auc.low, one.auc.high
        print(f"{'':<12}   {one.name:<18} {one.auc.value:.3f} ({low:.3f} to {high:.3f})")
    return right


def verdict(right: bool) -> str:
    return "as it should be" if right else "NOT as it should be"


def refused(corpus: Corpus, listener: Listener) -> bool:
    """Whether folds that hear a person twice are refused before anything is learned."""
    one = corpus.interviews[0]
    everyone = tuple(
        replace(other, person=one.person if place == 1 else other.person, fold=str(place % 5))
        for place, other in enumerate(corpus.interviews)
    )
    try:
        judged(replace(corpus, interviews=everyone), listener, 1, False)
    except LeakError as trouble:
        print(f"leaking      refused: {trouble}")
        return True
    print("leaking      NOT refused")
    return False


def main(people: int = 120, seeds: int = 2, effects: Sequence[Effect] = EFFECTS) -> int:
    voices = read_voices(LABELS)
    wrong = 0
    with tempfile.TemporaryDirectory() as name, Decoder() as decoder:
        folder = Path(name)
        listener = Listener(Ears(find_set("own")), decoder, folder / "kept")
        for effect in effects:
            wish = Wish(people=people, effect=effect, auc=PLANTED, seed=1)
            write_daic(folder / effect, voices, wish)
            planted(wish)
            corpus = read_corpus(folder / effect)
            featurised(corpus, listener)
            wrong += not told(effect, judged(corpus, listener, seeds, effect == "interviewer"))
        wrong += not refused(corpus, listener)
    return wrong


def planted(wish: Wish) -> None:
    """Print what the planted heaviness itself would reach."""
    everyone = made_people(wish)
    cases = np.array([one.case for one in everyone])
    own = area(cases, np.array([one.heaviness for one in everyone]))
    other = area(cases, np.array([one.interviewer_heaviness for one in everyone]))
    print(f"{wish.effect:<12} planted: participant {own:.3f}, interviewer {other:.3f}")


def featurised(corpus: Corpus, listener: Listener) -> None:
    """Print how fast interviews are heard, on one core, in processor time of this process."""
    sound_s = sum(
        file.stat().st_size / 2 / SAMPLE_RATE_HZ for one in corpus.interviews for file in one.audio
    )
    begin_s = time.process_time()
    for one in corpus.interviews:
        listener.heard(one)
    spent_s = time.process_time() - begin_s
    print(f"{'':<12}   {sound_s / 60:.0f} min heard at {sound_s / spent_s:.0f} x real time of CPU")


if __name__ == "__main__":
    sizes, chosen = [int(word) for word in sys.argv[1:3]], sys.argv[3:]
    sys.exit(main(*sizes, tuple(one for one in EFFECTS if one in chosen) or EFFECTS))
