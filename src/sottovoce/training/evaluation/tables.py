"""Tables: what every chart is drawn from, what stands below it and lies beside as CSV."""

import csv
import math
from dataclasses import dataclass
from io import StringIO

from sottovoce.training.intervals import Interval

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under named columns; the unit is in the name; None is an empty cell."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def dicts(self) -> list[dict[str, Cell]]:
        """Each row by column.

        >>> Table("ages", ("who", "age_years"), (("Ann", 7),)).dicts()
        [{'who': 'Ann', 'age_years': 7}]
        """
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def csv_text(self) -> str:
        """The table as CSV with a header.

        >>> Table("ages", ("who", "age_years"), (("Ann", None),)).csv_text().splitlines()
        ['who,age_years', 'Ann,']
        """
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return text.getvalue()


def percent(share: float | None) -> float | None:
    """A share as percent with one decimal; None where it is not a number.

    >>> percent(0.67777), percent(float("nan"))
    (67.8, None)
    """
    return None if share is None or math.isnan(share) else round(100.0 * share, 1)


def percents(interval: Interval) -> tuple[float | None, float | None, float | None]:
    """Value, low and high as percent.

    >>> percents(Interval(0.5, 0.4, 0.6, 0.95))
    (50.0, 40.0, 60.0)
    """
    return percent(interval.value), percent(interval.low), percent(interval.high)
