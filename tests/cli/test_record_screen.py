import io

import pytest
from rich.console import Console

from sottovoce.analysis.events import Partial, Warned
from sottovoce.analysis.running import Running
from sottovoce.audio.meter import Level
from sottovoce.cli.record_screen import Screen, level, so_far
from sottovoce.domain import Emotion, Index, ModelId, Segment

SAD = Emotion({"sad": 0.6, "calm": 0.4}, ModelId("m", "0"))
STRESS = Index(0.3, 0.1, 0.5, {"sad": 0.3}, "m")
RUNNING = Running(Segment(0.0, 2.0, 0.9), SAD, ("sad", "calm"), STRESS)


class Recording:
    """What a screen asks a recorder."""

    paused, recorded_s, latest = False, 61.5, b"\x00\x10" * 1_600


def shown(events: list[Partial | Warned], *, terminal: bool) -> str:
    console = Console(file=io.StringIO(), force_terminal=terminal, width=100, color_system=None)
    with Screen(console) as screen:
        screen.show(Recording(), events)  # type: ignore[arg-type]
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_person_sees_time_level_emotion_and_stress_with_their_doubt() -> None:
    good = Level(-18.1, -12.0, "good")
    words = shown([Partial(0, 1.0, good, True, RUNNING)], terminal=True)
    assert "recording  1:01.5" in words
    assert "-18 dB  good" in words
    assert "your voice sounded mostly sad, perhaps calm; stress 0.30 (0.10 to 0.50)" in words
    assert "space: pause" in words


def test_where_nobody_looks_only_warnings_are_printed() -> None:
    good = Level(-18.1, -12.0, "good")
    events = [Partial(0, 1.0, good, True, RUNNING), Warned(1, "late", "sound came too late")]
    assert shown(events, terminal=False) == "sottovoce: sound came too late\n"


@pytest.mark.parametrize("word", ["too quiet", "good", "clipping"])
def test_the_level_is_a_word_as_well_as_a_colour(word: str) -> None:
    assert word in level(Level(-30.0, -20.0, word)).plain  # type: ignore[arg-type]


def test_before_the_first_words_it_says_so() -> None:
    assert so_far(None) == "nothing said yet"
