import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sottovoce.domain import FloatArray
from sottovoce.risk.corpora import read_corpus
from sottovoce.risk.corpora.daic import read_turns
from sottovoce.risk.interviews import Turn
from sottovoce.risk.marks import write_marked
from sottovoce.training.errors import CorpusError

MakeDaic = Callable[..., Path]
TWO = {"300": "2", "301": "15"}


def test_sessions_with_their_labels_and_turns(make_daic: MakeDaic) -> None:
    corpus = read_corpus(make_daic(TWO))
    assert (corpus.name, corpus.basis) == ("daic-woz", "clinical")
    first, second = corpus.interviews
    assert (first.person, first.case, first.phq8, first.sex) == ("daic-woz_300", False, 2, "m")
    assert second.case
    assert first.turns == (Turn(0.0, 1.0, True), Turn(1.2, 3.0))
    assert first.fold == "train"


def test_the_score_mends_the_binary_label_of_409(make_daic: MakeDaic) -> None:
    corpus = read_corpus(make_daic({"300": "2", "409": "10"}))
    assert [one.case for one in corpus.interviews] == [False, True]


def test_late_transcripts_are_moved(make_daic: MakeDaic) -> None:
    corpus = read_corpus(make_daic({"318": "2", "301": "15"}))
    late = next(one for one in corpus.interviews if one.person.endswith("318"))
    assert late.turns is not None
    assert late.turns[0].start_s == pytest.approx(34.319917)


def test_interrupted_and_onesided_sessions_are_left_out(make_daic: MakeDaic) -> None:
    corpus = read_corpus(make_daic(TWO | {"373": "3", "451": "3"}))
    assert len(corpus.interviews) == 2
    assert corpus.notes == (
        "daic-woz: 373 was interrupted, left out",
        "daic-woz: 451 has a transcript without the interviewer, left out",
    )


def test_who_is_missing_is_told(make_daic: MakeDaic) -> None:
    folder = make_daic(TWO)
    split = folder / "train_split_Depression_AVEC2017.csv"
    split.write_text(split.read_text() + "\n399,0,3,0")
    (folder / "350_P").mkdir()
    notes = read_corpus(folder).notes
    assert notes == (
        "daic-woz: '350' is in no split, left out",
        "daic-woz: '399' has no folder, left out",
    )


def test_marks_of_synchronisation_are_nobody_s_words(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(
        "start_time\tstop_time\tspeaker\tvalue\n0\t5\tParticipant\t<sync>\n6\t7\tParticipant\tyes"
    )
    assert read_turns(file)[-1:] == (Turn(6.0, 7.0),)
    assert not any(turn.start_s < 6.0 and not turn.interviewer for turn in read_turns(file))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("start_time\tstop_time\tspeaker\tvalue\n5\t1\tParticipant\tx", "a turn from 5 to 1 s"),
        ("start_time\tstop_time\tspeaker\tvalue\na\t1\tParticipant\tx", "'a' as start time"),
        ("start_time\tstop_time\tspeaker\tvalue\n0\t1\tEllie\tx", "the participant never speaks"),
        ("begin\tend\n0\t1", "has no column start_time"),
    ],
)
def test_bad_transcripts(tmp_path: Path, content: str, sentence: str) -> None:
    file = tmp_path / "t.csv"
    file.write_text(content)
    with pytest.raises(CorpusError, match=re.escape(sentence)):
        read_turns(file)


@pytest.mark.parametrize("score", ["25", "-1", "3.5", "many", ""])
def test_scores_out_of_range(make_daic: MakeDaic, score: str) -> None:
    with pytest.raises(CorpusError, match="runs from 0 to 24"):
        read_corpus(make_daic({"300": "2", "301": score}))


def test_one_class_only(make_daic: MakeDaic) -> None:
    with pytest.raises(CorpusError, match="both kinds are needed"):
        read_corpus(make_daic({"300": "2", "301": "3"}))


@pytest.mark.parametrize(
    ("lost", "sentence"),
    [("300_AUDIO.wav", "for its transcript"), ("300_TRANSCRIPT.csv", "no transcript beside it")],
)
def test_one_without_the_other(make_daic: MakeDaic, lost: str, sentence: str) -> None:
    folder = make_daic(TWO)
    (folder / "300_P" / lost).unlink()
    with pytest.raises(CorpusError, match=sentence):
        read_corpus(folder)


def test_nobody_is_in_two_parts(make_daic: MakeDaic) -> None:
    folder = make_daic(TWO)
    split = (folder / "train_split_Depression_AVEC2017.csv").read_text()
    (folder / "dev_split_Depression_AVEC2017.csv").write_text(split)
    with pytest.raises(CorpusError, match="in the split twice"):
        read_corpus(folder)


@pytest.mark.parametrize(
    ("separator", "encoding"), [(";", "utf-8"), ("\t", "utf-16"), (",", "cp1252")]
)
def test_other_programs_save_otherwise(make_daic: MakeDaic, separator: str, encoding: str) -> None:
    folder = make_daic(TWO)
    split = folder / "train_split_Depression_AVEC2017.csv"
    text = split.read_text().replace(",", separator) + "\n350"
    split.write_text(text + separator * 3 + ("é" if encoding == "cp1252" else ""), encoding)
    assert len(read_corpus(folder).interviews) == 2


def test_a_mac_s_shadow_file(make_daic: MakeDaic) -> None:
    folder = make_daic(TWO)
    (folder / "300_P" / "300_TRANSCRIPT.csv").write_bytes(b"\x00\x05\x16\x07\x00\x02")
    with pytest.raises(CorpusError, match="unpack it again"):
        read_corpus(folder)


def test_one_made_sound_makes_the_corpus_made(make_daic: MakeDaic, quiet: FloatArray) -> None:
    folder = make_daic(TWO)
    write_marked(folder / "301_P" / "301_AUDIO.wav", quiet)
    assert read_corpus(folder).basis == "made"
