"""A whole training run on a made corpus: from a recipe to a model that can be opened."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from sottovoce.analysis.stress import Doubt
from sottovoce.audio.decode import decode
from sottovoce.domain import SAMPLE_RATE_HZ
from sottovoce.features.functionals import functional_digest, functional_names
from sottovoce.models.card import read_card
from sottovoce.models.emotion import EmotionModel
from sottovoce.runtime import ASSETS
from sottovoce.training.augment.levels import change_gain
from sottovoce.training.augment.tempo import change_pitch
from sottovoce.training.errors import CorpusError, LeakError, RecipeError
from sottovoce.training.recipe import read_recipe
from sottovoce.training.run import train

SAMPLES = sorted((ASSETS / "samples").glob("*.ogg"))
RECIPE = """
name = "small"
seed = 1
[[corpora]]
folder = "corpus"
[folds]
count = 2
[model]
kind = "linear"
options = { penalties = [0.001] }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four voices, each once as it is (calm) and once seven semitones higher (happy)."""
    (tmp_path / "corpus").mkdir()
    rows = ["path,speaker,emotion"]
    for number, sample in enumerate(SAMPLES):
        samples = decode(sample).samples[: 4 * SAMPLE_RATE_HZ]
        for label, sound in (("calm", samples), ("happy", change_pitch(samples, 7.0))):
            name = f"{number}-{label}.wav"
            soundfile.write(tmp_path / "corpus" / name, sound, SAMPLE_RATE_HZ)
            rows.append(f"{name},{number},{label}")
    (tmp_path / "corpus" / "labels.csv").write_text("\n".join(rows) + "\n")
    (tmp_path / "recipe.toml").write_text(RECIPE)
    return tmp_path


def trained(folder: Path) -> dict[str, float]:
    recipe = read_recipe(folder / "recipe.toml")
    return train(recipe, folder / "models" / "small", folder / "cache" / "features")


def test_a_recipe_becomes_a_model_with_its_card(folder: Path) -> None:
    figures = trained(folder)
    card = read_card(folder / "models" / "small")
    assert card.figures == figures
    assert card.labels == ("calm", "happy")
    assert Doubt(**card.doubt).quantile >= 0.0
    model = EmotionModel(card, functional_digest())
    vector = np.zeros(len(functional_names()), np.float32)
    assert sum(model.judge(vector).emotion.probabilities.values()) == pytest.approx(1.0)


def test_the_same_recipe_gives_the_same_weights(folder: Path) -> None:
    trained(folder)
    first = read_card(folder / "models" / "small").sha256
    trained(folder)
    assert read_card(folder / "models" / "small").sha256 == first


def test_the_same_sound_under_another_voice_is_a_leak(folder: Path) -> None:
    samples = decode(folder / "corpus" / "0-calm.wav").samples
    soundfile.write(folder / "corpus" / "3-calm.wav", samples, SAMPLE_RATE_HZ)
    with pytest.raises(LeakError, match="calm"):
        trained(folder)
    assert not (folder / "models").exists()


def test_a_clip_without_speech_is_named(folder: Path) -> None:
    silence = np.zeros(2 * SAMPLE_RATE_HZ, np.float32)
    soundfile.write(folder / "corpus" / "2-happy.wav", silence, SAMPLE_RATE_HZ)
    with pytest.raises(CorpusError, match=r"2-happy\.wav"):
        trained(folder)


def test_an_unknown_kind_of_model_is_named(folder: Path) -> None:
    recipe = folder / "recipe.toml"
    recipe.write_text(recipe.read_text().replace('"linear"', '"forest"'))
    with pytest.raises(RecipeError, match="forest"):
        trained(folder)


def test_noisy_copies_change_what_is_learnt(folder: Path) -> None:
    trained(folder)
    plain = read_card(folder / "models" / "small").sha256
    (folder / "noise").mkdir()
    hiss = change_gain(np.random.default_rng(1).normal(0, 0.1, 16_000).astype(np.float32), 0.0)
    soundfile.write(folder / "noise" / "hiss.wav", hiss, SAMPLE_RATE_HZ)
    recipe = folder / "recipe.toml"
    recipe.write_text(recipe.read_text() + '[augment]\ncopies = 1\nnoise = "noise"\n')
    trained(folder)
    assert read_card(folder / "models" / "small").sha256 != plain
