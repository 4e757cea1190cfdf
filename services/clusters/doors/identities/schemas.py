from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, IPvAnyAddress, StringConstraints

Key = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Said = Annotated[str, StringConstraints(max_length=500)]


class ProviderOut(BaseModel):
    """A provider that this house believes; `name` is what people know it by."""

    key: str
    name: str


class AuthenticationRequestIn(BaseModel):
    """`source` is the address of the visitor: answers that are wrong are counted by it."""

    provider: Key
    source: IPvAnyAddress | None = None


class AuthenticationRequestOut(BaseModel):
    """Where to send the browser, and the `secret` that it keeps meanwhile, for ten minutes at most."""

    address: str
    secret: str


class ProviderAnswerIn(BaseModel):
    """With what a provider sent the browser back, as it stands in the address; `request` is the browser's secret."""

    request: Annotated[str, StringConstraints(max_length=200)]
    provider: Key
    state: Said = ""
    code: Annotated[str, StringConstraints(max_length=8_000)] = ""
    error: Said = ""
    iss: Said = ""


class OwnProviderAnswerIn(ProviderAnswerIn):
    source: IPvAnyAddress | None = None


class IdentityOut(BaseModel):
    """An account of mine; `name` is that of its provider, its issuer where this house believes it no longer."""

    id: UUID
    name: str
    connected_at: datetime = Field(description="When it first led here")
