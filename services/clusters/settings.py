"""What the clusters service reads from the environment."""

import hashlib
import re
from collections import Counter
from typing import Annotated, Literal
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, field_validator, model_validator
from pydantic_core import from_json
from pydantic_settings import NoDecode

from kit.settings import ServiceSettings

PLAIN_ADDRESS = re.compile(r"^[a-z0-9._-]{1,30}@[a-z0-9.-]{1,190}$")


class SchoolClaims(BaseModel):
    """Which claim of a provider names the school of somebody, by its number in a register, and which says that they
    work there.

    Of a value with an `@`, the school is what stands after it; before it stands what somebody is there.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    claim: str = Field(min_length=1, max_length=200)
    country: str = Field(pattern="^[A-Z]{2}$")
    scheme: str = Field(min_length=1, max_length=40)
    staff_claim: str = Field(default="eduperson_affiliation", min_length=1, max_length=200)
    staff: tuple[str, ...] = Field(default=("staff", "faculty", "employee"), min_length=1)


class Provider(BaseModel):
    """Somebody whose accounts let people in here (OpenID Connect).

    `mail`: an address that it gives is believed when it says that it has verified it, always, or never. `inside`: it
    may be in the house's own network, and without TLS. `school`: how it says where people work, if it does.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str = Field(pattern="^[a-z0-9][a-z0-9-]{0,39}$")
    name: str = Field(min_length=1, max_length=80)
    issuer: str = Field(max_length=500)
    client_id: str = Field(min_length=1, max_length=500)
    secret: SecretStr = SecretStr("")
    scopes: str = "openid email"
    mail: Literal["verified", "always", "never"] = "verified"
    inside: bool = False
    school: SchoolClaims | None = None

    def may_be_at(self, url: str) -> bool:
        """Whether an address of this provider is one to send browsers and secrets to."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        return bool(parts.hostname) and parts.scheme in (("https", "http") if self.inside else ("https",))

    @model_validator(mode="after")
    def can_be_asked(self) -> "Provider":
        if not self.may_be_at(self.issuer):
            raise ValueError("an issuer begins with https://")
        if "openid" not in self.scopes.split():
            raise ValueError("openid is one of the scopes")
        return self


def listed(told: object) -> object:
    """A list as the environment has it, in JSON. Raises ValueError."""
    try:
        return from_json(told or "[]") if isinstance(told, str) else told
    except ValueError as error:
        raise ValueError("it is no JSON") from error


class Settings(ServiceSettings):
    service: str = "clusters"
    database_url: str = Field(validation_alias="STAFFROOM_CLUSTERS_DATABASE_URL")
    smtp_url: str | None = Field(
        default=None, description="smtp://user:password@host:587 or smtps://...:465; unset: nothing is sent"
    )
    mail_from: str = "Staffroom <staffroom@localhost>"
    bounces_to: str | None = Field(
        default=None, description="bounces@host: where letters come back to, each with a key of its own behind a plus"
    )
    mailbox: bool = Field(
        default=False, description="Show every mail on a page of this machine; for trying things out only"
    )

    providers: Annotated[tuple[Provider, ...], NoDecode, BeforeValidator(listed)] = Field(
        default=(), description="Whose accounts let people in: a list in JSON; docs/operations.md says what is in it"
    )

    @field_validator("providers")
    @classmethod
    def are_different(cls, providers: tuple[Provider, ...]) -> tuple[Provider, ...]:
        for named in ([provider.key for provider in providers], [provider.issuer for provider in providers]):
            if max(Counter(named).values(), default=0) > 1:
                raise ValueError("two have the same key or issuer")
        return providers

    def pseudonym(self, text: str) -> str:
        """A text as logs name it: the same each time, and found out by nobody without this house's secrets."""
        key = hashlib.sha256(self.database_url.encode()).digest()
        return hashlib.blake2b(text.lower().encode(), key=key, digest_size=8).hexdigest()

    def returns_to(self, key: UUID | None) -> str | None:
        """The address that a letter with this key comes back to; None: to the sender of all."""
        if not (self.bounces_to and key):
            return None
        local, _, domain = self.bounces_to.rpartition("@")
        return f"{local}+{key.hex}@{domain}"

    @field_validator("bounces_to")
    @classmethod
    def is_plain_address(cls, address: str | None) -> str | None:
        """Short enough for the key of a letter."""
        if address and not PLAIN_ADDRESS.match(address):
            raise ValueError("give an address like bounces@host.example, with at most thirty letters before the @")
        return address or None

    @field_validator("smtp_url")
    @classmethod
    def is_smtp(cls, url: str | None) -> str | None:
        if url and not url.startswith(("smtp://", "smtps://")):
            raise ValueError("begin it with smtp:// or smtps://")
        return url or None
