"""The same promises on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journals import Clock, Opener, analysis, memo, moment
from sottovoce.journal.changing import Edit, Memo, put_entries
from sottovoce.journal.checkins import questionnaire
from sottovoce.journal.errors import JournalError, NoEntryError, WrongKeyError
from sottovoce.journal.keys import Locksmith
from sottovoce.journal.moments import moment_at
from sottovoce.journal.sounds import Sound
from sottovoce.journal.store import Journal
from sottovoce.journal.vault import CHUNK_BYTES


def test_an_entry_comes_back_as_it_was_kept(journal: Journal) -> None:
    added = journal.add(memo(1, note="after the talk", tags=("work", " early ")))
    entry = journal.entry(added.entry.id)
    assert entry == added.entry
    assert entry.analysis == analysis(1)
    assert (entry.note, entry.tags, entry.owner) == ("after the talk", ("early", "work"), "ada")
    assert entry.recorded_at == moment(1)
    assert entry.recorded_at.offset_min == 60


def test_lists_are_in_the_order_of_recording_and_hold_every_measure(journal: Journal) -> None:
    for number in (3, 1, 2):
        journal.add(memo(number, stress=number / 8))
    entries = list(journal.entries())
    assert [entry.measure("stress") for entry in entries] == [1 / 8, 2 / 8, 3 / 8]
    assert entries[0].measure("pitch_median_hz") == 120.5
    assert entries[0].measure("latency_s") is None
    assert all(entry.usable for entry in entries)
    assert [entry.recorded_at for entry in journal.latest(2)] == [moment(3), moment(2)]


def test_a_span_begins_with_its_first_instant_and_ends_before_its_last(journal: Journal) -> None:
    for number in range(5):
        journal.add(memo(number))
    found = journal.entries(moment(1).utc, moment(3).utc)
    assert [entry.recorded_at for entry in found] == [moment(1), moment(2)]


def test_the_same_audio_twice_is_one_entry(journal: Journal) -> None:
    first = journal.add(memo(1, note="first"))
    second = journal.add(memo(1, note="second"))
    assert (first.outcome, second.outcome) == ("added", "already there")
    assert second.entry.note == "first"
    assert journal.count() == 1


def test_deleted_entries_are_gone_and_can_come_back(journal: Journal) -> None:
    key = journal.add(memo(1)).entry.id
    assert journal.delete([key]) == [key]
    assert list(journal.entries()) == []
    assert [entry.id for entry in journal.entries(deleted=True)] == [key]
    assert journal.restore([key]) == [key]
    assert [entry.deleted_at for entry in journal.entries()] == [None]


def test_adding_a_deleted_memo_brings_it_back(journal: Journal) -> None:
    key = journal.add(memo(1)).entry.id
    journal.delete([key])
    assert journal.add(memo(1)).outcome == "restored"
    assert journal.entry(key).deleted_at is None


def test_deleted_entries_are_kept_for_thirty_days_and_no_longer(
    journal: Journal, clock: Clock
) -> None:
    journal.delete([journal.add(memo(1)).entry.id])
    clock.now += timedelta(days=30)
    assert (journal.purge(), journal.count()) == (0, 1)
    clock.now += timedelta(seconds=1)
    assert (journal.purge(), journal.count()) == (1, 0)


def test_deleting_again_does_not_start_the_thirty_days_again(
    journal: Journal, clock: Clock
) -> None:
    key = journal.add(memo(1)).entry.id
    journal.delete([key])
    then = journal.entry(key).deleted_at
    clock.now += timedelta(days=3)
    journal.delete([key])
    assert journal.entry(key).deleted_at == then


def test_a_clock_set_back_loses_nothing_and_is_told(journal: Journal, clock: Clock) -> None:
    late = clock.now
    assert journal.add(memo(1)).clock_was is None
    journal.delete([journal.add(memo(3)).entry.id])
    clock.now -= timedelta(days=400)
    added = journal.add(memo(2))
    assert (added.outcome, added.clock_was) == ("added", late)
    assert (journal.purge(), journal.count()) == (0, 3)


def test_edits_change_what_they_name_and_nothing_else(journal: Journal) -> None:
    key = journal.add(memo(1, note="old", tags=("work",))).entry.id
    journal.edit(key, Edit(add_tags=("late",), remove_tags=("work",)))
    journal.edit(key, Edit(note="", recorded_at=moment(9)))
    entry = journal.entry(key)
    assert (entry.note, entry.tags, entry.recorded_at) == ("", ("late",), moment(9))
    assert entry.analysis == analysis(1)


def test_self_reports_and_questionnaires_belong_to_their_memo(
    journal: Journal, clock: Clock
) -> None:
    key = journal.add(memo(1)).entry.id
    journal.report(key, 6)
    filled = questionnaire("gad-7", [1] * 7, clock.now)
    alone = questionnaire("phq-8", [0] * 8, clock.now)
    journal.answer(filled, key[:6])
    journal.answer(alone)
    [entry] = journal.entries()
    assert entry.self_report is not None
    assert (entry.self_report.valence, entry.self_report.reported_at) == (6, clock.now)
    assert entry.questionnaires == (filled,)
    assert {one.name for one in journal.questionnaires()} == {"gad-7", "phq-8"}


@pytest.mark.parametrize("key", ["", "abc", "ffffffff", "%", "____"])
def test_an_unknown_id_is_a_sentence(journal: Journal, key: str) -> None:
    journal.add(memo(1))
    with pytest.raises(NoEntryError, match="no entry has the id"):
        journal.entry(key)


def test_an_id_that_could_be_two_names_both(journal: Journal) -> None:
    for number, digest in enumerate(("abcd1" + "0" * 59, "abcd2" + "0" * 59)):
        heard = analysis(number)
        heard["recording"]["sha256"] = digest
        journal.add(Memo(heard, moment(number)))
    with pytest.raises(NoEntryError, match=r"abcd10+, abcd20+"):
        journal.entry("abcd")


@pytest.mark.parametrize("method", ["delete", "restore"])
def test_one_wrong_id_among_many_changes_nothing(journal: Journal, method: str) -> None:
    key = journal.add(memo(1)).entry.id
    if method == "restore":
        journal.delete([key])
    before = journal.entry(key)
    with pytest.raises(NoEntryError):
        getattr(journal, method)([key, "0000000000"])
    assert journal.entry(key) == before


def sound(number: int, content: bytes) -> Memo:
    heard = analysis(number)
    heard["recording"]["sha256"] = sha256(content).hexdigest()
    kept = Sound(iter([content]), heard["recording"]["sha256"], ".m4a")
    return Memo(heard, moment(number), sound=kept)


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES, CHUNK_BYTES + 1, 5 * CHUNK_BYTES + 7])
def test_kept_audio_comes_back_to_the_byte(journal: Journal, size: int) -> None:
    content = bytes(number % 251 for number in range(size))
    key = journal.add(sound(1, content)).entry.id
    assert b"".join(journal.sound(key)) == content
    assert journal.sounds() == {key: ".m4a"}


def test_audio_that_changed_since_it_was_analysed_is_not_kept(journal: Journal) -> None:
    wrong = sound(1, b"as analysed")
    assert wrong.sound
    changed = Sound(iter([b"as it is now"]), wrong.sound.sha256, ".m4a")
    with pytest.raises(JournalError, match="changed since"):
        journal.add(Memo(wrong.analysis, wrong.recorded_at, sound=changed))
    assert (journal.count(), journal.sounds()) == (0, {})


def test_no_audio_is_kept_unless_asked(journal: Journal) -> None:
    key = journal.add(memo(1)).entry.id
    assert journal.sounds() == {}
    with pytest.raises(NoEntryError, match="no audio was kept"):
        list(journal.sound(key))


def test_a_wrong_passphrase_is_told_and_loses_nothing(opened: Opener, tmp_path: Path) -> None:
    right = Locksmith(tmp_path, lambda _new: "correct horse")
    with opened("ada", locksmith=right) as journal:
        key = journal.add(sound(1, b"how it sounded")).entry.id
    other = replace(right, passphrase=lambda _new: "battery staple")
    with opened("ada", locksmith=other) as journal, pytest.raises(WrongKeyError, match="not fit"):
        list(journal.sound(key))
    with opened("ada", locksmith=right) as journal:
        assert b"".join(journal.sound(key)) == b"how it sounded"


def test_a_journal_without_an_owner_cannot_be_opened(opened: Opener) -> None:
    with pytest.raises(JournalError, match="owner"), opened(""):
        pass


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    note=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    tags=st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1)),
    utc=st.datetimes(timezones=st.timezones()),
)
def test_any_words_and_any_instant_survive(
    journal: Journal, note: str, tags: list[str], utc: datetime
) -> None:
    at = moment_at(utc.astimezone(UTC), "Pacific/Kiritimati") if 1 < utc.year < 9999 else moment(0)
    added = journal.add(Memo(analysis(journal.count()), at, note=note, tags=tuple(tags)))
    assert journal.entry(added.entry.id) == added.entry


def test_a_long_list_is_read_in_parts(journal: Journal) -> None:
    entries = [memo(number).entry("ada", journal.clock()) for number in range(1203)]
    with journal.writing() as owned:
        assert put_entries(owned, entries) == 1203
    assert [entry.recorded_at.utc for entry in journal.entries()] == [
        entry.recorded_at.utc for entry in entries
    ]
