"""Charts for a terminal: tables whose every figure is printed beside its mark."""

from rich.table import Table
from rich.text import Text

from sottovoce.insights.days import WEEKDAYS, day_of
from sottovoce.insights.patterns import LEAST_CELL_DAYS, PART_H, Patterns
from sottovoce.insights.report import Report

CELLS = 30
SHADES = "·░▒▓█"


def weeks_chart(report: Report) -> Table:
    """A row for each week: when, its level on a line with your usual band, days and entries."""
    table = Table(title=f"{report.measure} by week", title_justify="left", box=None, padding=(0, 2))
    for heading in ("week of", "level", "", "days", "entries"):
        table.add_column(heading, justify="left" if heading in ("week of", "") else "right")
    known = [week.value for week in report.weeks if week.value is not None]
    band = report.recent.band if report.recent else None
    edges = [*known, *((band.low, band.high) if band else ())]
    low, high = (min(edges), max(edges)) if edges else (0.0, 1.0)
    for week in report.weeks:
        value = "–" if week.value is None else f"{week.value:.3g}"
        inside = (band.low, band.high) if band else None
        line = Text(mark(week.value, inside, low, high))
        monday = day_of(week.first_day).isoformat()
        table.add_row(monday, value, line, str(week.n_days), str(week.n_entries))
    return table


def mark(value: float | None, band: tuple[float, float] | None, low: float, high: float) -> str:
    """A line of thirty cells: ``─`` inside the band, ``●`` the value; empty in a gap.

    >>> mark(1.0, (0.0, 0.5), 0.0, 1.0)
    '───────────────              ●'
    """
    cells = [" "] * CELLS

    def cell(place: float) -> int:
        return round((place - low) / (high - low) * (CELLS - 1)) if high > low else 0

    if band:
        for place in range(cell(band[0]), cell(band[1]) + 1):
            cells[place] = "─"
    if value is not None:
        cells[cell(value)] = "●"
    return "".join(cells)


def hours_chart(patterns: Patterns) -> Table:
    """Weekdays by parts of the day, each with its level, a shade and n; few days are not shaded."""
    table = Table(title="by weekday and hour (n)", title_justify="left", box=None, padding=(0, 1))
    parts = sorted({cell.hour // PART_H for cell in patterns.cells})
    table.add_column("")
    for part in parts:
        table.add_column(f"{part * PART_H:02d}–{(part + 1) * PART_H:02d}", justify="right")
    levels = {
        (day, part): grouped(patterns, day, part) for day in range(len(WEEKDAYS)) for part in parts
    }
    known = [level for level, n, _ in levels.values() if n]
    low, high = min(known), max(known)
    for day, name in enumerate(WEEKDAYS):
        table.add_row(name, *(shaded(levels[day, part], low, high) for part in parts))
    return table


def grouped(patterns: Patterns, weekday: int, part: int) -> tuple[float, int, int]:
    """Level, entries and the most days of any hour in a part of a weekday."""
    mine = [
        cell for cell in patterns.cells if cell.weekday == weekday and cell.hour // PART_H == part
    ]
    n = sum(cell.n_entries for cell in mine)
    level = sum(cell.value * cell.n_entries for cell in mine) / n if n else 0.0
    return level, n, max((cell.n_days for cell in mine), default=0)


def shaded(level: tuple[float, int, int], low: float, high: float) -> str:
    """A level with its shade and its count.

    >>> shaded((0.5, 12, 8), 0.0, 1.0), shaded((0.5, 2, 2), 0.0, 1.0), shaded((0.0, 0, 0), 0.0, 1.0)
    ('▒ 0.5 (12)', '  0.5 (2)', '–')
    """
    value, n, n_days = level
    if not n:
        return "–"
    place = (value - low) / (high - low) if high > low else 0.5
    shade = SHADES[min(len(SHADES) - 1, int(place * len(SHADES)))]
    return f"{shade if n_days >= LEAST_CELL_DAYS else ' '} {value:.2g} ({n})"
