import pytest

from sottovoce.training.corpora import detect, read_corpus
from sottovoce.training.errors import CorpusError

EVALUATION = """% [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]

[6.2901 - 8.2357]\tSes01F_impro01_F000\tneu\t[2.5000, 2.5000, 2.5000]
C-E2:\tNeutral;\t()
A-E3:\tval 3; act 2; dom  2;\t()

[10.0100 - 11.3925]\tSes01F_impro01_M000\texc\t[4.0000, 3.5000, 2.5000]
[12.0100 - 13.3925]\tSes01F_impro01_M001\tfru\t[2.0000, 3.5000, 2.5000]
[14.0100 - 15.3925]\tSes01F_impro01_M002\txxx\t[2.5000, 3.0000, 2.5000]
"""
TRANSCRIPT = "Ses01F_impro01_F000 [006.2901-008.2357]: Excuse me.\n"
WAV = "Session1/sentences/wav/Ses01F_impro01/"


@pytest.fixture
def folder(make_tree):
    made = make_tree(*(f"{WAV}Ses01F_impro01_{turn}.wav" for turn in ("F000", "M000", "M001")))
    for name, text in (
        ("EmoEvaluation/Ses01F_impro01.txt", EVALUATION),
        ("EmoEvaluation/._Ses01F_impro01.txt", "not text of theirs"),
        ("EmoEvaluation/Categorical/Ses01F_impro01_e2_cat.txt", "Ses01F_impro01_F000 :Neutral"),
        ("transcriptions/Ses01F_impro01.txt", TRANSCRIPT),
    ):
        file = made / "Session1" / "dialog" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return made


def test_turns_with_agreement_are_read(folder) -> None:
    assert detect(folder).name == "iemocap"
    manifest = read_corpus(folder)
    assert [(clip.emotion, clip.sentence) for clip in manifest.clips] == [
        ("neutral", "Excuse me."),
        ("happy", None),
    ]
    assert manifest.clips[0].path == folder / f"{WAV}Ses01F_impro01_F000.wav"
    assert manifest.notes == (
        "iemocap: 1 clips labelled 'fru' are left out",
        "iemocap: 1 clips labelled 'xxx' are left out",
    )


def test_the_last_letter_says_who_speaks(folder) -> None:
    """The F of Ses01F only says who wore the markers; both people speak in that dialogue."""
    clips = read_corpus(folder).clips
    assert [(clip.speaker, clip.sex) for clip in clips] == [
        ("iemocap_Ses01F", "f"),
        ("iemocap_Ses01M", "m"),
    ]


def test_a_turn_without_sound_is_named(folder) -> None:
    (folder / f"{WAV}Ses01F_impro01_M000.wav").unlink()
    with pytest.raises(CorpusError, match=r"Ses01F_impro01_M000\.wav' is listed but not there"):
        read_corpus(folder)


def test_a_folder_without_turns_is_named(make_tree) -> None:
    with pytest.raises(CorpusError, match="holds no iemocap turn"):
        read_corpus(make_tree("a.wav"), "iemocap")
