"""Who may enter: what is shown at the door, tokens for apps, tickets, visits."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

from sottovoce.server.schemas.parts import NO_NUL, Answer, Instant, Message

NAME = "^[a-z0-9][a-z0-9._-]{0,63}$"
Scope = Literal["listen", "read", "write", "export", "manage"]


class Secret(Message):
    """The token of the home folder, or the code of a link."""

    secret: Annotated[str, StringConstraints(min_length=16, max_length=256), Field(repr=False)]


class Password(Message):
    """A name and its password, where the service is for many people."""

    name: Annotated[str, StringConstraints(pattern=NAME)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=128), Field(repr=False)]


class PasswordChange(Message):
    """Another password, and the one that it takes the place of."""

    old: Annotated[str, StringConstraints(min_length=1, max_length=128), Field(repr=False)]
    new: Annotated[str, StringConstraints(min_length=8, max_length=128), Field(repr=False)]


class TokenWish(Message):
    """A token for an app: what it is called, what it may do, and for how many days."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"label": "phone", "scopes": ["listen"], "days": 90}]},
    )

    label: Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=NO_NUL)]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=5)]
    days: Annotated[int, Field(ge=1, le=366)] = 90


class TokenAnswer(Answer):
    """A token, without its secret."""

    id: str
    label: str
    scopes: list[Scope]
    created_at: Instant
    expires_at: Instant
    used_at: Instant | None


class NewToken(TokenAnswer):
    """A token, with the secret: it is told this once."""

    token: str


class TokensAnswer(Answer):
    """Your tokens, the oldest first."""

    tokens: list[TokenAnswer]


class Ticket(Answer):
    """What opens one socket, within ``valid_s`` seconds."""

    ticket: str
    valid_s: float


class VisitAnswer(Answer):
    """One access to what is yours."""

    at: Instant
    asked: str
    about: str | None
    by: str
    status: int


class VisitsAnswer(Answer):
    """Accesses, the newest first; kept where the service is for many people."""

    visits: list[VisitAnswer]
