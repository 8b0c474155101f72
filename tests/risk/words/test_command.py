"""``sottovoce words``: words beside a voice, kept only when asked, and let go by themselves."""

import json
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import pytest

from journals import analysis, ask, moment, run
from sottovoce.journal.changing import Memo
from sottovoce.journal.store import open_journal

SAID = "I feel hopeless.\nIt was a lovely day!"
SECRET = {"SOTTOVOCE_PASSPHRASE": "correct horse"}

pytestmark = pytest.mark.skipif(
    find_spec("vaderSentiment") is None, reason="VADER is not here: pip install 'sottovoce[words]'"
)


@pytest.fixture
def said(tmp_path: Path) -> Path:
    (tmp_path / "memo.txt").write_text(SAID)
    return tmp_path / "memo.txt"


@pytest.fixture
def home(tmp_path: Path, memo: Path) -> Path:
    """A journal in which the memo is kept."""
    heard = analysis(1)
    heard["recording"]["sha256"] = sha256(memo.read_bytes()).hexdigest()
    (tmp_path / "home").mkdir()
    with open_journal(f"sqlite:///{tmp_path / 'home' / 'journal.db'}", "me") as journal:
        journal.add(Memo(heard, moment(1)))
    return tmp_path / "home"


def test_words_are_measured_kept_and_erased_by_themselves(
    home: Path, memo: Path, said: Path, tmp_path: Path
) -> None:
    done = run("words", memo, "--transcript", said, "--json", "--keep", home=home, **SECRET)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert "hopeless" not in done.stdout + done.stderr
    assert found["words"]["sentiment_lowest"] < 0 < found["words"]["word_rate_per_min"]
    assert found["sentiment"]["name"] == "vader"
    assert not any(b"hopeless" in file.read_bytes() for file in home.iterdir())
    key = sha256(memo.read_bytes()).hexdigest()[:16]
    written = tmp_path / "out.json"
    shown = run("journal", "show", key, "--transcript", written, home=home, **SECRET)
    assert shown.returncode == 0, shown.stderr
    assert [one["text"] for one in json.loads(written.read_text())["segments"]] == SAID.split("\n")
    gone = run("journal", "erase", key, "--transcripts", "--yes", home=home)
    assert gone.returncode == 0, gone.stderr
    with open_journal(f"sqlite:///{home / 'journal.db'}", "me") as journal:
        assert (journal.transcripts(), journal.count()) == ([], 1)


def test_nothing_is_kept_unless_asked(home: Path, memo: Path, said: Path) -> None:
    done = run("words", memo, "--transcript", said, home=home)
    assert done.returncode == 0, done.stderr
    assert "word_rate_per_min" in done.stdout
    with open_journal(f"sqlite:///{home / 'journal.db'}", "me") as journal:
        assert journal.transcripts() == []


def test_a_memo_that_is_not_kept_cannot_keep_its_words(home: Path, memo: Path, said: Path) -> None:
    memo.write_bytes(memo.read_bytes() + b"x")
    done = run("words", memo, "--transcript", said, "--keep", home=home, **SECRET)
    assert done.returncode == 1
    assert "is not in your journal; keep it first" in done.stderr


@pytest.mark.parametrize(
    ("memo_name", "transcript", "sentence"),
    [
        ("memo.wav", "none.srt", "there is no transcript"),
        ("none.wav", "memo.txt", "does not exist"),
        ("memo.txt", "memo.txt", "memo.txt"),
        ("memo.wav", "late.srt", "the sound only to 4.0 s"),
        ("memo.wav", "whisper:none", "is no folder of a faster-whisper model"),
    ],
)
@pytest.mark.usefixtures("memo")
def test_words_without_a_voice_and_the_reverse(
    home: Path, said: Path, memo_name: str, transcript: str, sentence: str
) -> None:
    (said.parent / "late.srt").write_text("1\n00:00:30,000 --> 00:00:31,000\nlate\n")
    source = transcript if ":" in transcript else said.parent / transcript
    done = ask("words", str(said.parent / memo_name), "--transcript", str(source), home=home)
    assert (done.status, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
