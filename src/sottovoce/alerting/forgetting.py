"""Who leaves takes along what was kept about alerts: choices, addresses, the last messages."""

from pathlib import Path

from sottovoce.alerting import kept, outbox


def forget_alerts(home: Path) -> int:
    """Remove what the home folder keeps about alerts; returns how many files there were.

    >>> forget_alerts(Path("nowhere"))
    0
    """
    there = [home / name for name in (kept.FILE_NAME, outbox.FILE_NAME) if (home / name).exists()]
    for file in there:
        file.unlink(missing_ok=True)
    return len(there)
