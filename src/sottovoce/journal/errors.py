"""What can go wrong with a journal: one sentence each, and nothing is lost."""

from sottovoce.errors import SottovoceError


class JournalError(SottovoceError):
    """The journal could not do what was asked."""

    type = "journal"


class NoEntryError(JournalError):
    """No entry, or more than one, has that id."""

    type = "no_entry"


class NoSoundError(NoEntryError):
    """The entry is there, but no audio was kept with it."""

    type = "no_sound"


class LockedError(JournalError):
    """Another program holds the journal and did not let go in time."""

    type = "journal_locked"


class DiskFullError(JournalError):
    """There was no room to write."""

    type = "disk_full"


class ReadOnlyError(JournalError):
    """The journal, or its folder, may not be written."""

    type = "read_only"


class DamagedError(JournalError):
    """The file is no journal, or a part of it is broken."""

    type = "damaged"


class SchemaNewerError(JournalError):
    """A newer program made the journal, the backup or the export."""

    type = "schema_newer"


class NoServerError(JournalError):
    """The database server did not answer, or refused."""

    type = "no_server"


class KeyMissingError(JournalError):
    """There is no key to lock or unlock with."""

    type = "no_key"


class WrongKeyError(JournalError):
    """The key does not fit."""

    type = "wrong_key"


class ArchiveError(JournalError):
    """The export or backup is not whole, or was changed."""

    type = "bad_export"
