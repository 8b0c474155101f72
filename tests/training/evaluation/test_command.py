"""Bad input is one sentence and an exit status; nothing is left behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from sottovoce.errors import SottovoceError
from sottovoce.training.evaluation.command import judge_recipe, words_of


def run(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """``sottovoce evaluate`` in a folder of its own."""
    return subprocess.run(
        [str(Path(sys.executable).parent / "sottovoce"), "evaluate", *words],
        cwd=folder,
        env={**os.environ, "SOTTOVOCE_HOME": str(folder / "home"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )


def test_a_corpus_becomes_a_report_and_figures(voices: Path, tmp_path: Path) -> None:
    done = run(str(voices / "one"), "--label", "sad=ignored", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    (report,) = (tmp_path / "reports").iterdir()
    assert report.name.endswith("-on-one")
    assert {path.name for path in report.iterdir()} == {
        "report.html", "card.md", "figures.json", "tables",
    }  # fmt: skip
    assert done.stdout.startswith("one_ua ")
    assert done.stdout.splitlines()[-1].split() == ["one_stress_auc", "not", "measured"]
    assert "clips labelled 'sad' are left out" in done.stderr


def test_it_has_help_with_examples(tmp_path: Path) -> None:
    done = run("--help", folder=tmp_path)
    assert done.returncode == 0
    assert "sottovoce evaluate recipes/default.toml" in done.stdout
    assert "sottovoce evaluate EmoDB --corpus emodb" in done.stdout


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["gone"], 1, "sottovoce: 'gone' does not exist"),
        (["gone.toml"], 1, "sottovoce: 'gone.toml' cannot be read: No such file or directory"),
        ([".", "--corpus", "emodbb"], 1, "sottovoce: there is no corpus 'emodbb'"),
        (["gone.toml", "--model", "x"], 2, "a recipe names its own model, corpora and labels"),
        (["gone", "--label", "L"], 2, "--label is WORD=LABEL, not 'L'"),
    ],
)
def test_wrong_words_are_one_sentence(
    tmp_path: Path, words: list[str], status: int, sentence: str
) -> None:
    done = run(*words, folder=tmp_path)
    assert (done.returncode, done.stdout) == (status, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("seed = 1", "sede = 1", "'sede' is not a key here; did you mean 'seed'?"),
        ('folder = "two"', 'folder = "nowhere"', "nowhere', which does not exist"),
        ("count = 2", "count = 9", "9 folds were asked for"),
        ('kind = "linear"', 'kind = "forest"', "'model.kind' is 'forest'"),
    ],
)
def test_a_wrong_recipe_leaves_nothing(
    voices: Path, tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    for name in ("one", "two", "noise"):
        (tmp_path / name).symlink_to(voices / name)
    recipe = tmp_path / "recipe.toml"
    recipe.write_text((voices / "recipe.toml").read_text().replace(old, new))
    with pytest.raises(SottovoceError) as caught:
        judge_recipe(recipe, tmp_path / "report", voices / "cache" / "features")
    assert sentence in str(caught.value)
    assert not (tmp_path / "report").exists()


def test_words_for_emotions() -> None:
    assert words_of(["L=ignored", "W=angry"]) == {"L": "ignored", "W": "angry"}
    with pytest.raises(typer.BadParameter, match="WORD=LABEL, not 'L'"):
        words_of(["L"])
