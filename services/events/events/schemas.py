from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from kit.fields import Language, Line
from services.events.events.formats import Format
from services.events.events.terms import TermsIn, is_over

Title = Annotated[str, Line(200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5_000)]
WrittenIn = Annotated[Language | None, Field(description="The language of title and description")]


class DescriptionIn(BaseModel):
    """What it is about: calendars follow, registrations are not touched. `language` stays if it is left out."""

    title: Title
    description: Text = ""
    language: WrittenIn = None
    format: Format


class EventIn(TermsIn, DescriptionIn):
    """`language` is the organiser's own if it is left out. Without an end it takes as long as its format usually does.

    What is over already is announced only with `past`: nobody can register for it.
    """

    cluster_id: UUID

    @field_validator("past")
    @classmethod
    def _meant_so(cls, past: bool, info: ValidationInfo) -> bool:
        if is_over(info.data.get("ends_at")) and not past:
            raise PydanticCustomError("past_unconfirmed", "this is over already")
        return past


class CancellationIn(BaseModel):
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)] = ""
