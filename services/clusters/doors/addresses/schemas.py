from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, IPvAnyAddress, StringConstraints

from services.clusters.directory.people.schemas import Mail
from services.clusters.doors.factors.schemas import SessionSecret
from services.clusters.post.unreached.schemas import UnreachedOut


class NewAddressIn(BaseModel):
    """`session` is the secret of the browser's session, which began within the last hour.

    `source` is the address of the visitor: letters are counted by it.
    """

    mail: Mail
    session: SessionSecret
    source: IPvAnyAddress | None = None


class LetterAgainIn(BaseModel):
    """`source` is the address of the visitor: letters are counted by it."""

    source: IPvAnyAddress | None = None


class AddressChangeIn(BaseModel):
    """`session` is the secret of the browser's session, which began within the last hour."""

    session: SessionSecret


class AddressConfirmationIn(BaseModel):
    """`key` stands in the link that was mailed to the address."""

    key: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class MyAddressOut(BaseModel):
    """An address of mine. `letters_since` is null for those that my letters do not go to."""

    id: UUID
    mail: str
    added_at: datetime
    confirmed_at: datetime | None = Field(description="When a mail to it was first read; null for never until now")
    letters_since: datetime | None
    unreached: UnreachedOut | None = Field(description="Why letters to it do not reach me, if they do not")
    can: list[Literal["choose", "remove"]]


class WaitingAddressOut(BaseModel):
    """An address that is mine once I open the link that was mailed there; the answer is the same for everybody's."""

    mail: str
    asked_at: datetime
    ends_at: datetime = Field(description="Until when its link works")


class MyAddressesOut(BaseModel):
    """The first is the one that my letters go to."""

    addresses: list[MyAddressOut]
    waiting: WaitingAddressOut | None
