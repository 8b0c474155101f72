"""Have a memo heard while who sent it waits."""

from typing import Any

from sottovoce.server.house import House
from sottovoce.server.troubles import problem_for


async def heard_now(house: House, sound: bytes) -> dict[str, Any]:
    """The analysis of a memo as JSON values.

    Raises
    ------
    Problem
        It could not be read, or is longer than is heard while somebody waits.
    """
    with house.metrics.analyses.time():
        heard = await house.hearing.hear(sound)
    if heard.analysis is None:
        house.metrics.unread.labels(heard.trouble).inc()
        raise problem_for(heard.trouble)
    house.metrics.heard.inc(heard.analysis["recording"]["duration_s"])
    return dict(heard.analysis)
