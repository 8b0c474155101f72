import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sottovoce.domain import FloatArray
from sottovoce.risk.corpora import layout_of, read_corpus
from sottovoce.risk.interviews import Turn, others_turns, own_turns
from sottovoce.risk.study.folding import disjoint_folds
from sottovoce.training.errors import CorpusError

Write = Callable[[Path, FloatArray], None]
EDAIC = "Participant_ID,Gender,PHQ_Binary,PHQ_Score,PCL-C (PTSD),PTSD Severity\n"


@pytest.fixture
def edaic(tmp_path: Path, write_plain: Write, quiet: FloatArray) -> Path:
    (tmp_path / "labels").mkdir()
    rows = "300,male,0,4,0,20\n301,female,1,14,1,50\n"
    (tmp_path / "labels" / "train_split.csv").write_text(EDAIC + rows)
    for id_ in ("300", "301"):
        write_plain(tmp_path / "data" / f"{id_}_P" / f"{id_}_AUDIO.wav", quiet)
        transcript = "Start_Time,End_Time,Text,Confidence\n1.5,2.5,yes,0.9\n"
        (tmp_path / "data" / f"{id_}_P" / f"{id_}_Transcript.csv").write_text(transcript)
    return tmp_path


@pytest.fixture
def androids(tmp_path: Path, write_plain: Write, quiet: FloatArray) -> Path:
    for kind, name in (("HC", "01_CF56_1"), ("PT", "01_PM40_2")):
        write_plain(tmp_path / "Interview-Task" / "audio" / kind / f"{name}.wav", quiet)
    head = (
        "Read,,,,,,,Interview,,,,\nfold1,fold2,fold3,fold4,fold5,,,fold1,fold2,fold3,fold4,fold5\n"
    )
    (tmp_path / "fold-lists.csv").write_text(head + ",,,,,,,'01_CF56_1','01_PM40_2',,,\n")
    (tmp_path / "interview_timedata.csv").write_text("01_CF56_1,0,1.5,2,3\n01_PM40_2,1,2,,\n")
    return tmp_path


@pytest.fixture
def eatd(tmp_path: Path, write_plain: Write, quiet: FloatArray) -> Path:
    for name, score in (("t_1", "60.0"), ("v_1", "40.0")):
        for word in ("positive", "neutral", "negative"):
            write_plain(tmp_path / name / f"{word}_out.wav", quiet)
        (tmp_path / name / "new_label.txt").write_text(score)
    return tmp_path


def test_edaic(edaic: Path) -> None:
    corpus = read_corpus(edaic)
    assert (corpus.name, corpus.basis) == ("e-daic", "clinical")
    assert [(one.case, one.sex) for one in corpus.interviews] == [(False, "m"), (True, "f")]
    assert corpus.interviews[0].turns == (Turn(0.0, 1.5, True), Turn(1.5, 2.5))


def test_what_lies_between_answers_is_not_the_participant_s(edaic: Path) -> None:
    """Rows of one speaker were once joined over the questions between them."""
    file = edaic / "data" / "300_P" / "300_Transcript.csv"
    file.write_text(file.read_text() + "2.7,3,oh,0.9\n3.5,3.9,no,0.9\n")
    (first, _) = read_corpus(edaic).interviews
    assert own_turns(first) == (Turn(1.5, 3.0), Turn(3.5, 3.9))
    assert others_turns(first) == (Turn(0.0, 1.5, True), Turn(3.0, 3.5, True))


def test_androids(androids: Path) -> None:
    corpus = read_corpus(androids)
    control, patient = corpus.interviews
    assert (control.case, control.sex, control.age_years, control.fold) == (False, "f", 56, "1")
    assert (patient.case, patient.fold) == (True, "2")
    assert control.person != patient.person
    assert control.turns == (Turn(0.0, 1.5), Turn(1.5, 2.0, True), Turn(2.0, 3.0))


def test_the_five_folds_of_androids_are_used(androids: Path) -> None:
    first, second = read_corpus(androids).interviews
    everyone = [
        replace(one, person=f"{one.person}{n}", fold=str(n % 5 + 1), audio=(Path(f"{n}.wav"),))
        for n in range(10)
        for one in ((first, second)[n // 5],)
    ]
    folds = disjoint_folds(everyone, 3, seed=0)
    assert [fold.name for fold in folds] == ["1", "2", "3", "4", "5"]
    assert folds[1].test.tolist() == [1, 6]


def test_androids_with_times_out_of_order(androids: Path) -> None:
    (androids / "interview_timedata.csv").write_text("01_CF56_1,0,1,2\n01_PM40_2,1,2\n")
    with pytest.raises(CorpusError, match="'01_CF56_1' that are no starts and ends in order"):
        read_corpus(androids)


def test_androids_without_times(androids: Path) -> None:
    (androids / "interview_timedata.csv").write_text("01_CF56_1,0,1\n")
    with pytest.raises(CorpusError, match=re.escape("no times in 'interview_timedata.csv'")):
        read_corpus(androids)


def test_eatd(eatd: Path) -> None:
    corpus = read_corpus(eatd)
    assert [(one.case, one.fold, len(one.audio)) for one in corpus.interviews] == [
        (True, "train", 3),
        (False, "dev", 3),
    ]


def test_eatd_without_an_answer_or_with_a_wild_score(eatd: Path) -> None:
    (eatd / "t_1" / "neutral_out.wav").unlink()
    with pytest.raises(CorpusError, match=re.escape("has no 'neutral_out.wav'")):
        read_corpus(eatd)
    (eatd / "t_1" / "new_label.txt").write_text("7")
    with pytest.raises(CorpusError, match="runs from 25 to 100"):
        read_corpus(eatd)


def manifest(folder: Path, *rows: str, head: str = "path,speaker,phq8,judged_by") -> Path:
    file = folder / "people.csv"
    file.write_text("\n".join((head, *rows)))
    return file


def test_a_manifest_s_labels_are_clinical_when_it_says_by_whom(tmp_path: Path) -> None:
    stated = manifest(tmp_path, "a.wav,ann,3,questionnaire", "b.wav,bo,13,clinician")
    assert read_corpus(stated).basis == "clinical"
    silent = manifest(tmp_path, "a.wav,ann,3,", "b.wav,bo,13,clinician")
    assert read_corpus(silent).basis == "unstated"


def test_files_of_one_speaker_are_one_interview(tmp_path: Path) -> None:
    file = manifest(tmp_path, "a.wav,ann,0", "c.wav,ann,0", "b.wav,bo,1",
                    head="path,speaker,depressed")  # fmt: skip
    assert [len(one.audio) for one in read_corpus(file).interviews] == [2, 1]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (("a.wav,ann,3,", "b.wav,ann,13,"), "more than one label"),
        (("a.wav,ann,,",), "neither phq8 nor depressed"),
        (("a.wav,ann,30,",), "runs from 0 to 24"),
    ],
)
def test_bad_manifests(tmp_path: Path, rows: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CorpusError, match=sentence):
        read_corpus(manifest(tmp_path, *rows))


def test_an_unknown_layout(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="laid out as none of"):
        layout_of(tmp_path)
    with pytest.raises(CorpusError, match="does not exist"):
        layout_of(tmp_path / "nowhere")
