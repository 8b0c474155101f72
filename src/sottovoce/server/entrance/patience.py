"""Failed attempts make the next answer later: a back-off, never a ban."""

import time
from collections import OrderedDict
from collections.abc import Callable

FREE_ATTEMPTS = 10
LONGEST_S = 60.0
FORGOTTEN_AFTER_S = 600.0
MOST_NAMES = 10_000


class Patience:
    """Counts failures by name (an address, an account) and says how long to wait after them.

    >>> patience = Patience(clock=lambda: 0.0)
    >>> for _ in range(12):
    ...     patience.failed("10.0.0.7")
    >>> patience.wait_s("10.0.0.7"), patience.wait_s("10.0.0.8")
    (4.0, 0.0)
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def failed(self, name: str) -> None:
        """One more attempt failed."""
        count, _ = self._known(name)
        self._failures[name] = (count + 1, self._clock())
        self._failures.move_to_end(name)
        if len(self._failures) > MOST_NAMES:
            self._failures.popitem(last=False)

    def succeeded(self, name: str) -> None:
        """The count begins again."""
        self._failures.pop(name, None)

    def wait_s(self, name: str) -> float:
        """How long until the next attempt is looked at, in seconds: 0, then doubling to 60."""
        count, last_s = self._known(name)
        if count < FREE_ATTEMPTS:
            return 0.0
        pause_s = min(2.0 ** min(count - FREE_ATTEMPTS, 30), LONGEST_S)
        return max(0.0, last_s + pause_s - self._clock())

    def _known(self, name: str) -> tuple[int, float]:
        count, last_s = self._failures.get(name, (0, 0.0))
        return (0, 0.0) if self._clock() - last_s > FORGOTTEN_AFTER_S else (count, last_s)
