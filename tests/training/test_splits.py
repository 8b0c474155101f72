import json
from pathlib import Path, PurePath

import pytest

from sottovoce.training.corpora.emodb import EMODB
from sottovoce.training.corpora.ravdess import RAVDESS
from sottovoce.training.errors import CorpusError
from sottovoce.training.splits import audit, read_split

EMODB_ROW = {"dataset": "emodb", "type": "raw", "sample_rate": 16000, "task": "category"}


def write_lines(file: Path, rows: list[dict[str, object]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def emodb_row(name: str) -> dict[str, object]:
    return EMODB_ROW | {"key": f"emodb-{name}", "audio": f"downloads/emodb/wav/{name}.wav"}


def test_a_shared_speaker_in_emobox_lines_is_found(tmp_path: Path) -> None:
    fold = tmp_path / "fold_1"
    write_lines(fold / "emodb_train_fold1.jsonl", [emodb_row("03a01Wa"), emodb_row("08a02La")])
    write_lines(fold / "emodb_test_fold1.jsonl", [emodb_row("03b02Fa"), emodb_row("16a01Na")])
    reports = audit(read_split(tmp_path), EMODB.parse)
    assert reports["fold1"].speakers == ("emodb_03",)
    assert reports["fold1"].refused
    assert reports["fold1"].sentences == ("emodb: a01",)


def test_two_spellings_of_a_fold_stay_apart(tmp_path: Path) -> None:
    for spelling, test in (("fold1", "03a01Wa"), ("fold_1", "08a01Wa")):
        folder = tmp_path / "fold_1"
        write_lines(folder / f"emodb_train_{spelling}.jsonl", [emodb_row("03a02Wa")])
        write_lines(folder / f"emodb_test_{spelling}.jsonl", [emodb_row(test)])
    reports = audit(read_split(tmp_path), EMODB.parse)
    assert {name: report.refused for name, report in reports.items()} == {
        "fold1": True,
        "fold_1": False,
    }


def test_emobox_json_objects_are_read(tmp_path: Path) -> None:
    for part, actor in (("train", "01"), ("test", "11")):
        name = f"03-01-07-02-02-02-{actor}"
        wav = f"downloads/ravdess/audio/Audio_Speech_Actors_01-24/Actor_{actor}/{name}.wav"
        row = {f"ravdess-{name}": {"wav": wav, "emo": "Disgust", "dataset": "ravdess"}}
        (tmp_path / f"ravdess_{part}_fold_1.json").write_text(json.dumps(row), encoding="utf-8")
    folds = read_split(tmp_path)
    assert [len(fold.train) + len(fold.test) for fold in folds] == [2]
    assert not audit(folds, RAVDESS.parse)["fold_1"].refused


def test_a_table_of_folds_is_read(tmp_path: Path) -> None:
    table = tmp_path / "folds.csv"
    table.write_text(
        "path,test_fold\nflac/03-01-01-01-01-01-01.flac,1\nflac/03-01-01-01-01-02-01.flac,2\n",
        encoding="utf-8",
    )
    folds = read_split(table)
    assert [fold.test for fold in folds] == [
        (PurePath("flac/03-01-01-01-01-01-01.flac"),),
        (PurePath("flac/03-01-01-01-01-02-01.flac"),),
    ]
    assert audit(folds, RAVDESS.parse)["1"].speakers == ("ravdess_01",)


def test_what_is_no_split_is_said(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"holds no pair of files such as"):
        read_split(tmp_path)
    (tmp_path / "folds.csv").write_text("path,fold\na.wav,1\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"folds\.csv' has no column test_fold"):
        read_split(tmp_path / "folds.csv")
    with pytest.raises(CorpusError, match="cannot be read as a table of folds"):
        read_split(tmp_path / "gone.csv")
    (tmp_path / "x_train_fold_1.jsonl").write_text('{"key": "x"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"x_train_fold_1\.jsonl' cannot be read as an EmoBox"):
        read_split(tmp_path)


def test_a_file_of_another_corpus_is_named(tmp_path: Path) -> None:
    for part in ("train", "test"):
        write_lines(tmp_path / f"emodb_{part}_fold_1.jsonl", [{"wav": "other/name.wav"}])
    with pytest.raises(CorpusError, match=r"'other/name\.wav' is not named as in that corpus"):
        audit(read_split(tmp_path), EMODB.parse)


@pytest.mark.corpus
def test_the_published_folds_of_ravdess_leak_no_speaker(corpus_folder: Path) -> None:
    reports = audit(read_split(corpus_folder / "ravdess" / "folds_emobox.csv"), RAVDESS.parse)
    assert len(reports) == 6
    assert not any(report.refused for report in reports.values())
    assert all(report.sentences == ("ravdess: 01", "ravdess: 02") for report in reports.values())
