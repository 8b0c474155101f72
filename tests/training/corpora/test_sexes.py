from pathlib import Path

import pytest

from sottovoce.training.corpora import read_corpus
from sottovoce.training.errors import CorpusError

DEMOGRAPHICS = (
    '"ActorID","Age","Sex","Race","Ethnicity"\n'
    '1001,51,"Male","Caucasian","Not Hispanic"\n'
    '1002,21,"Female","Caucasian","Not Hispanic"\n'
)
NEMO_TABLE = (
    "file_id\temotion\traw_text\tnormalized_text\tspeaker_id\tgender\tage\n"
    "SK0_happy_12.wav\thappy\tTak.\ttak\tSK0\tfemale\t24\n"
)


def sexes(folder: Path) -> dict[str, str | None]:
    return {clip.speaker: clip.sex for clip in read_corpus(folder).clips}


def test_crema_d_has_a_table_of_actors(make_tree) -> None:
    folder = make_tree(
        "AudioWAV/1001_DFA_ANG_XX.wav",
        "AudioWAV/1002_DFA_ANG_XX.wav",
        "AudioWAV/1003_DFA_ANG_XX.wav",
    )
    (folder / "VideoDemographics.csv").write_text(DEMOGRAPHICS, encoding="utf-8")
    known = {"crema-d_1001": "m", "crema-d_1002": "f", "crema-d_1003": None}
    assert sexes(folder) == known
    assert sexes(folder / "AudioWAV") == known


def test_nemo_has_a_table_of_clips(make_tree) -> None:
    folder = make_tree("samples/SK0_happy_12.wav")
    (folder / "data.tsv").write_text(NEMO_TABLE, encoding="utf-8")
    assert sexes(folder) == {"nemo_SK0": "f"}


def test_a_table_without_its_column_is_named(make_tree) -> None:
    folder = make_tree("samples/SK0_happy_12.wav")
    (folder / "data.tsv").write_text("file_id\tspeaker_id\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"data\.tsv' has no column gender"):
        read_corpus(folder)
