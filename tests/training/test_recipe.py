from dataclasses import dataclass
from pathlib import Path

import pytest

from sottovoce.training.errors import RecipeError
from sottovoce.training.recipe import read_corpora, read_recipe

WHOLE = """
name = "small"
seed = 3
model = { kind = "linear", options = { penalty = 0.01 } }
[[corpora]]
folder = "corpus"
labels = { bored = "ignored" }
[augment]
copies = 2
policy = { noise = 0.8, noise_snr_db = [0, 20] }
[calibration]
method = "vector"
"""


@dataclass(frozen=True)
class LinearOptions:
    penalty: float = 1.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    for name in ("a.wav", "b.wav", "c.wav"):
        (tmp_path / "corpus" / name).write_bytes(b"x")
    (tmp_path / "corpus" / "labels.csv").write_text(
        "path,speaker,emotion\na.wav,1,sad\nb.wav,2,happy\nc.wav,2,bored\n", encoding="utf-8"
    )
    return tmp_path


def written(folder: Path, text: str) -> Path:
    file = folder / "recipe.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_whole_recipe(folder: Path) -> None:
    source = read_recipe(written(folder, WHOLE))
    recipe = source.recipe
    assert (recipe.name, recipe.seed, recipe.folds.count) == ("small", 3, 6)
    assert recipe.corpora[0].folder == folder / "corpus"
    assert (recipe.augment.copies, recipe.augment.policy.noise_snr_db) == (2, (0.0, 20.0))
    assert recipe.calibration.method == "vector"
    assert source.options(LinearOptions, "model") == LinearOptions(0.01)


def test_its_corpora_become_one_manifest(folder: Path) -> None:
    manifest = read_corpora(read_recipe(written(folder, WHOLE)))
    assert manifest.speakers == ("corpus_1", "corpus_2")
    assert manifest.notes == ("corpus: 1 clips labelled 'bored' are left out",)


def test_the_hash_is_of_the_content(folder: Path) -> None:
    one = read_recipe(written(folder, WHOLE)).sha256
    assert read_recipe(written(folder, "# a comment\n" + WHOLE)).sha256 == one
    assert read_recipe(written(folder, WHOLE.replace("= 3", "= 4", 1))).sha256 != one


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("seed = 3", "seeds = 3", "'seeds' is not a key here; did you mean 'seed'?"),
        ("copies = 2", 'copies = "2"', "'augment.copies' is '2', but must be a whole number"),
        ("copies = 2", "copies = -2", "'augment.copies' is -2, but must be 0 or more"),
        ("seed = 3", "seed = -3", "'seed' is -3, but must be 0 or more"),
        ("noise =", "nose =", "'augment.policy.nose' is not a key here; did you mean 'noise'?"),
        ('"corpus"', '"nowhere"', "'corpora[0].folder' is '"),
        ("labels =", 'name = "emodbb"\nlabels =', "'corpora[0].name' is 'emodbb'; there are: csv"),
        ("copies = 2", 'noise = "gone"', "'augment.noise' is '"),
        ('"vector"', '"vector"\nerror_rate = 1.5', "error_rate' is 1.5, but must be between"),
        ("seed = 3", "seed = ", "is not TOML"),
    ],
)
def test_what_is_wrong_is_one_sentence(folder: Path, old: str, new: str, message: str) -> None:
    file = written(folder, WHOLE.replace(old, new))
    with pytest.raises(RecipeError) as caught:
        read_recipe(file)
    assert message in str(caught.value)
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_recipe_without_a_corpus(folder: Path) -> None:
    with pytest.raises(RecipeError, match="'corpora' names no corpus"):
        read_recipe(written(folder, 'name="x"\nseed=1\ncorpora=[]\nmodel={kind="linear"}'))


def test_a_missing_recipe(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"gone\.toml' cannot be read: No such file"):
        read_recipe(tmp_path / "gone.toml")


def test_unknown_options_of_a_model_are_named(folder: Path) -> None:
    source = read_recipe(written(folder, WHOLE.replace("penalty", "penalti")))
    with pytest.raises(RecipeError, match=r"'model\.options\.penalti' .* did you mean 'penalty'"):
        source.options(LinearOptions, "model")


def test_trouble_in_a_corpus_names_recipe_and_file(folder: Path) -> None:
    source = read_recipe(written(folder, WHOLE.replace('labels = { bored = "ignored" }', "")))
    with pytest.raises(
        RecipeError, match=r"'corpora\[0\]' cannot be read: '.*' is labelled 'bored'"
    ):
        read_corpora(source)
