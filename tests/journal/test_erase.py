"""What is erased is gone: from the rows, from the file, from its log."""

from hashlib import sha256
from pathlib import Path

import pytest

from journals import Opener, analysis, memo, moment
from sottovoce.journal.changing import Memo, count_all
from sottovoce.journal.checkins import questionnaire
from sottovoce.journal.erase import (
    erase_all_words,
    erase_everything,
    erase_for_good,
    erase_made_up,
    erase_words,
)
from sottovoce.journal.errors import NoEntryError
from sottovoce.journal.keys import Locksmith
from sottovoce.journal.schema import TranscriptRow
from sottovoce.journal.sounds import Sound
from sottovoce.journal.store import Journal, open_journal

CANARY = "the canary in the note 5b1f"


def test_everything_is_erased_with_a_receipt(journal: Journal) -> None:
    key = journal.add(memo(1, note=CANARY)).entry.id
    journal.add(memo(2))
    journal.answer(questionnaire("gad-7", [1] * 7, journal.clock()), key)
    receipt = erase_everything(journal)
    assert receipt.erased["entries"] == 2
    assert receipt.erased["questionnaires"] == 1
    assert (receipt.remaining, receipt.erased_at) == (0, journal.clock())
    assert journal.count() == 0
    assert journal.questionnaires() == []


def test_only_ones_own_is_erased(opened: Opener) -> None:
    with opened("ada") as hers, opened("grace") as other:
        hers.add(memo(1))
        kept = other.add(memo(1)).entry
        erase_everything(hers)
        assert other.entry(kept.id) == kept


def test_examples_go_in_one_step_and_nothing_else_does(journal: Journal) -> None:
    own = journal.add(memo(1)).entry.id
    for number in (2, 3):
        journal.add(memo(number, example=True))
    assert erase_made_up(journal) == 2
    assert [entry.id for entry in journal.entries()] == [own]


def test_an_erased_entry_cannot_be_restored(journal: Journal) -> None:
    key = journal.add(memo(1)).entry.id
    other = journal.add(memo(2)).entry.id
    with pytest.raises(NoEntryError):
        erase_for_good(journal, [other, "0000000000"])
    assert erase_for_good(journal, [key]) == [key]
    with pytest.raises(NoEntryError):
        journal.restore([key])
    assert journal.entry(other)


@pytest.mark.parametrize("everything", [True, False])
def test_nothing_erased_is_left_in_any_file(tmp_path: Path, everything: bool) -> None:
    sound = b"canary in the audio " * 10_000
    heard = analysis(1)
    heard["recording"]["sha256"] = sha256(sound).hexdigest()
    folder = tmp_path / "home"
    with open_journal(f"sqlite:///{folder / 'journal.db'}", "ada") as journal:
        for number in range(2, 50):
            journal.add(memo(number))
        key = journal.add(Memo(heard, moment(1), note=CANARY)).entry.id
        assert found_in(folder, CANARY.encode()) > 0, "the test can fail"
        if everything:
            erase_everything(journal)
        else:
            erase_for_good(journal, [key])
        assert found_in(folder, CANARY.encode()) == 0
        assert found_in(folder, heard["recording"]["sha256"].encode()) == 0


def found_in(folder: Path, canary: bytes) -> int:
    return sum(canary in file.read_bytes() for file in folder.iterdir())


def test_kept_audio_goes_with_its_entry_and_the_key_with_everything(
    journal: Journal,
) -> None:
    content = b"how it sounded"
    heard = analysis(1)
    heard["recording"]["sha256"] = sha256(content).hexdigest()
    sound = Sound(iter([content]), heard["recording"]["sha256"], ".m4a")
    key = journal.add(Memo(heard, moment(1), sound=sound)).entry.id
    with journal.reading() as owned:
        assert count_all(owned)["sound_chunks"] == 1
    erase_for_good(journal, [key])
    with journal.reading() as owned:
        assert set(count_all(owned).values()) == {0}
    assert erase_everything(journal).key_destroyed


def test_words_are_sealed_and_go_by_themselves(journal: Journal) -> None:
    keys = [journal.add(memo(number)).entry.id for number in (1, 2)]
    for key in keys:
        journal.keep_transcript(key, f"{CANARY} {key}")
    assert journal.transcripts() == sorted(keys)
    assert journal.transcript(keys[0][:6]) == f"{CANARY} {keys[0]}"
    with journal.reading() as owned:
        sealed = owned.value(owned.select(TranscriptRow, TranscriptRow.sealed))
        assert CANARY.encode() not in sealed
    assert erase_words(journal, [keys[0]]) == [keys[0]]
    with pytest.raises(NoEntryError, match="no transcript was kept"):
        journal.transcript(keys[0])
    with pytest.raises(NoEntryError, match="no transcript was kept"):
        erase_words(journal, keys)
    assert journal.transcripts() == [keys[1]]
    assert erase_all_words(journal) == 1
    assert (journal.transcripts(), journal.count()) == ([], 2)


def test_words_are_replaced_and_go_with_their_entry(journal: Journal) -> None:
    key = journal.add(memo(1)).entry.id
    for words in ("first", "second"):
        journal.keep_transcript(key, words)
    assert journal.transcript(key) == "second"
    erase_for_good(journal, [key])
    assert journal.transcripts() == []
    with pytest.raises(NoEntryError):
        journal.keep_transcript(key, "third")


def test_no_file_holds_erased_words(tmp_path: Path, locksmith: Locksmith) -> None:
    url = f"sqlite:///{tmp_path / 'home' / 'journal.db'}"
    with open_journal(url, "ada", locksmith=locksmith) as journal:
        key = journal.add(memo(1)).entry.id
        journal.keep_transcript(key, CANARY)
        with journal.reading() as owned:
            sealed = owned.value(owned.select(TranscriptRow, TranscriptRow.sealed))
        assert found_in(tmp_path / "home", sealed) > 0, "the test can fail"
        erase_words(journal, [key])
        assert found_in(tmp_path / "home", sealed) == 0
