"""Each kind of transcript, as programs write them, and what is wrong with those that are none."""

import json
from pathlib import Path

import pytest

from sottovoce.risk.words.reading import read_transcript, to_json
from sottovoce.risk.words.transcript import Line, TranscriptError, check_inside, side_of

SRT = """1
00:00:00,500 --> 00:00:01,500
It was <i>long</i>

2
00:00:02,000 --> 00:00:03,250
and I slept
badly.
"""
VTT = """WEBVTT

NOTE made by hand

00:00.500 --> 00:01.500 align:start
<v Ada>It was long

00:02.000 --> 00:03.250
and I slept badly.
"""
DAIC = """start_time\tstop_time\tspeaker\tvalue
0.1\t0.4\tEllie\thow are you
0.5\t1.5\tParticipant\tIt was long
1.5\t1.9\tParticipant\t<sync>
2.0\t3.25\tParticipant\tand I slept badly.
"""
EDAIC = """Start_Time,End_Time,Text,Confidence
0.5,1.5,It was long,0.9
2.0,3.25,and I slept badly.,0.8
"""
WHISPER = json.dumps(
    {
        "segments": [
            {
                "text": " It was long",
                "start": 0.5,
                "end": 1.5,
                "words": [{"word": " It", "start": 0.5, "end": 0.7}],
            },
            {"text": "and I slept badly.", "start": 2.0, "end": 3.25},
        ]
    }
)
SAID = ["It was long", "and I slept badly."]
SPANS = [(0.5, 1.5), (2.0, 3.25)]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.srt", SRT), ("a.vtt", VTT), ("a.csv", DAIC), ("a.CSV", EDAIC), ("a.json", WHISPER)],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_same_words_and_times_from_every_kind(
    tmp_path: Path, name: str, content: str, encoding: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content.replace("\n", "\r\n").encode(encoding))
    own = side_of(read_transcript(file), interviewer=False)
    assert [line.text for line in own.lines] == SAID
    assert [line.span_s for line in own.lines] == SPANS


def test_typed_words_have_no_times(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Schön war es nicht.\n\nGut.".encode("cp1252"))
    found = read_transcript(tmp_path / "a.txt")
    assert found.lines == (Line("Schön war es nicht."), Line("Gut."))
    assert not found.timed


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_tables_by_any_separator(tmp_path: Path, separator: str) -> None:
    rows = [["start_time", "stop_time", "speaker", "value"], ["0", "1", "Participant", "yes"]]
    (tmp_path / "a.csv").write_text("\n".join(separator.join(row) for row in rows))
    assert read_transcript(tmp_path / "a.csv").text == "yes"


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(WHISPER)
    found = read_transcript(tmp_path / "a.json")
    (tmp_path / "b.json").write_text(to_json(found), encoding="utf-8")
    assert read_transcript(tmp_path / "b.json") == found
    (tmp_path / "c.json").write_text(json.dumps({"text": "It was long\nand I slept badly."}))
    assert read_transcript(tmp_path / "c.json").text == found.text


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.docx", "x", "no transcript that is known"),
        ("a.txt", " \n ", "no words in"),
        ("a.srt", "It was long", "holds no times"),
        ("a.srt", "1\nlater --> 00:01\nyes", "where a time should be"),
        ("a.srt", "1\n00:0x --> 00:01\nyes", "which is no number"),
        ("a.srt", "1\n00:09 --> 00:01\nyes", "has words from 9 to 1 s"),
        ("a.json", "[1]", "no transcript in JSON"),
        ("a.json", "{", "no transcript in JSON"),
        ("a.json", '{"segments": 3}', "no transcript in JSON"),
        ("a.json", "[]", "no words in"),
        ("a.csv", "when,who\n1,2", "has no column start_time"),
        ("a.csv", "start_time,stop_time,value\nsoon,1,x", "'soon' as start time"),
        ("a.txt", "a\x00b", "is not a text file"),
    ],
)
def test_what_is_no_transcript_is_told_in_one_sentence(
    tmp_path: Path, name: str, content: str, sentence: str
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(TranscriptError, match=sentence) as told:
        read_transcript(tmp_path / name)
    assert "\n" not in str(told.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="cannot be read"):
        read_transcript(tmp_path / "a.srt")


def test_words_outside_the_sound(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_text(SRT)
    found = read_transcript(tmp_path / "a.srt")
    check_inside(found, 2.0, "it")
    with pytest.raises(TranscriptError, match=r"it runs to 3\.2 s, the sound only to 1\.0 s"):
        check_inside(found, 1.0, "it")
