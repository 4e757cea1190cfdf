"""What web reads from the environment."""

from pydantic import Field, SecretStr

from kit.settings import Settings as Common


class Settings(Common):
    secret: SecretStr = Field(default=SecretStr(""), validation_alias="STAFFROOM_WEB_SECRET")
    mailbox: bool = Field(
        default=False, description="Show the mailbox page, where clusters keeps its mails on this machine"
    )

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")
