"""The targets of the embedded model, judged in this very run, with the anchors beside them.

Run as ``python benchmarks/targets.py [RECIPE] [--opensmile]``. The recipe (recipes/default.toml
when not named) is judged by cross-validation on the EmoBox folds of RAVDESS and on what other
corpora it names; nothing is read from an older report. ``--opensmile`` also computes ComParE_2016
and a linear machine on the same folds (private and research use only).
"""

import argparse
import os
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from machine import data_folder, machine
from speed import ROUNDS, one_core
from targets_compare import compare_recall

from sottovoce.analysis.listening import hear
from sottovoce.analysis.pipeline import load_model
from sottovoce.audio.decode import Decoder
from sottovoce.domain import SAMPLE_RATE_HZ, Window
from sottovoce.models.registry import EMBEDDED
from sottovoce.speech import find_windows
from sottovoce.training.evaluation.figures import FIGURES
from sottovoce.training.evaluation.nouns import Evaluation
from sottovoce.training.evaluation.story import evaluate_recipe
from sottovoce.training.evaluation.summary import transfer_of
from sottovoce.training.recipe import read_recipe

CACHE = Path(".cache/features")
RECIPE = Path(__file__).parent.parent / "recipes" / "default.toml"
MAIN = "ravdess"
OTHER = "nemo"
PERSONAL_CLIPS = 20
TIMED_CLIPS = 60

# UA in percent on the same six folds: EmoBox (Ma et al., 2024, Interspeech), intra-corpus table,
# frozen features of published models; parameters in millions.
EMOBOX: Sequence[tuple[str, float, int]] = (
    ("wav2vec 2.0 base", 54.3, 95),
    ("WavLM base", 61.6, 95),
    ("HuBERT base", 65.4, 95),
    ("HuBERT large", 70.0, 316),
    ("WavLM large", 72.0, 316),
    ("Whisper large v3", 75.3, 1550),
)


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to reach: ``must`` and ``aim``; ``reached`` is None where it was not measured."""

    name: str
    must: float
    aim: float
    reached: float | None
    unit: str
    less_is_better: bool = False

    @property
    def verdict(self) -> str:
        """What came of it."""
        if self.reached is None:
            return "not measured"
        if self._passes(self.aim):
            return "aim"
        return "must" if self._passes(self.must) else "missed"

    def _passes(self, bound: float) -> bool:
        reached = self.reached or 0.0
        return reached <= bound if self.less_is_better else reached >= bound


def main() -> None:
    """Judge, then print the tables."""
    asked = arguments()
    os.environ.setdefault("SOTTOVOCE_DATA", str(data_folder()))
    source = read_recipe(asked.recipe)
    print(machine(), flush=True)
    evaluation = evaluate_recipe(source, CACHE)
    living = compare_recall(source) if asked.opensmile else None
    print(f"\n{source.recipe.name}, recipe {source.sha256[:12]}")
    print(target_table(targets(evaluation)))
    print(anchor_table(evaluation, living))


def arguments() -> argparse.Namespace:
    """What was asked on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe", type=Path, nargs="?", default=RECIPE)
    parser.add_argument("--opensmile", action="store_true")
    return parser.parse_args()


def targets(evaluation: Evaluation) -> list[Target]:
    """Every row of the table of targets."""
    said = dict(evaluation.judged.slices())[MAIN]
    reached = {name: figure(said) for name, figure in FIGURES.items()}
    return [
        Target("absolute view, UA", 66.0, 75.3, 100 * reached["ua"], "%"),
        personal_target(evaluation),
        Target("calibration, ECE", 0.05, 0.03, reached["ece"], "", less_is_better=True),
        Target("UA gained at 70 % coverage", 8, 12, 100 * reached["gain_at_70_coverage"], "points"),
        *transfer_targets(evaluation),
        Target("stress index, AUC", 0.85, 0.92, reached["stress_auc"], ""),
        *robustness_targets(evaluation),
        Target("weights in the package", 20, 5, weights_mb(), "MB", less_is_better=True),
        Target("cost, features and model", 80, 200, times_real_time(), "x"),
    ]


