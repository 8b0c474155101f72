"""What a person says of themselves."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from sottovoce.server.schemas.entries import QuestionnaireAnswer
from sottovoce.server.schemas.parts import Answer, EntryId, Message, Valence, whole

Item = Annotated[int, Field(ge=0, le=3, strict=True), BeforeValidator(whole)]


class Feeling(Message):
    """How you feel, kept with a memo; with the latest where none is named."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"valence": 5}]})

    valence: Valence
    entry_id: EntryId | None = None


class Phq8(Message):
    """A filled PHQ-8: eight answers, 0 not at all to 3 nearly every day."""

    form: Literal["phq-8"]
    answers: Annotated[list[Item], Field(min_length=8, max_length=8)]
    entry_id: EntryId | None = None


class Gad7(Message):
    """A filled GAD-7: seven answers, 0 not at all to 3 nearly every day."""

    form: Literal["gad-7"]
    answers: Annotated[list[Item], Field(min_length=7, max_length=7)]
    entry_id: EntryId | None = None


Checkin = Feeling | Phq8 | Gad7


class Kept(Answer):
    """What was kept, and with which entry."""

    entry_id: str | None
    valence: Valence | None = None
    questionnaire: QuestionnaireAnswer | None = None


class Questionnaires(Answer):
    """All questionnaires, in the order they were answered."""

    questionnaires: list[QuestionnaireAnswer]
