"""What the diaries service reads from the environment."""

from pydantic import Field, SecretStr

from kit.settings import ServiceSettings


class Settings(ServiceSettings):
    service: str = "diaries"
    database_url: str = Field(validation_alias="STAFFROOM_DIARIES_DATABASE_URL")
    secret: SecretStr = Field(default=SecretStr(""), validation_alias="STAFFROOM_DIARIES_SECRET")
