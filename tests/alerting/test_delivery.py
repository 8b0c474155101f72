"""An alert goes through a real mail server on this machine, and nowhere it was not sent."""

from collections.abc import Iterator

import pytest

from mails import Box, mail_server
from services import free_port
from sottovoce.alerting.delivery import DeliveryError, check_address, deliver
from sottovoce.insights.alerts.telling import Alert

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

ALERT = Alert(
    "flat_voice", "Your voice sounded flatter than usual this week.", "Rule …\nWhy: 3 days"
)


@pytest.fixture
def post() -> Iterator[tuple[Box, str]]:
    with mail_server() as found:
        yield found


def test_an_alert_arrives_as_a_plain_mail(post: tuple[Box, str]) -> None:
    box, address = post
    check_address(address)
    deliver(ALERT, [address])
    ((recipients, mail),) = box.mails
    assert recipients == ["me@example.org"]
    assert mail["Subject"] == ALERT.title
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").strip() == ALERT.body


def test_all_addresses_are_tried_and_a_failure_hides_the_secret(post: tuple[Box, str]) -> None:
    box, address = post
    dead = f"mailto://me:secret@127.0.0.1:{free_port()}/?from=a@b.org&to=c@d.org&mode=insecure"
    with pytest.raises(DeliveryError, match="could not be sent by mailto; check") as trouble:
        deliver(ALERT, [dead, address])
    assert "secret" not in str(trouble.value)
    assert len(box.mails) == 1


def test_an_address_nobody_understands_is_a_sentence() -> None:
    with pytest.raises(DeliveryError, match="does not understand this 'carrier-pigeon' address"):
        check_address("carrier-pigeon://me:secret@loft")


def test_without_addresses_nothing_is_sent(post: tuple[Box, str]) -> None:
    box, _ = post
    deliver(ALERT, [])
    assert box.mails == []
