"""Send an alert where its person asked for it, through Apprise: e-mail, ntfy, desktop and others.

Nothing is sent unless an address was given; addresses may hold passwords and are never printed.
"""

from collections.abc import Sequence
from types import ModuleType

from sottovoce.errors import MissingExtraError, SottovoceError
from sottovoce.insights.alerts.telling import Alert


class DeliveryError(SottovoceError):
    """An alert could not be sent."""

    type = "delivery"


def deliver(alert: Alert, addresses: Sequence[str]) -> None:
    """Send an alert to every address; all are tried before a failure is told.

    Parameters
    ----------
    alert
        What is sent, as plain text.
    addresses
        Apprise addresses (https://github.com/caronc/apprise/wiki).
    """
    failed = [service_of(address) for address in addresses if not sent(alert, address)]
    if failed:
        raise DeliveryError(
            f"the alert could not be sent by {', '.join(failed)}; check the address and the network"
        )


def sent(alert: Alert, address: str) -> bool:
    """Whether an alert went out to one address; blocks until that is known.

    Raises
    ------
    MissingExtraError
        Apprise is not installed.
    """
    apprise = _apprise()
    post = apprise.Apprise()
    if not post.add(address):
        return False
    return bool(
        post.notify(title=alert.title, body=alert.body, body_format=apprise.NotifyFormat.TEXT)
    )


def check_address(address: str) -> None:
    """Raise :class:`DeliveryError` unless Apprise understands the address."""
    if _apprise().Apprise.instantiate(address, suppress_exceptions=True) is None:
        raise DeliveryError(
            f"Apprise does not understand this '{service_of(address)}' address; see "
            "https://github.com/caronc/apprise/wiki"
        )


def service_of(address: str) -> str:
    """The kind of service, which is all of an address that is ever shown.

    >>> service_of("mailtos://me:secret@example.org")
    'mailtos'
    """
    return address.partition("://")[0] if "://" in address else "unknown"


def _apprise() -> ModuleType:
    try:
        import apprise
    except ImportError as trouble:
        raise MissingExtraError(
            "sending alerts needs an optional part: pip install 'sottovoce[notify]'"
        ) from trouble
    module: ModuleType = apprise
    return module
