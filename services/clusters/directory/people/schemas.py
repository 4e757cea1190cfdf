from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, StringConstraints

from kit.fields import Language, Line, Zone
from services.clusters.directory.people.addresses import comparable

ADDRESS = r"^[^@\s]+@[^@\s]+\.[^@\s]+$|^[^@\s]+@localhost$"
Name = Annotated[str, Line(120)]
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
    language: str
    zone: str


class ProfileIn(BaseModel):
    name: Name
    language: Language
    zone: Zone
