"""What the events service reads from the environment."""

from pydantic import Field, SecretStr

from kit.settings import ServiceSettings


class Settings(ServiceSettings):
    service: str = "events"
    database_url: str = Field(validation_alias="STAFFROOM_EVENTS_DATABASE_URL")
    secret: SecretStr = Field(default=SecretStr(""), validation_alias="STAFFROOM_EVENTS_SECRET")
