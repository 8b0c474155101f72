"""What the journal tells of one measure, part by part, as ``sottovoce trends --json`` prints it.

Every interval and band is a 90 % one, in the measure's unit unless it says otherwise.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from sottovoce.server.schemas.parts import Answer, Share

Count = Annotated[int, Field(ge=0)]
Weekday = Annotated[int, Field(ge=0, le=6, description="0 is Monday.")]
Hour = Annotated[int, Field(ge=0, le=23)]
Kind = Literal["weekday", "weekend", "part of day", "part of weekday", "hour of weekday"]


class Interval(Answer):
    """Between which two ends, with 90 %."""

    low: float
    high: float


class WarmUp(Answer):
    """How far your usual is learnt: the day since the first memo, and the usable memos so far."""

    day: Count
    entries: Count


class Usual(Answer):
    """Centre and spread over days; ``band`` is where nine in ten of your days lie.

    ``centre`` and ``spread`` are on the scale a measure is judged on; ``value`` in its unit.
    """

    measure: str
    first_day: date
    last_day: date
    n_days: Count
    n_entries: Count
    centre: float
    spread: float
    inflation: float
    value: float
    centre_interval: Interval
    band: Interval


class Level(Answer):
    """A day, or a week from its Monday; ``value`` is null in a gap."""

    first_day: date
    value: float | None
    n_days: Count
    n_entries: Count


class Felt(Answer):
    """A day on which you said how you felt: the mean, 1 very unpleasant to 7 very pleasant."""

    first_day: date
    valence: Annotated[float, Field(ge=1, le=7)]
    n_reports: Annotated[int, Field(ge=1)]


class Trend(Answer):
    """A straight line through the span, and whether it is more than your days vary anyway."""

    measure: str
    first_day: date
    last_day: date
    n_days: Count
    n_entries: Count
    n_blocks: Count
    block_days: Count
    slope_per_week: float
    interval: Interval
    detectable: float
    verdict: Literal["rising", "falling", "about the same"]


class Change(Answer):
    """A shift of the level within the last 30 days, as likely as ``p_up`` and ``p_down`` say."""

    measure: str
    p_up: Share
    p_down: Share
    since: date
    since_low: date
    since_high: date
    before: float
    after: float
    size: float
    size_interval: Interval
    n_before: Count
    n_after: Count


class Cell(Answer):
    """An hour of the week that has memos."""

    weekday: Weekday
    hour: Hour
    value: float
    n_entries: Count
    n_days: Count


class Finding(Answer):
    """What stands out most in one way of looking, and how often chance does as much."""

    kind: Kind
    weekday: Weekday | None
    hour: Hour | None
    difference: float
    n_entries: Count
    n_days: Count
    chance: Share


class Patterns(Answer):
    """Weekdays and hours over the last twelve weeks."""

    measure: str
    n_days: Count
    n_entries: Count
    cells: list[Cell]
    findings: list[Finding]


class TagFinding(Answer):
    """Memos with a tag against those without."""

    tag: str
    difference: float
    n_entries: Count
    n_days: Count
    chance: Share


class Agreement(Answer):
    """In what share of comparisons an index points as your own reports do; 0.5 is chance."""

    measure: str
    n_reports: Count
    n_days: Count
    concordance: Share | None
    interval: Interval | None
    standing: Literal["too early", "agrees", "no better than chance"]


class Recalibration(Answer):
    """A line from an index to what you would say of yourself, learnt from your reports."""

    measure: str
    n_reports: Count
    mean_value: float
    mean_valence: float
    slope: float
    error: float
    gain: float
