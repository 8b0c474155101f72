"""The waveforms of kept sound: decoded in a child process, and kept once drawn."""

from sottovoce.audio.decode import Decoder, Limits
from sottovoce.audio.waveform import Waveform, waveform_of
from sottovoce.errors import TooLongError
from sottovoce.jobs.hearing import NAME
from sottovoce.journal.errors import NoSoundError
from sottovoce.journal.excerpts import KeptSound, excerpt, find_waveform, open_sound, put_waveform
from sottovoce.journal.finding import find_present
from sottovoce.journal.sounds import kept_among
from sottovoce.journal.store import Journal

LARGEST_BYTES = 512 << 20
LIMITS = Limits(max_duration_s=10 * 3600.0)


def open_kept(journal: Journal, entry_id: str) -> KeptSound:
    """The sound that was kept with an entry.

    Raises
    ------
    NoEntryError, NoSoundError
        There is no such entry, or it is deleted; no sound was kept with it.
    KeyMissingError, WrongKeyError
        There is no key, or not the one that locked it.
    """
    with journal.reading() as owned:
        if not kept_among(owned, [find_present(owned, entry_id).id]):
            raise NoSoundError(f"no audio was kept with '{entry_id}'")
    master = journal.master_key()
    with journal.reading() as owned:
        return open_sound(owned, entry_id, master)


def find_drawn(journal: Journal, entry_id: str) -> Waveform | None:
    """The waveform of an entry's sound; None where it was not drawn yet."""
    kept = open_kept(journal, entry_id)
    with journal.reading() as owned:
        return find_waveform(owned, kept)


def drawn(journal: Journal, entry_id: str) -> Waveform:
    """The waveform of an entry's sound, drawn and kept unless somebody did so meanwhile.

    Raises
    ------
    InputError
        It cannot be decoded any more, or is longer than is drawn.
    """
    kept = open_kept(journal, entry_id)
    with journal.reading() as owned:
        if found := find_waveform(owned, kept):
            return found
    waveform = decoded(sound_of(journal, kept))
    with journal.writing() as owned:
        put_waveform(owned, kept, waveform)
    return waveform


def sound_of(journal: Journal, kept: KeptSound) -> bytes:
    """All of it, in memory."""
    if kept.size_bytes > LARGEST_BYTES:
        raise TooLongError("the kept recording is too large to be drawn")
    with journal.reading() as owned:
        return excerpt(owned, kept, 0, kept.size_bytes)


def decoded(sound: bytes) -> Waveform:
    """The waveform of an encoded recording."""
    with Decoder(LIMITS) as decoder, decoder.stream(sound, NAME) as stream:
        return waveform_of(stream.blocks())
