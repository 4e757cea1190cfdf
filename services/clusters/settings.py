"""What the clusters service reads from the environment."""

import hashlib

from pydantic import Field, field_validator

from kit.settings import ServiceSettings


class Settings(ServiceSettings):
    service: str = "clusters"
    database_url: str = Field(validation_alias="STAFFROOM_CLUSTERS_DATABASE_URL")
    smtp_url: str | None = Field(
        default=None, description="smtp://user:password@host:587 or smtps://...:465; unset: nothing is sent"
    )
    mail_from: str = "Staffroom <staffroom@localhost>"
    mailbox: bool = Field(
        default=False, description="Show every mail on a page of this machine; for trying things out only"
    )

    def pseudonym(self, text: str) -> str:
        """A text as logs name it: the same each time, and found out by nobody without this house's secrets."""
        key = hashlib.sha256(self.database_url.encode()).digest()
        return hashlib.blake2b(text.lower().encode(), key=key, digest_size=8).hexdigest()

    @field_validator("smtp_url")
    @classmethod
    def is_smtp(cls, url: str | None) -> str | None:
        if url and not url.startswith(("smtp://", "smtps://")):
            raise ValueError("begin it with smtp:// or smtps://")
        return url or None
