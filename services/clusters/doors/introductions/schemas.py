from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from kit.fields import Language
from services.clusters.directory.people.schemas import Mail, Name


class IntroductionOut(BaseModel):
    """Nobody here has this account, and its provider says where they work: `introduction` is a secret that opens it."""

    introduction: str = Field(min_length=20)


class IntroductionIn(BaseModel):
    introduction: Annotated[str, StringConstraints(max_length=200)]


class IntroducedOut(BaseModel):
    """What a provider says of somebody. `mail` is null where it gives no address that is believed.

    `waits`: who leads the school says yes before they are asked in.
    """

    provider: str
    school: str
    town: str
    country: str
    name: str
    mail: str | None
    waits: bool


class IntroducedIn(IntroductionIn):
    """Yes, I work there. `mail` where the provider gives none; one that it gives counts, and no other."""

    name: Name
    mail: Mail | None = None
    language: Language = "en"


class WelcomeIn(BaseModel):
    """`waits`: who leads the school says yes to each whom a provider introduces, before they are asked in."""

    waits: bool


class WelcomeOut(WelcomeIn):
    """`providers` are those of the house that say where people work; without one, nobody is introduced."""

    providers: list[str]
