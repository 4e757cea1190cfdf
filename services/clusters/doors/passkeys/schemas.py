from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, IPvAnyAddress, StringConstraints

from kit.fields import Line
from services.clusters.doors.factors.schemas import SessionSecret


def base64url(most: int) -> Any:
    return StringConstraints(min_length=1, max_length=most, pattern="^[A-Za-z0-9_-]+$")


Id = Annotated[str, base64url(1_400)]
Bytes = Annotated[str, base64url(8_000)]


class PasskeyChallengeIn(BaseModel):
    """`source` is the address of the visitor: of those asked for from one network, the newest are open."""

    source: IPvAnyAddress | None = None
    offered: bool = Field(default=False, description="In a list that the page shows, before anybody chose")


class NewPasskeyChallengeIn(BaseModel):
    """`session` is the secret of the browser's session, which began within the last hour."""

    session: SessionSecret


class PasskeyOptionsOut(BaseModel):
    """What a browser's `navigator.credentials` is asked for, as WebAuthn writes it in JSON; it works once."""

    options: dict[str, Any]


class Assertion(BaseModel):
    """What a device signed."""

    client_data: Bytes = Field(alias="clientDataJSON")
    authenticator_data: Bytes = Field(alias="authenticatorData")
    signature: Bytes
    user_handle: Id | None = Field(default=None, alias="userHandle")


class Attestation(BaseModel):
    """A new key, as its device tells of it."""

    client_data: Bytes = Field(alias="clientDataJSON")
    attestation: Bytes = Field(alias="attestationObject")


class PasskeyAnswerIn(BaseModel):
    """What `navigator.credentials.get` gave, as WebAuthn writes it in JSON (`AuthenticationResponseJSON`)."""

    id: Id
    raw_id: Id = Field(alias="rawId")
    type: Literal["public-key"]
    response: Assertion


class NewPasskeyIn(BaseModel):
    """What `navigator.credentials.create` gave, as WebAuthn writes it in JSON (`RegistrationResponseJSON`)."""

    id: Id
    raw_id: Id = Field(alias="rawId")
    type: Literal["public-key"]
    response: Attestation


class PasskeyIn(BaseModel):
    """`name` is what its owner knows it by."""

    name: Annotated[str, Line(60)]
    answer: NewPasskeyIn


class PasskeyOut(BaseModel):
    """A passkey of mine."""

    id: UUID
    name: str
    added_at: datetime
    used_at: datetime | None = Field(description="When it last let me in")
