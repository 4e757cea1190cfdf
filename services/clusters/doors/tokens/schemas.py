from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field


@dataclass(frozen=True)
class Asked:
    """A request for a token, and who says so."""

    grant_type: str
    client_id: str
    client_secret: str
    scope: str | None = None
    person_id: UUID | None = None
    session: str | None = None


class GrantIn(BaseModel):
    """OAuth 2 client credentials; `person_id` asks for a token that acts for a person, `session` for a browser's.

    The client's id and secret stand here or in `Authorization: Basic`. `scope` asks for fewer scopes than it has.
    """

    grant_type: Literal["client_credentials", "session"]
    client_id: str | None = None
    client_secret: str | None = None
    scope: str | None = Field(default=None, examples=["webhooks"])
    person_id: UUID | None = None
    session: str | None = None


class TokenOut(BaseModel):
    access_token: str
    token_type: Literal["Bearer"] = "Bearer"
    expires_in: int = Field(description="Seconds")
    scope: str | None = Field(default=None, description="What was granted; a browser's session has none")


class TokenErrorOut(BaseModel):
    """A refusal as OAuth says it (RFC 6749)."""

    error: str = Field(examples=["invalid_client"])
    error_description: str


class KeysOut(BaseModel):
    keys: list[dict[str, Any]]


class ServerOut(BaseModel):
    """OAuth's description of this house (RFC 8414)."""

    issuer: str
    token_endpoint: str
    jwks_uri: str
    response_types_supported: list[str] = []
    grant_types_supported: list[str] = ["client_credentials"]
    token_endpoint_auth_methods_supported: list[str] = ["client_secret_basic", "client_secret_post"]
    scopes_supported: list[str]
