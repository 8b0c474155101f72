"""Files are known by their first bytes, whatever they are called."""

import pytest

from sottovoce.audio.containers import id3_tag_bytes, recognise


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "wav"),
        (b"RF64\xff\xff\xff\xffWAVEds64", "wav"),
        (b"riff\x2e\x91\xcf\x11\xa5\xd6", "wave64"),
        (b"fLaC\x00\x00\x00\x22", "flac"),
        (b"OggS\x00\x02", "ogg"),
        (b"\x00\x00\x00\x1cftypM4A ", "mp4"),
        (b"\x00\x00\x00\x08wide\x00\x00\x10\x00mdat", "mp4"),
        (b"\x00\x01\x0a\x0dmoov\x00\x00\x00\x6c", "mp4"),
        (b"\x1a\x45\xdf\xa3\x9fB\x86", "matroska"),
        (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9", "asf"),
        (b"FORM\x00\x00\x10\x00AIFFCOMM", "aiff"),
        (b"FORM\x00\x00\x10\x00AIFCFVER", "aiff"),
        (b"caff\x00\x01\x00\x00desc", "caf"),
        (b"#!AMR\n\x3c", "amr"),
        (b"#!AMR-WB\n", "amr"),
        (b".snd\x00\x00\x00\x18", "au"),
        (b"\xff\xf1\x50\x80", "adts"),
        (b"\xff\xfb\x90\x64", "mp3"),
        (b"\xff\xf3\x40\xc4", "mp3"),
    ],
)
def test_containers_are_recognised(head: bytes, name: str) -> None:
    container = recognise(head)
    assert container is not None
    assert container.name == name


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"RIFF",
        b"RIFF\x24\x00\x00\x00AVI LIST",
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile '/etc/passwd'\n",
        b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n",
        b'FILE "memo.wav" WAVE\n  TRACK 01 AUDIO\n',
        b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011">',
        "hello".encode("utf-16"),
        b"%PDF-1.7",
        b"\x00" * 64,
    ],
)
def test_texts_and_playlists_are_not(head: bytes) -> None:
    assert recognise(head) is None


def test_what_follows_a_tag_decides() -> None:
    after_tag = recognise(b"fLaC\x00\x00\x00\x22", tagged=True)
    unknown_after_tag = recognise(b"\x00" * 64, tagged=True)
    assert after_tag is not None
    assert after_tag.name == "flac"
    assert unknown_after_tag is not None
    assert unknown_after_tag.name == "mp3"


def test_a_tag_cut_short_is_no_tag() -> None:
    assert id3_tag_bytes(b"ID3\x04\x00") == 0
