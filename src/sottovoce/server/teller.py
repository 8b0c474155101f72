"""Alerts while the service runs: looked for after each memo, and once a minute."""

import logging
import threading
from collections.abc import Callable

from sottovoce.errors import SottovoceError

EACH_S = 60.0

log = logging.getLogger(__name__)


class Teller:
    """A thread that looks for what is due; what goes wrong in it ends nothing.

    Parameters
    ----------
    look
        Sends what is due, if anything is.
    """

    def __init__(self, look: Callable[[], None]) -> None:
        self._look = look
        self._news, self._stopping = threading.Event(), threading.Event()
        self._trouble = ""
        self._thread = threading.Thread(target=self._run, name="sottovoce-alerts", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def news(self) -> None:
        """A memo was kept: look now."""
        self._news.set()

    def stop(self, patience_s: float) -> None:
        """Look no more; a message that is on its way has ``patience_s`` seconds."""
        self._stopping.set()
        self._news.set()
        self._thread.join(patience_s)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._look_once()
            self._news.wait(EACH_S)
            self._news.clear()

    def _look_once(self) -> None:
        try:
            self._look()
            self._trouble = ""
        except Exception as fault:
            kind = fault.type if isinstance(fault, SottovoceError) else type(fault).__name__
            if kind != self._trouble:  # once, not every minute
                log.warning("alerts could not be looked for", extra={"facts": {"kind": kind}})
            self._trouble = kind
