"""Who somebody is here, and how what is theirs is kept."""

from typing import Annotated, Literal

from pydantic import Field

from sottovoce.server.schemas.parts import Answer, Instant


class Keeping(Answer):
    """How a journal lies where it lies.

    ``journal`` is ``encrypted`` as a whole, a ``plain`` file that its owner alone may read, or on a
    ``server``. ``key`` says what opens kept sound and an encrypted journal; null where no key was
    made yet. ``sounds`` counts the memos whose sound was kept, ``transcripts`` those whose words.
    """

    journal: Literal["encrypted", "plain", "server"]
    key: Literal["keyring", "passphrase"] | None
    sounds: Annotated[int, Field(ge=0)]
    transcripts: Annotated[int, Field(ge=0)]


class Me(Answer):
    """Who asks; ``people`` says whether the service is for many, ``now`` what its clock shows."""

    name: str
    people: bool
    version: str
    now: Instant
    keeping: Keeping
