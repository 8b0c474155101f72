"""The log: one JSON object a line on standard error, of facts that are named one by one.

No exception is written with its sentence, and no line holds a name, a note, a score, a token, a
path or what was sent.
"""

import json
import logging
from datetime import UTC, datetime
from typing import Any

LOG_CONFIG: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "sottovoce.server.logs.Lines"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "lines",
            "stream": "ext://sys.stderr",
        }
    },
    "loggers": {
        "sottovoce": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "uvicorn": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "apprise": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
"""For ``logging.config.dictConfig``."""


class Lines(logging.Formatter):
    """A record as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, who speaks, what happened, and its facts; of an exception its kind only."""
        instant = datetime.fromtimestamp(record.created, UTC)
        line = {
            "time": instant.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": event_of(record),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line)


def event_of(record: logging.LogRecord) -> str:
    """What happened; of other packages' lines only the words that never change.

    >>> record = logging.LogRecord("a.b", logging.INFO, "", 0, "read %s", ("my secret",), None)
    >>> event_of(record)
    'read %s'
    """
    return str(record.msg).splitlines()[0] if record.msg else ""
