import numpy as np
import pytest

from sottovoce.risk.words.measures import NAMES, NOTHING, measure_words, pauses, word_values
from sottovoce.risk.words.sentiment import Sentiment
from sottovoce.risk.words.transcript import Line, Transcript, typed

TALK = Transcript(
    (
        Line("a good day", (0.0, 1.0)),
        Line("was it", (1.2, 1.8), interviewer=True),
        Line("no a bad one", (2.0, 3.0)),
        Line("all the same", (4.0, 5.0)),
    )
)


def test_what_the_own_side_said(sentiment: Sentiment) -> None:
    found = measure_words(TALK, sentiment)
    assert (found.sentiment_mean, found.sentiment_lowest) == (0.0, -1.0)
    assert found.negative_line_ratio == pytest.approx(1 / 3)
    assert found.word_rate_per_min == pytest.approx(60 * 10 / 3)
    assert found.word_pause_mean_s == pytest.approx(1.0)
    assert found.word_pause_ratio == pytest.approx(1.0 / 4.0)


def test_the_other_sides_words_are_not_heard(sentiment: Sentiment) -> None:
    other = [
        Line("bad bad bad", line.span_s, interviewer=True) if line.interviewer else line
        for line in TALK.lines
    ]
    assert measure_words(Transcript(tuple(other)), sentiment) == measure_words(TALK, sentiment)
    asked = measure_words(TALK, sentiment, interviewer=True)
    assert asked.word_rate_per_min == pytest.approx(200.0)
    assert asked.word_pause_mean_s is None


def test_pauses_lie_between_words_where_words_have_times() -> None:
    words = ((0.0, 0.2), (0.3, 0.5), (1.5, 2.0))
    found, reach_s = pauses(Transcript((Line("a b c", (0.0, 2.0), words),)))
    assert found == [1.0]
    assert reach_s == 2.0


def test_words_without_times_have_a_rate_and_no_pauses(sentiment: Sentiment) -> None:
    found = measure_words(typed("a good day\nand more"), sentiment, 10.0)
    assert found.word_rate_per_min == pytest.approx(30.0)
    assert found.word_pause_mean_s is None
    assert found.word_pause_ratio is None


def test_a_side_that_says_nothing_has_no_measures(sentiment: Sentiment) -> None:
    assert measure_words(typed("good"), sentiment, 1.0, interviewer=True) == NOTHING
    assert np.isnan(word_values(NOTHING)).all()
    assert len(word_values(NOTHING)) == len(NAMES)
