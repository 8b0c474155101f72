import pytest

from sottovoce.training.corpora import detect, read_corpus
from sottovoce.training.errors import CorpusError

HEADER = (
    "Sr No.,Utterance,Speaker,Emotion,Sentiment,Dialogue_ID,Utterance_ID,Season,Episode,"
    "StartTime,EndTime\n"
)
TRAIN = (
    '1,"Oh my God, he\u2019s lost it.",Phoebe,sadness,negative,0,0,4,7,"0:20:57","0:21:00"\n'
    '2,Hey!,All,joy,positive,0,1,4,7,"0:12:44,074","0:12:45,189"\n'
    '3,Where?,Joey and Ross,surprise,negative,0,2,4,7,"0:12:44,074","0:12:45,189"\n'
    '4,Broken.,Ross,anger,negative,125,3,4,7,"0:12:44,074","0:12:45,189"\n'
)
DEV = '1,Yeah!,Guy,joy,positive,0,0,5,20,"0:01:02,271","0:01:03,961"\n'


@pytest.fixture
def folder(make_tree):
    made = make_tree(
        "train/train_splits/dia0_utt0.mp4",
        "dev_splits_complete/dia0_utt0.mp4",
        "dev_splits_complete/dia9_utt9.mp4",
    )
    (made / "train" / "train_sent_emo.csv").write_text(HEADER + TRAIN, encoding="utf-8")
    (made / "dev_sent_emo.csv").write_text(HEADER + DEV, encoding="utf-8")
    return made


def test_tables_and_films_meet(folder) -> None:
    assert detect(folder).name == "meld"
    clips = read_corpus(folder).clips
    assert [(clip.speaker, clip.emotion, clip.sex) for clip in clips] == [
        ("meld_Phoebe", "sad", "f"),
        ("meld_Guy", "happy", None),
    ]
    assert clips[0].path == folder / "train/train_splits/dia0_utt0.mp4"
    assert clips[0].sentence == "Oh my God, he\u2019s lost it."


def test_a_line_without_its_film_is_named(folder) -> None:
    (folder / "dev_splits_complete" / "dia0_utt0.mp4").unlink()
    with pytest.raises(CorpusError, match=r"dia0_utt0\.mp4' is listed but not there"):
        read_corpus(folder)


def test_a_table_without_its_folder_is_named(folder) -> None:
    (folder / "test_sent_emo.csv").write_text(HEADER, encoding="utf-8")
    with pytest.raises(CorpusError, match="no folder 'output_repeated_splits_test'"):
        read_corpus(folder)


def test_another_folder_is_no_meld(make_tree) -> None:
    with pytest.raises(CorpusError, match="holds no meld table"):
        read_corpus(make_tree("a.wav"), "meld")
