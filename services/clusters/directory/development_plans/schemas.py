from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from kit.characters import is_visible
from kit.fields import Language, OptionalWebAddress, one_form


def _or_none(text: str) -> str:
    return text if is_visible(text) else ""


class DevelopmentPlanIn(BaseModel):
    """A paragraph, a link to where it stands, or both; `since` is the day from which it stands there."""

    text: Annotated[str, StringConstraints(max_length=5_000), AfterValidator(one_form), AfterValidator(_or_none)] = ""
    link: Annotated[OptionalWebAddress, Field(validate_default=True)] = ""
    since: Annotated[date, Field(ge=date(1990, 1, 1))]
    language: Language | None = Field(default=None, description="Of the text; mine, when it is not said")

    @field_validator("link")
    @classmethod
    def one_is_said(cls, link: str, known: ValidationInfo) -> str:
        if not link and known.data.get("text") == "":
            raise PydanticCustomError("text_or_link", "a text or a link is needed")
        return link


class DevelopmentPlanOut(BaseModel):
    """What the development plan of a school says on mentoring; where nothing is known, `since` is null."""

    text: str = ""
    link: str = ""
    since: date | None = None
    language: str = ""
    version: int = 0
    changed_at: datetime | None = None
    can: list[str]
