"""What ordinary speech measures: percentiles of each biomarker over neutral and calm clips.

The signs of ``sottovoce.analysis.markers`` run from the 50th to the 97.5th (or 2.5th) percentile
printed here. Run as ``python benchmarks/reference_ranges.py``.
"""

import csv
from collections import defaultdict

import numpy as np
from machine import data_folder, machine

from sottovoce.analysis.markers import ANXIETY, LOW_MOOD
from sottovoce.audio.decode import Decoder
from sottovoce.domain import Biomarkers
from sottovoce.features.biomarkers import measure, summarise
from sottovoce.features.descriptors import describe
from sottovoce.speech import SpeechStream

PERCENTILES = (2.5, 50.0, 97.5)


def main() -> None:
    """Print the table."""
    print(machine())
    values: dict[str, list[float]] = defaultdict(list)
    with Decoder() as decoder:
        for corpus in ("ravdess", "nemo"):
            folder = data_folder() / corpus
            rows = csv.DictReader((folder / "labels.csv").open(encoding="utf-8"))
            for row in rows:
                if row["emotion"] in ("neutral", "calm"):
                    measured = biomarkers(decoder, folder / row["path"])
                    for name, value in measured.as_dict().items():
                        if value is not None:
                            values[name].append(value)
    used = {sign.measure for marker in (ANXIETY, LOW_MOOD) for sign in marker.signs}
    print(f"{'measure':<36}{'n':>6}" + "".join(f"{p:>10}%" for p in PERCENTILES) + "  used")
    for name, found in values.items():
        low, middle, high = np.percentile(found, PERCENTILES)
        mark = "*" if name in used else ""
        print(f"{name:<36}{len(found):>6}{low:>11.3f}{middle:>11.3f}{high:>11.3f}  {mark}")


def biomarkers(decoder: Decoder, path: object) -> Biomarkers:
    """Of one clip."""
    samples = decoder.decode(path).samples
    speech = SpeechStream()
    windows = speech.push(samples) + speech.finish()
    measures = [measure(describe(window.samples)) for window in windows]
    return summarise(measures, speech.segments, speech.duration_s)


if __name__ == "__main__":
    main()
