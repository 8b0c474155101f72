"""Where alerts are sent: an address goes in and never comes out again."""

from typing import Annotated

from pydantic import Field, StringConstraints

from sottovoce.server.schemas.parts import HEX, NO_NUL, Answer, Instant, Message

Address = Annotated[
    str, StringConstraints(min_length=4, max_length=2000, pattern=NO_NUL), Field(repr=False)
]


class NewChannel(Message):
    """An Apprise address (https://github.com/caronc/apprise/wiki); it may hold a password."""

    address: Address


class LastMessage(Answer):
    """When the last message to a channel was tried.

    ``arrived`` says whether the channel took it; null where the service ended in the middle.
    """

    at: Instant
    arrived: bool | None


class Channel(Answer):
    """Where alerts go: ``service`` is the kind, which is all of the address that is told.

    ``id`` is good until the service is started again; ``last`` is null before the first message.
    """

    id: Annotated[str, Field(pattern=HEX)]
    service: str
    last: LastMessage | None


class Channels(Answer):
    """Your channels, in the order in which they were added."""

    channels: list[Channel]


class Sent(Answer):
    """To how many channels a message went."""

    sent: Annotated[int, Field(ge=0)]
