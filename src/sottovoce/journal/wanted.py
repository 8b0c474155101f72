"""Which entries somebody looks for."""

from dataclasses import dataclass
from datetime import date

from sottovoce.entries import Entry


@dataclass(frozen=True, slots=True)
class Wanted:
    """Entries with a tag, that sounded mostly some way, that could be heard, that felt some way.

    ``status`` says whether anything could be heard, ``quality`` (``ok``, ``poor``, ``unusable``)
    how far that can be trusted.

    ``felt`` is a range of the person's own word, 1 to 7. ``since`` and ``until`` are dates that the
    calendar on the wall showed, both included. None asks nothing.
    """

    tag: str | None = None
    emotion: str | None = None
    status: str | None = None
    quality: str | None = None
    felt: tuple[int, int] | None = None
    since: date | None = None
    until: date | None = None

    def fits(self, entry: Entry) -> bool:
        """Whether an entry is one of them."""
        return (
            (self.tag is None or self.tag in entry.tags)
            and (self.emotion is None or self.emotion == entry.analysis.get("emotion"))
            and (self.status is None or self.status == entry.analysis.get("status"))
            and (self.quality is None or self.quality == entry.quality)
            and (self.felt is None or self.said(entry))
            and self.within(entry)
        )

    def said(self, entry: Entry) -> bool:
        """Whether the person's own word is in the range."""
        report = entry.self_report
        low, high = self.felt or (1, 7)
        return report is not None and low <= report.valence <= high

    def within(self, entry: Entry) -> bool:
        """Whether an entry was recorded on one of the days."""
        day = entry.recorded_at.local.date()
        return (self.since or day) <= day <= (self.until or day)


ANY = Wanted()
