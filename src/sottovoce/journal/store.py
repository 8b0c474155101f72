"""The journal of one owner: the door to everything kept. Open this file first.

>>> from tempfile import TemporaryDirectory
>>> from sottovoce.journal.moments import moment_at, utc_now
>>> heard = {"status": "ok", "recording": {"sha256": "ab" * 32}, "stress": {"value": 0.25}}
>>> memo = Memo(heard, moment_at(utc_now(), "Europe/Berlin"), tags=("work",))
>>> with TemporaryDirectory() as home, open_journal(f"sqlite:///{home}/journal.db", "me") as mine:
...     added, again = mine.add(memo), mine.add(memo)
...     [entry] = mine.entries()
>>> added.outcome, again.outcome, entry.id, entry.measure("stress")
('added', 'already there', 'abababababababab', 0.25)
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sottovoce.entries import Entry, Questionnaire
from sottovoce.journal import changing, finding, transcripts
from sottovoce.journal.changing import Added, Edit, Memo
from sottovoce.journal.checkins import self_report
from sottovoce.journal.engine import PATIENCE_S, Place, walls_stand
from sottovoce.journal.errors import JournalError, KeyMissingError
from sottovoce.journal.keys import NOWHERE, Locksmith
from sottovoce.journal.migrate import bring_up
from sottovoce.journal.moments import utc_now
from sottovoce.journal.owned import Owned
from sottovoce.journal.sounds import kept_sounds, read_sound
from sottovoce.journal.wanted import ANY, Wanted
from sottovoce.journal.whole import open_whole

Clock = Callable[[], datetime]


class Journal:
    """The entries of one owner; every method sees and touches that owner's rows only.

    A method that changes something returns when the change is durable.
    """

    def __init__(
        self,
        place: Place,
        owner: str,
        clock: Clock = utc_now,
        locksmith: Locksmith | None = None,
    ) -> None:
        if not owner:
            raise JournalError("a journal has an owner; none was named")
        self.place = place
        self.owner = owner
        self.clock = clock
        self.locksmith = locksmith

    def master_key(self) -> bytes:
        """The key that locks the keys of kept audio; see :meth:`Locksmith.key`."""
        if self.locksmith is None:
            raise KeyMissingError(NOWHERE)
        return self.locksmith.key()

    @contextmanager
    def reading(self) -> Iterator[Owned]:
        """A view of the journal that does not change while it is read."""
        options = {} if self.place.file else {"isolation_level": "REPEATABLE READ"}
        with self.place.transaction(**options) as connection:
            yield Owned.enter(connection, self.owner)

    @contextmanager
    def writing(self) -> Iterator[Owned]:
        """Changes that happen all of them, or none."""
        with self.place.transaction(begin="BEGIN IMMEDIATE") as connection:
            yield Owned.enter(connection, self.owner)

    def add(self, memo: Memo) -> Added:
        """Keep a memo; the same audio twice is one entry.

        Returns
        -------
        Added
            The entry, and whether it was added, was there already, or came back from the deleted.
        """
        added_at = self.clock()
        master = self.master_key() if memo.sound else b""
        with self.writing() as owned:
            return changing.add_memo(owned, memo, added_at, master)

    def sound(self, key: str) -> Iterator[bytes]:
        """The kept audio of an entry, piece by piece.

        Raises
        ------
        NoSoundError
            No audio was kept with it.
        """
        master = self.master_key()
        with self.reading() as owned:
            yield from read_sound(owned, finding.find_id(owned, key), master)

    def keep_transcript(self, key: str, words: str) -> str:
        """Keep what was said in an entry's memo, sealed; returns the entry's id.

        Raises
        ------
        NoEntryError
            There is no such entry: words are kept beside a voice only.
        """
        master = self.master_key()
        with self.writing() as owned:
            entry_id = finding.find_id(owned, key)
            transcripts.keep_transcript(owned, entry_id, words, master)
            return entry_id

    def transcript(self, key: str) -> str:
        """What was said in an entry's memo, as it was kept.

        Raises
        ------
        NoEntryError
            There is no such entry, or no transcript was kept with it.
        """
        with self.reading() as owned:
            entry_id = finding.find_id(owned, key)
            sealed = transcripts.sealed_transcript(owned, entry_id)
        return transcripts.unsealed(sealed, entry_id, self.master_key())

    def transcripts(self) -> list[str]:
        """The ids of the entries whose words are kept."""
        with self.reading() as owned:
            return transcripts.kept_transcripts(owned)

    def sounds(self) -> dict[str, str]:
        """The ids of the entries with kept audio, and the file suffix of each."""
        with self.reading() as owned:
            return kept_sounds(owned)

    def entry(self, key: str) -> Entry:
        """The entry whose id begins with ``key``, with its whole analysis.

        Raises
        ------
        NoEntryError
            There is none, or more than one.
        """
        with self.reading() as owned:
            return finding.find_entry(owned, key)

    def entries(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        *,
        whole: bool = False,
        deleted: bool | None = False,
    ) -> Iterator[Entry]:
        """Entries in the order they were recorded; see :func:`finding.find_entries`."""
        with self.reading() as owned:
            yield from finding.find_entries(owned, since, until, whole=whole, deleted=deleted)

    def latest(self, limit: int = 1, *, deleted: bool = False) -> list[Entry]:
        """The entries recorded last, the newest first."""
        with self.reading() as owned:
            return finding.find_latest(owned, limit, deleted=deleted)

    def page(
        self,
        limit: int,
        after: finding.Position | None = None,
        *,
        deleted: bool = False,
        wanted: Wanted = ANY,
    ) -> list[Entry]:
        """Entries page by page, the newest first; ``after`` is where the page before ended."""
        with self.reading() as owned:
            return finding.find_page(owned, limit, after, deleted=deleted, wanted=wanted)

    def count(self) -> int:
        """How many entries there are, the deleted ones too."""
        with self.reading() as owned:
            return finding.count_entries(owned)

    def edit(self, key: str, edit: Edit) -> Entry:
        """Change an entry's note, tags or time."""
        with self.writing() as owned:
            return changing.edit_entry(owned, key, edit)

    def report(self, key: str, valence: int) -> Entry:
        """Keep how the person said they felt, 1 (very unpleasant) to 7 (very pleasant)."""
        with self.writing() as owned:
            return changing.report(owned, key, self_report(valence, self.clock()))

    def answer(self, filled: Questionnaire, entry_id: str | None = None) -> None:
        """Keep a questionnaire, with an entry or alone."""
        with self.writing() as owned:
            found = finding.find_id(owned, entry_id) if entry_id else None
            changing.put_questionnaires(owned, [filled], found)

    def questionnaires(self) -> list[Questionnaire]:
        """All questionnaires, in the order they were answered."""
        with self.reading() as owned:
            return list(finding.find_questionnaires(owned))

    def delete(self, keys: Iterable[str]) -> list[str]:
        """Delete entries, to be restored within 30 days if wanted; returns their ids."""
        with self.writing() as owned:
            return changing.delete_entries(owned, keys, self.clock())

    def restore(self, keys: Iterable[str]) -> list[str]:
        """Bring deleted entries back; returns their ids."""
        with self.writing() as owned:
            return changing.restore_entries(owned, keys)

    def purge(self) -> int:
        """Erase what was deleted more than 30 days ago; returns how many entries."""
        with self.writing() as owned:
            return changing.purge(owned, self.clock())


@contextmanager
def open_journal(
    url: str,
    owner: str,
    *,
    patience_s: float = PATIENCE_S,
    clock: Clock = utc_now,
    locksmith: Locksmith | None = None,
) -> Iterator[Journal]:
    """Open the journal of an owner, making or migrating its tables where needed.

    Parameters
    ----------
    url
        ``sqlite:///PATH`` or ``postgresql://USER@HOST/NAME``.
    owner
        Whose journal; on a person's own machine always the same name.
    patience_s
        How long to wait for another program, in seconds.
    clock
        Says what time it is.
    locksmith
        Finds the key of kept audio, and of a journal that is encrypted as a whole.

    Raises
    ------
    JournalError
        One of its children says what is wrong: locked, read-only, damaged, a newer schema ...
    """
    place = open_whole(url, patience_s, locksmith)
    try:
        bring_up(place)
        if place.file is None:
            with place.transaction() as connection:
                walls_stand(connection)
        yield Journal(place, owner, clock, locksmith)
    finally:
        place.engine.dispose()
