"""What web reads from the environment."""

from urllib.parse import urlsplit

from pydantic import Field, SecretStr

from kit.outside import is_address
from kit.settings import Settings as Common


class Settings(Common):
    secret: SecretStr = Field(default=SecretStr(""), validation_alias="STAFFROOM_WEB_SECRET")
    mailbox: bool = Field(
        default=False, description="Show the mailbox page, where clusters keeps its mails on this machine"
    )

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def has_passkeys(self) -> bool:
        """They belong to a name: a house that is reached at a number has none."""
        return not is_address(urlsplit(self.public_url).hostname or "")
