"""How our measures agree with Praat and openSMILE on RAVDESS clips, printed as a table.

Run as ``python benchmarks/oracles.py [CLIPS_FOR_EACH_ACTOR]``. A row compares two measures of the
same clips: the rank correlation, the share of clips within 2 %, and both medians. Some rows compare
an oracle with itself on sound that starts 5 ms later, or with the other oracle: nobody can be asked
to agree with Praat better than Praat does. Measures are added to ``COMPARISONS``.
"""

import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from machine import data_folder, machine
from oracle_clip import Clip, Comparison
from oracle_spectrum import SPECTRUM
from oracle_voice import VOICE
from scipy.stats import spearmanr

from sottovoce.audio.decode import Decoder

COMPARISONS: tuple[Comparison, ...] = VOICE + SPECTRUM
CLIPS_FOR_EACH_ACTOR = 10
SEED = 240
CLOSE = 0.02


@dataclass(frozen=True)
class Row:
    """One comparison over many clips."""

    comparison: Comparison
    rank: float
    close: float
    median: float
    other_median: float
    clips: int


def main() -> None:
    """Print the table."""
    for_each = int(sys.argv[1]) if len(sys.argv) > 1 else CLIPS_FOR_EACH_ACTOR
    print(machine())
    print(table(compare(list(clips(data_folder(), for_each)), COMPARISONS)))


def clips(folder: Path, for_each_actor: int) -> Iterator[Clip]:
    """A seeded sample of RAVDESS, the same number of clips of each actor."""
    with (folder / "ravdess" / "labels.csv").open(newline="") as file:
        labels = list(csv.DictReader(file))
    random = np.random.default_rng(SEED)
    with Decoder() as decoder:
        for speaker in sorted({label["speaker"] for label in labels}):
            paths = [label["path"] for label in labels if label["speaker"] == speaker]
            for index in sorted(random.choice(len(paths), for_each_actor, replace=False)):
                yield Clip(decoder.decode(folder / "ravdess" / paths[index]).samples)


def compare(sample: Sequence[Clip], comparisons: Sequence[Comparison]) -> list[Row]:
    """Each comparison over all clips; a clip that either side cannot measure is left out."""
    return [_row(sample, comparison) for comparison in comparisons]


def _row(sample: Sequence[Clip], comparison: Comparison) -> Row:
    pairs = np.array([(comparison.one(clip), comparison.other(clip)) for clip in sample])
    one, other = pairs[~np.isnan(pairs).any(axis=1)].T
    return Row(
        comparison,
        rank=float(spearmanr(one, other)[0]),
        close=float(np.mean(np.abs(one - other) <= CLOSE * np.abs(other))),
        median=float(np.median(one)),
        other_median=float(np.median(other)),
        clips=len(one),
    )


def table(rows: Sequence[Row]) -> str:
    """The rows as text."""
    head = f"{'measure':<26}{'compared':<32}{'rank':>7}{'in 2 %':>8}{'median':>10}{'other':>10}"
    lines = [head, "-" * len(head)]
    lines += [
        f"{row.comparison.measure:<26}{row.comparison.between:<32}{row.rank:>7.3f}"
        f"{row.close:>8.1%}{row.median:>10.4g}{row.other_median:>10.4g}  {row.comparison.note}"
        for row in rows
    ]
    return "\n".join([*map(str.rstrip, lines), f"{max(row.clips for row in rows)} clips"])


if __name__ == "__main__":
    main()
