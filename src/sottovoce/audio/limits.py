"""What decoding may cost, and what it may produce."""

from dataclasses import dataclass

from sottovoce.domain import SAMPLE_RATE_HZ

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds inside which one file is decoded.

    ``max_duration_s`` bounds the *decoded* seconds, whatever a header claims. ``memory_bytes`` is
    the whole address space of the decoder's process. ``stall_s`` is how long the decoder may work
    on one block of sound, and how far it may fall behind real time; waiting for a slow caller is
    not counted. ``spool_bytes`` bounds what is read from standard input.

    >>> Limits(max_duration_s=2.0).max_samples
    32000.0
    """

    max_duration_s: float = 30 * 60.0
    memory_bytes: int = 512 * MIB
    stall_s: float = 15.0
    spool_bytes: int = 4096 * MIB

    @property
    def max_samples(self) -> float:
        """:attr:`max_duration_s` in samples at 16 kHz; it may be infinite."""
        return self.max_duration_s * SAMPLE_RATE_HZ
