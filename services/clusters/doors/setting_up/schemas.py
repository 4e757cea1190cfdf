from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, StringConstraints

from kit.fields import Language, Zone
from services.clusters.directory.people.schemas import Mail, Name
from services.clusters.directory.programme.schemas import ProgrammeIn, ProgrammeOut

Key = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class CoordinatorIn(BaseModel):
    """The first programme coordinator: asked by mail, and by the link of the answer."""

    name: Name
    mail: Mail
    language: Language = "en"
    zone: Zone = "UTC"


class HouseIn(BaseModel):
    """What a house is for, and who is to coordinate it."""

    programme: ProgrammeIn
    coordinator: CoordinatorIn


class SetupLinkIn(BaseModel):
    key: Key


class SetupLinkOut(BaseModel):
    """Until when a set-up link can be used; and what an earlier one said, where the coordinator has not come yet."""

    ends_at: datetime
    programme: ProgrammeOut | None


class HouseByLinkIn(HouseIn):
    key: Key


class CoordinatorAskedOut(BaseModel):
    """Who is asked to coordinate the programme. `path`: the page of web that lets them in, once, within a day.

    Null for somebody who came in before: they get the mail alone.
    """

    name: str
    mail: str
    path: str | None
    ends_at: datetime
