"""What is due is sent by itself: once a day, to those who asked, through a real mail server."""

import logging
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from journals import analysis
from mails import Box, mail_server
from services import free_port
from sottovoce.alerting.kept import keep_choices, read_choices
from sottovoce.alerting.messenger import Messenger
from sottovoce.alerting.outbox import MOST_TRIES, PAUSE, Outbox
from sottovoce.insights.alerts.choices import Choices, mute
from sottovoce.journal.changing import Memo
from sottovoce.journal.moments import moment_at
from sottovoce.journal.store import Journal, open_journal
from sottovoce.looking import told_today

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
ASKED = Choices(enabled=frozenset({"outside_band"}))
SECRET = "a-very-secret-word"
SUBJECT = "Your voice sounded tenser than usual three days running."


def keep_tense_days(journal: Journal, newest: datetime) -> None:
    """Sixty ordinary days and three tense ones, the last of them today."""
    for number in range(63):
        stress = 0.2 + number % 7 / 40 if number < 60 else 0.95
        at = newest - timedelta(days=62 - number)
        journal.add(Memo(analysis(number, stress), moment_at(at, "UTC")))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with open_journal(f"sqlite:///{tmp_path}/journal.db", "me") as found:
        keep_tense_days(found, NOON)
        yield found


@pytest.fixture
def post() -> Iterator[tuple[Box, str]]:
    with mail_server() as found:
        yield found


def look(home: Path, journal: Journal, wall: datetime = NOON) -> None:
    """Look as a service does that has just been started."""
    Messenger(home, journal, nullcontext(), lambda: wall).look()


def test_it_is_sent_once_whoever_looks_again(
    tmp_path: Path, journal: Journal, post: tuple[Box, str]
) -> None:
    box, address = post
    keep_choices(tmp_path, replace(ASKED, deliver_to=(address,)))
    for minutes in (0, 1, 60, 300):
        look(tmp_path, journal, NOON + timedelta(minutes=minutes))
    ((_, mail),) = box.mails
    assert mail["Subject"] == SUBJECT
    assert "alerts mute outside_band" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    told = read_choices(tmp_path)
    assert [(one.rule, one.day) for one in told.told] == [("outside_band", NOON.date())]
    assert told_today(journal, told, NOON) is not None  # the page goes on showing it


@pytest.mark.parametrize(
    "choices",
    [
        Choices(),
        mute(ASKED, "outside_band", date(2026, 6, 2)),
        replace(ASKED, quiet_from=time(11), quiet_until=time(13)),
    ],
    ids=["off", "muted", "quiet"],
)
def test_nothing_is_sent_that_was_not_asked_for(
    tmp_path: Path, journal: Journal, post: tuple[Box, str], choices: Choices
) -> None:
    box, address = post
    keep_choices(tmp_path, replace(choices, deliver_to=(address,)))
    look(tmp_path, journal)
    assert box.mails == []
    assert read_choices(tmp_path).told == ()


def test_after_the_hours_of_quiet_it_is_sent(
    tmp_path: Path, journal: Journal, post: tuple[Box, str]
) -> None:
    box, address = post
    quiet = replace(ASKED, quiet_from=time(11), quiet_until=time(13), deliver_to=(address,))
    keep_choices(tmp_path, quiet)
    look(tmp_path, journal)
    look(tmp_path, journal, NOON + timedelta(hours=1))
    assert len(box.mails) == 1


def test_without_a_channel_nothing_counts_as_told(tmp_path: Path, journal: Journal) -> None:
    keep_choices(tmp_path, ASKED)
    look(tmp_path, journal)
    assert read_choices(tmp_path) == ASKED


def test_a_channel_that_refuses_is_tried_again_and_the_other_is_left_alone(
    tmp_path: Path, journal: Journal, post: tuple[Box, str], caplog: pytest.LogCaptureFixture
) -> None:
    box, address = post
    port = free_port()
    away = f"mailto://me:{SECRET}@127.0.0.1:{port}/?from=a@b.org&to=c@d.org&mode=insecure"
    keep_choices(tmp_path, replace(ASKED, deliver_to=(away, address)))
    with caplog.at_level(logging.INFO, logger="sottovoce"):
        for number in range(MOST_TRIES + 2):
            look(tmp_path, journal, NOON + number * PAUSE)
            look(tmp_path, journal, NOON + number * PAUSE + timedelta(minutes=1))
    last = Outbox(tmp_path).last()
    assert (last[away].arrived, last[away].tries) == (False, MOST_TRIES)
    assert (last[address].arrived, last[address].tries, len(box.mails)) == (True, 1, 1)
    ours = [record for record in caplog.records if record.name.startswith("sottovoce")]
    assert [record.facts for record in ours] == [{"service": "mailto"}] * MOST_TRIES  # type: ignore[attr-defined]
    assert SECRET not in caplog.text


def test_what_was_begun_when_the_process_ended_is_not_sent_again(
    tmp_path: Path, journal: Journal, post: tuple[Box, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    box, address = post
    keep_choices(tmp_path, replace(ASKED, deliver_to=(address,)))

    def died(*_: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("sottovoce.alerting.outbox.sent", died)
        with pytest.raises(KeyboardInterrupt):
            look(tmp_path, journal)
    assert Outbox(tmp_path).last()[address].arrived is None
    look(tmp_path, journal, NOON + timedelta(hours=1))
    assert box.mails == []


def test_only_its_owner_may_read_what_became_of_messages(
    tmp_path: Path, journal: Journal, post: tuple[Box, str]
) -> None:
    keep_choices(tmp_path, replace(ASKED, deliver_to=(post[1],)))
    look(tmp_path, journal)
    outbox = Outbox(tmp_path)
    assert (tmp_path / "deliveries.json").stat().st_mode & 0o077 == 0
    outbox.forget_others(())
    assert outbox.last() == {}
    (tmp_path / "deliveries.json").write_text("[{]")
    assert outbox.last() == {}
