"""What live sessions may take, and how long they are waited for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LiveRules:
    """At most ``sessions`` at once, ``each`` of one person where there are many people.

    A line on which nothing comes for ``idle_s`` seconds is closed; a session whose line is gone is
    kept for ``away_s``, and none is open for more than ``open_s``. A recording has at most
    ``duration_s``. ``threads`` hear all sessions, by turns of half a second of sound.
    """

    sessions: int = 16
    each: int = 4
    idle_s: float = 25.0
    away_s: float = 60.0
    open_s: float = 60 * 60.0
    duration_s: float = 30 * 60.0
    threads: int = 2
