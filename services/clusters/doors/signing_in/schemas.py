from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, IPvAnyAddress, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from services.clusters.directory.people.schemas import Mail
from services.clusters.doors.identities.schemas import ProviderAnswerIn
from services.clusters.doors.passkeys.schemas import PasskeyAnswerIn


class MailLinkIn(BaseModel):
    """`to` is the path of web that the link leads to after signing in."""

    mail: Mail
    to: Annotated[str, StringConstraints(max_length=500, pattern=r"^/([^/\\].*)?$")] = "/"


class SignInIn(BaseModel):
    """Either the secret of a mail link, or an address with its password, or the answer of a provider or of a passkey.

    `source` is the address of the visitor, `device` what the browser was given when this person signed in before: tries
    are counted by them. `agent` is what the browser says of itself (`User-Agent`): of it, two words are kept.
    """

    link: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    mail: Mail | None = None
    password: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    answer: ProviderAnswerIn | None = None
    passkey: PasskeyAnswerIn | None = None

    source: IPvAnyAddress | None = None
    device: Annotated[str, StringConstraints(max_length=200)] = ""
    agent: str = ""

    @model_validator(mode="after")
    def one_way(self) -> "SignInIn":
        if not self.link and not (self.mail and self.password) and not self.answer and not self.passkey:
            raise PydanticCustomError("way_in_missing", "a link, an address with its password, or an answer")
        return self


class SessionOut(BaseModel):
    """`secret` opens the session: keep it where only the browser's owner has it."""

    secret: str = Field(min_length=20)
    person_id: UUID
    language: str
    device: str = Field(description="By this the browser is known as one of this person's")
    awaited: Literal["", "second_step", "second_factor"] = Field(
        default="", description="What is wanted before the session opens anything: a code, or to set up a second step"
    )


class ShownLinkOut(BaseModel):
    """The path of web that signs another device in: once, until `ends_at`."""

    path: str
    ends_at: datetime


class SessionIn(BaseModel):
    secret: Annotated[str, StringConstraints(min_length=1, max_length=200)]