def personal_target(evaluation: Evaluation) -> Target:
    """UA with a baseline from 20 own clips, mean of the draws."""
    found = [
        one.ua_mean
        for one in evaluation.personal
        if (one.corpus, one.own_clips) == (MAIN, PERSONAL_CLIPS)
    ]
    reached = 100 * found[0] if found else None
    return Target(f"with {PERSONAL_CLIPS} own clips, UA", 72.0, 78.0, reached, "%")


def transfer_targets(evaluation: Evaluation) -> Iterator[Target]:
    """Both directions between the two corpora, over four labels, without any training there."""
    for one, other in ((MAIN, OTHER), (OTHER, MAIN)):
        ua = transfer_of(evaluation, one, other)
        yield Target(f"{one} to {other}, UA of 4", 0.60, 0.75, ua.value if ua else None, "")


def robustness_targets(evaluation: Evaluation) -> Iterator[Target]:
    """How far UA falls under each condition."""
    for one in evaluation.robustness:
        if one.corpus == MAIN:
            lost = 100 * one.drop.value
            yield Target(f"drop: {one.condition}", 5, 3, lost, "points", less_is_better=True)


def weights_mb() -> float:
    """Megabytes of all weights that the package carries."""
    return sum(file.stat().st_size for file in EMBEDDED.rglob("*.onnx")) / 1e6


def times_real_time() -> float:
    """Seconds of sound for each second of describing and judging, on one core, over some clips.

    Decoding and speech detection are not in it; biomarkers are. The median of some rounds.
    """
    one_core()
    clips = sorted((data_folder() / MAIN / "flac").glob("*.flac"))
    with Decoder() as decoder:
        files = clips[:: max(1, len(clips) // TIMED_CLIPS)]
        sounds = [decoder.decode(file).samples for file in files]
    windows = [window for sound in sounds for window in find_windows(sound)]
    spent_s = statistics.median(timed_hearing(windows) for _ in range(ROUNDS))
    return sum(map(len, sounds)) / SAMPLE_RATE_HZ / spent_s


def timed_hearing(windows: Sequence[Window]) -> float:
    """Seconds of the processor that the product takes to describe and judge some windows."""
    model = load_model()
    hear(windows[0], model, None)
    begun_s = time.process_time()
    for window in windows:
        hear(window, model, None)
    return time.process_time() - begun_s


def target_table(rows: Sequence[Target]) -> str:
    """The targets as text."""
    head = f"{'target':<32}{'must':>8}{'aim':>8}{'reached':>10}  {'':<8}verdict"
    lines = [head, "-" * len(head)]
    for row in rows:
        reached = "-" if row.reached is None else f"{row.reached:.3g}"
        bounds = f"{row.must:>8g}{row.aim:>8g}"
        lines.append(f"{row.name:<32}{bounds}{reached:>10}  {row.unit:<8}{row.verdict}")
    return "\n".join(lines)


def anchor_table(evaluation: Evaluation, living: float | None) -> str:
    """UA on the EmoBox folds of RAVDESS, from the lowest to the highest."""
    said = dict(evaluation.judged.slices())[MAIN]
    rows = [(name, ua, f"EmoBox, {size} M parameters") for name, ua, size in EMOBOX]
    rows.append((evaluation.subject.name, 100 * FIGURES["ua"](said), "this run"))
    if living is not None:
        rows.append(("ComParE_2016 + linear SVM", 100 * living, "this run, openSMILE"))
    head = f"\n{'RAVDESS, EmoBox folds':<32}{'UA, %':>8}"
    return "\n".join(
        [head, *(f"{name:<32}{ua:>8.1f}  {where}" for name, ua, where in sorted(rows, key=by_ua))]
    )


def by_ua(row: tuple[str, float, str]) -> float:
    """What the anchors are sorted by."""
    return row[1]


if __name__ == "__main__":
    main()
