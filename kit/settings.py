"""What is read from the environment, once, at the start of a process."""

from pydantic import AnyHttpUrl, Field, PostgresDsn, SecretStr, TypeAdapter, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

HTTP_URL = TypeAdapter(AnyHttpUrl)
POSTGRES_URL = TypeAdapter(PostgresDsn)


class Settings(BaseSettings):
    """Settings that every process shares; each service and web add their own."""

    model_config = SettingsConfigDict(
        env_prefix="STAFFROOM_", extra="ignore", frozen=True, populate_by_name=True, hide_input_in_errors=True
    )

    public_url: str = Field(
        default="http://localhost:8000", description="Where people reach web; also the issuer of tokens"
    )
    clusters_url: str = "http://127.0.0.1:8001"
    events_url: str = "http://127.0.0.1:8002"
    diaries_url: str = "http://127.0.0.1:8003"
    clusters_public_url: str = Field(default="", description="Where programs outside reach clusters, if not there")
    events_public_url: str = Field(default="", description="The same for events")
    diaries_public_url: str = Field(default="", description="The same for diaries")
    log_level: str = Field(default="info", pattern="^(debug|info|warning|error)$")
    pool_size: int = Field(default=8, ge=1, le=200, description="Database connections a process may hold, of each kind")

    @field_validator("public_url", "clusters_url", "events_url", "diaries_url")
    @classmethod
    def is_http(cls, url: str) -> str:
        """The address as browsers send it: names in ASCII (IDNA), no slash at the end."""
        known = HTTP_URL.validate_python(url)
        return (url if url.isascii() else str(known)).rstrip("/")

    @field_validator("clusters_public_url", "events_public_url", "diaries_public_url")
    @classmethod
    def is_http_or_nothing(cls, url: str) -> str:
        return cls.is_http(url) if url else url

    def reached_at(self, service: str) -> str:
        """Where programs outside the house reach a service."""
        address: str = getattr(self, f"{service}_public_url") or getattr(self, f"{service}_url")
        return address


class ServiceSettings(Settings):
    """What a service with a database of its own needs besides; `secret` is its client secret at clusters."""

    service: str
    database_url: str
    secret: SecretStr = SecretStr("")

    @field_validator("database_url")
    @classmethod
    def is_postgresql(cls, url: str) -> str:
        POSTGRES_URL.validate_python(url)
        return url
