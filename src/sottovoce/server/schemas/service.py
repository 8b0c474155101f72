"""The service itself: health, models, imports."""

from typing import Annotated, Literal

from pydantic import Field

from sottovoce.server.schemas.parts import Answer, Instant, Message


class Alive(Answer):
    """The process answers."""

    status: Literal["ok"]


class Ready(Answer):
    """Database, model and queue can be used."""

    status: Literal["ok"]
    checks: dict[str, str]


class ModelAnswer(Answer):
    """A model that is here, and what it was judged to reach.

    ``limits`` says where it is weak, in English; ``figures`` are those of its report, by name.
    """

    name: str
    summary: str
    sha256: str
    licence: str
    labels: list[str]
    calibrated: bool
    default: bool
    limits: str | None
    figures: dict[str, float]


class ModelsAnswer(Answer):
    """The models that are here."""

    models: list[ModelAnswer]


class ImportedAnswer(Answer):
    """How many entries came in, and how many were there already and stayed as they were."""

    added: Annotated[int, Field(ge=0)]
    already_there: Annotated[int, Field(ge=0)]


class ExamplesAnswer(Answer):
    """How many example entries came in, and how many went."""

    added: Annotated[int, Field(ge=0)]
    erased: Annotated[int, Field(ge=0)]


class Erasure(Message):
    """That everything is meant."""

    everything: Literal[True]


class ErasureReceipt(Answer):
    """What was erased and when; ``remaining`` is what was counted afterwards."""

    erased_at: Instant
    erased: dict[str, int]
    remaining: int
    key_destroyed: bool
