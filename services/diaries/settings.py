"""What the diaries service reads from the environment."""

from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from kit.settings import ServiceSettings


class Settings(ServiceSettings):
    service: str = "diaries"
    database_url: str = Field(validation_alias="STAFFROOM_DIARIES_DATABASE_URL")
    media_url: str = Field(description="Where pictures are kept: file:///a/folder or s3://bucket/prefix")
    secret: SecretStr = Field(default=SecretStr(""), validation_alias="STAFFROOM_DIARIES_SECRET")

    @field_validator("media_url")
    @classmethod
    def is_folder_or_bucket(cls, url: str) -> str:
        parts = urlsplit(url)
        is_folder = parts.scheme == "file" and not parts.netloc and len(parts.path) > 1
        if not is_folder and not (parts.scheme == "s3" and parts.netloc):
            raise ValueError("it is neither file:///a/folder nor s3://bucket/prefix")
        return url.rstrip("/")
