"""What the service is told at its start, and when it refuses to start.

>>> from pathlib import Path
>>> mine = ServerSettings(Settings(Path("home")))
>>> mine.host, sorted(mine.known_hosts)
('127.0.0.1', ['127.0.0.1', '::1', 'localhost'])
"""

from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from sottovoce.config import Settings
from sottovoce.errors import SottovoceError
from sottovoce.server.live.rules import LiveRules

KIB, MIB = 1 << 10, 1 << 20
LOOPBACK_NAMES = frozenset({"127.0.0.1", "::1", "localhost"})
DEFAULT_PORT = 8377


class RefusedError(SottovoceError):
    """The service would have been open to others than those it is for."""

    type = "refused"


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Settings of the service; ``person`` says whose home and journal it serves.

    ``hosts`` are names, besides those of the loopback, under which it is reached. ``tls_cert`` and
    ``tls_key`` are files; ``behind_proxy`` says that a proxy in front brings TLS. With ``people``,
    everybody with an account enters, to a journal of their own. ``workers`` processes hear memos,
    ``waiting`` more may wait for them; a memo longer than ``immediate_s`` becomes a job, one longer
    than ``max_duration_s`` is refused. Who sent one with a key waits ``wait_s`` for its job.
    ``uploads`` may be on their way in at once, of ``arriving_bytes`` together. A memo has at most
    ``upload_bytes``, half an hour as a wav file; one of more than ``immediate_bytes`` becomes a
    job. Exports have at most ``import_bytes``, words that were said ``transcript_bytes``, other
    bodies ``text_bytes``. ``live`` are the rules of memos that are heard while they are spoken.
    """

    person: Settings
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    hosts: tuple[str, ...] = ()
    tls_cert: Path | None = None
    tls_key: Path | None = None
    behind_proxy: bool = False
    people: bool = False
    workers: int = 2
    waiting: int = 32
    uploads: int = 24
    immediate_s: float = 60.0
    wait_s: float = 10.0
    max_duration_s: float = 30 * 60.0
    arriving_bytes: int = 600 * MIB
    upload_bytes: int = 56 * MIB
    immediate_bytes: int = 25 * MIB
    import_bytes: int = 512 * MIB
    transcript_bytes: int = 512 * KIB
    text_bytes: int = 64 * KIB
    live: LiveRules = field(default_factory=LiveRules)

    @property
    def known_hosts(self) -> frozenset[str]:
        """The names that a request's Host header may carry, in lower case."""
        named = {name.lower() for name in self.hosts}
        return LOOPBACK_NAMES | named | ({self.host} if names_one_address(self.host) else set())

    @property
    def by_tls(self) -> bool:
        """Whether browsers reach it over TLS."""
        return self.behind_proxy or self.tls_cert is not None


def names_one_address(host: str) -> bool:
    """Whether a bind address is one address, rather than all of them.

    >>> names_one_address("127.0.0.1"), names_one_address("0.0.0.0")
    (True, False)
    """
    try:
        return not ip_address(host).is_unspecified
    except ValueError:
        return True


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address.

    >>> is_loopback("localhost"), is_loopback("::1"), is_loopback("192.168.1.7")
    (True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_reach(settings: ServerSettings) -> None:
    """Refuse to serve others than this machine unprotected.

    Raises
    ------
    RefusedError
        The address is a public one and nothing encrypts the way to it, or nobody said under which
        name it is reached.
    """
    if (settings.tls_cert is None) != (settings.tls_key is None):
        raise RefusedError("TLS needs both --tls-cert and --tls-key")
    if is_loopback(settings.host):
        return
    if not settings.by_tls:
        raise RefusedError(
            f"'{settings.host}' can be reached by others, and nothing would encrypt what they "
            "send; add --tls-cert and --tls-key, or --behind-proxy where a proxy brings TLS"
        )
    if not settings.hosts:
        raise RefusedError(
            f"'{settings.host}' can be reached by others; say under which name with --allow-host"
        )
