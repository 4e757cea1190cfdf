from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, IPvAnyAddress, StringConstraints

from kit.fields import Language
from services.clusters.directory.people.schemas import Mail, Name

Code = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class SchoolCodeIn(BaseModel):
    """For how many days, and for how many people, a code lets newcomers ask in.

    `waits`: who leads the school says yes to each of them before they are asked.
    """

    days: Annotated[int, Field(ge=1, le=90)] = 14
    most: Annotated[int, Field(ge=1, le=200)] = 30
    waits: bool = True


class SchoolCodeOut(BaseModel):
    """`used`: how many have typed it. `is_live`: whether it lets another one ask in."""

    code: str
    waits: bool
    most: int
    used: int
    made_at: datetime
    ends_at: datetime
    is_live: bool


class TypedCodeIn(BaseModel):
    """A code as somebody typed it; `source` is the address of the visitor, by which tries are counted."""

    code: Code
    source: IPvAnyAddress | None = None


class FoundOut(BaseModel):
    """Whose code it is."""

    school: str
    town: str
    country: str
    waits: bool


class NewcomerIn(TypedCodeIn):
    """Who they are: somebody whose address is known already keeps their name and language."""

    name: Name
    mail: Mail
    language: Language = "en"
