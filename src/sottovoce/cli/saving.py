"""``--save``: each analysis is kept before it is printed, so that what was printed is kept."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sottovoce.analysis.batch import STANDARD_INPUT, Outcome, Trouble
from sottovoce.analysis.wire import analysis_to_wire
from sottovoce.cli.opening import my_journal, zone_here
from sottovoce.domain import Analysis
from sottovoce.errors import SottovoceError
from sottovoce.journal.changing import Memo
from sottovoce.journal.errors import JournalError
from sottovoce.journal.moments import recorded_moment
from sottovoce.journal.sounds import Sound, sound_of

if TYPE_CHECKING:
    from sottovoce.entries import Entry
    from sottovoce.journal.changing import Added
    from sottovoce.journal.store import Journal


@dataclass(frozen=True, slots=True)
class Wish:
    """What to keep beside the analysis."""

    note: str = ""
    tags: tuple[str, ...] = ()
    keep_audio: bool = False


def saved(outcomes: Iterable[Outcome], wish: Wish) -> Iterator[Outcome]:
    """The same outcomes, each given on only when the journal holds it for good.

    One that could not be kept becomes its trouble.
    """
    with my_journal() as journal:
        journal.purge()
        for outcome in outcomes:
            yield outcome if isinstance(outcome, Trouble) else kept(journal, outcome, wish)


def kept(journal: "Journal", analysis: Analysis, wish: Wish) -> Outcome:
    """Keep one analysis; say so in words on standard error."""
    try:
        added = keep(journal, analysis, wish)
        tell(added, analysis.source)
    except SottovoceError as trouble:
        return Trouble(analysis.source, trouble)
    if wish.keep_audio:
        draw(journal, added)
    return analysis


def draw(journal: "Journal", added: "Added") -> None:
    """Draw the waveform of kept sound, so that nobody waits for it later."""
    from sottovoce.jobs.drawing import drawn

    with suppress(SottovoceError):
        drawn(journal, added.entry.id)


def keep(journal: "Journal", analysis: Analysis, wish: Wish) -> "Added":
    """Add an analysis to the journal."""
    file = None if analysis.source == STANDARD_INPUT else Path(analysis.source)
    recorded_at = recorded_moment(analysis.recorded_at, file, journal.clock(), zone_here())
    sound = audio_of(file, analysis.sha256) if wish.keep_audio else None
    heard = analysis_to_wire(analysis)
    return journal.add(Memo(heard, recorded_at, wish.note, wish.tags, sound=sound))


def audio_of(file: Path | None, audio_sha256: str) -> Sound:
    """The audio to keep."""
    if file is None:
        raise JournalError("standard input has passed; name a file to keep its audio")
    return sound_of(file, audio_sha256)


def tell(added: "Added", source: str) -> None:
    """What became of the memo, and whether the clock can be right."""
    words = {
        "added": f"saved '{source}' as {added.entry.id}",
        "already there": f"'{source}' is in your journal already, as {added.entry.id}; "
        "it stays as it was",
        "restored": f"'{source}' was deleted before; {added.entry.id} is restored",
    }
    typer.echo(words[added.outcome], err=True)
    if added.clock_was:
        typer.echo(clock_words(added.entry, added.clock_was), err=True)


def clock_words(entry: "Entry", clock_was: datetime) -> str:
    """What to say when the clock stands before the newest entry."""
    return (
        f"sottovoce: the clock says {entry.added_at:%Y-%m-%d %H:%M} UTC, but an entry was added at "
        f"{clock_was:%Y-%m-%d %H:%M} UTC; the memo is kept, check the clock, and correct its time "
        f"with `sottovoce journal edit {entry.id} --recorded-at` if it is wrong"
    )
