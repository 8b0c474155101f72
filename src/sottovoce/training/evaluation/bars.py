"""Tables of bars: a label, a value in percent, its interval, and over how many clips."""

import numpy as np

from sottovoce.training.evaluation.nouns import Evaluation, PersonalPoint, Robustness
from sottovoce.training.evaluation.resampling import recall_interval
from sottovoce.training.evaluation.tables import Cell, Table, percents
from sottovoce.training.intervals import Interval
from sottovoce.training.predictions import Predictions

BAR_COLUMNS = ("group", "ua_percent", "low_percent", "high_percent", "clips")
CLEAN = "as recorded"
ONE_DEVIATION = 0.683


def bar(group: str, ua: Interval, clips: int) -> tuple[Cell, ...]:
    """One row of a table of bars."""
    return group, *percents(ua), clips


def speaker_table(name: str, said: Predictions) -> Table:
    """UA of each speaker; the interval is over that speaker's clips, by bootstrap."""
    speakers = np.array(said.speakers)
    rows = []
    for speaker in np.unique(speakers):
        own = said.take(np.flatnonzero(speakers == speaker))
        clips = [str(clip) for clip in range(len(own))]
        rows.append(bar(str(speaker), recall_interval(own, clips), len(own)))
    return Table(f"speakers_{name}", BAR_COLUMNS, tuple(rows))


def sex_table(name: str, said: Predictions) -> Table:
    """UA of women and of men, where the corpus says; the interval is over speakers."""
    words = {"f": "women", "m": "men"}
    rows = []
    for sex, word in words.items():
        own = said.take([clip for clip, known in enumerate(said.sexes) if known == sex])
        if len(own):
            rows.append(bar(f"{word} ({len(set(own.speakers))})", recall_interval(own), len(own)))
    return Table(f"sexes_{name}", BAR_COLUMNS, tuple(rows))


def robustness_table(name: str, said: Predictions, found: tuple[Robustness, ...]) -> Table:
    """UA of the clips as they are and under each condition, with the drop and the unheard."""
    clean = (*bar(CLEAN, recall_interval(said), len(said)), None, None, None, 0)
    rows = [
        (*bar(one.condition, one.ua, one.clips), *percents(one.drop), one.unheard)
        for one in found
        if one.corpus == name
    ]
    drops = ("drop_points", "drop_low_points", "drop_high_points", "unheard_clips")
    return Table(f"robustness_{name}", (*BAR_COLUMNS, *drops), (clean, *rows))


def readings_table(evaluation: Evaluation) -> Table:
    """UA read in several ways."""
    rows = tuple(bar(one.name, one.ua, one.clips) for one in evaluation.readings)
    return Table("readings", BAR_COLUMNS, rows)


def personal_table(name: str, evaluation: Evaluation) -> Table:
    """UA with a baseline from n own clips; low and high are a standard deviation away."""
    rows = tuple(
        (*bar(_clips(one.own_clips), _spread(one), one.own_clips), one.draws)
        for one in evaluation.personal
        if one.corpus == name
    )
    return Table(f"personal_{name}", (*BAR_COLUMNS[:-1], "own_clips", "draws"), rows)


def _clips(count: int) -> str:
    """The label of a bar.

    >>> _clips(0), _clips(1), _clips(20)
    ('absolute', '1 own clip', '20 own clips')
    """
    if count == 0:
        return "absolute"
    return f"{count} own clip" if count == 1 else f"{count} own clips"


def _spread(one: PersonalPoint) -> Interval:
    low, high = one.ua_mean - one.ua_deviation, one.ua_mean + one.ua_deviation
    return Interval(one.ua_mean, low, high, ONE_DEVIATION)
