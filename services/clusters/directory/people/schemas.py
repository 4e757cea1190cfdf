from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from kit.fields import IN_ONE_LINE, Language, Line, Zone, one_form
from services.clusters.directory.people.addresses import comparable

ADDRESS = r"^[^@\s]+@[^@\s]+\.[^@\s]+$|^[^@\s]+@localhost$"
Name = Annotated[str, Line(120)]
Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=60, pattern=IN_ONE_LINE),
    AfterValidator(one_form),
    Field(examples=["Mgr."]),
]
Mail = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254, pattern=ADDRESS),
    AfterValidator(comparable),
]

OptionalMail = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254, pattern=rf"^$|{ADDRESS}"),
    AfterValidator(lambda mail: comparable(mail) if mail else mail),
]


class PersonOut(BaseModel):
    id: UUID
    name: str
    title_before: str
    title_after: str
    language: str
    zone: str


class ProfileIn(BaseModel):
    """A title that is left out stays as it is."""

    name: Name
    title_before: Annotated[Title | None, Field(description="Where I am named formally, before my name")] = None
    title_after: Annotated[Title | None, Field(description="The same after it", examples=["Ph.D."])] = None
    language: Language
    zone: Zone
