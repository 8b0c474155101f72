"""Two small corpora of made voices, and a recipe that trains on both in seconds."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from sottovoce.audio.decode import decode
from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.runtime import ASSETS
from sottovoce.training.augment.tempo import change_pitch
from sottovoce.training.evaluation.nouns import Evaluation
from sottovoce.training.evaluation.story import evaluate_recipe
from sottovoce.training.recipe import read_recipe

SAMPLES = sorted((ASSETS / "samples").glob("*.ogg"))
SEMITONES = {"calm": 0.0, "happy": 7.0, "sad": -5.0}
RECIPE = """
name = "small"
seed = 1
[[corpora]]
folder = "one"
[[corpora]]
folder = "two"
[folds]
count = 2
[augment]
noise = "noise"
[model]
kind = "linear"
options = { penalties = [0.001] }
"""


@pytest.fixture(scope="session")
def voices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Corpora ``one`` and ``two`` of two voices each, two noises, and ``recipe.toml``."""
    folder = tmp_path_factory.mktemp("voices")
    for corpus, samples in (("one", SAMPLES[:2]), ("two", SAMPLES[2:4])):
        write_corpus(folder / corpus, samples)
    (folder / "noise").mkdir()
    random = np.random.default_rng(1)
    for name in ("hiss", "rain"):
        soundfile.write(
            folder / "noise" / f"{name}.wav", random.normal(0, 0.1, 16_000), SAMPLE_RATE_HZ
        )
    (folder / "recipe.toml").write_text(RECIPE)
    return folder


def write_corpus(folder: Path, samples: list[Path]) -> None:
    """Each voice as it is (calm), seven semitones higher (happy) and five lower (sad)."""
    folder.mkdir()
    rows = ["path,speaker,emotion,sex"]
    for number, sample in enumerate(samples):
        sound = decode(sample).samples[: 4 * SAMPLE_RATE_HZ]
        for label, semitones in SEMITONES.items():
            name = f"{number}-{label}.wav"
            moved = change_pitch(sound, semitones) if semitones else sound
            soundfile.write(folder / name, moved, SAMPLE_RATE_HZ)
            rows.append(f"{name},{number},{label},{'fm'[number % 2]}")
    (folder / "labels.csv").write_text("\n".join(rows) + "\n")


@pytest.fixture(scope="session")
def evaluation(voices: Path) -> Evaluation:
    """The recipe, judged."""
    return evaluate_recipe(read_recipe(voices / "recipe.toml"), voices / "cache" / "features")
