"""What the local runner reads from the environment, and what it fills in for the processes."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from deploy.configuration import PREFIX
from deploy.processes import SERVICES, WORKERS
from deploy.refusal import Refusal


class LocalSettings(BaseSettings):
    """Where Staffroom lives on this machine; everything has a default."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    home: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65529)
    demo: bool = True
    smtp_url: str = ""
    clusters_database_url: str = ""
    events_database_url: str = ""
    diaries_database_url: str = ""

    @property
    def ports(self) -> dict[str, int]:
        """Web's port and the six after it."""
        return {name: self.port + place for place, name in enumerate(("web", *SERVICES, *WORKERS))}

    @property
    def database_urls(self) -> dict[str, str]:
        """The databases that are somebody else's: all three, or none."""
        variables = {service: f"{PREFIX}{service.upper()}_DATABASE_URL" for service in SERVICES}
        urls = {service: str(getattr(self, f"{service}_database_url")) for service in SERVICES}
        missing = [variables[service] for service, url in urls.items() if not url]
        if not missing:
            return urls
        if len(missing) == len(SERVICES):
            return {}
        raise Refusal(
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set: "
            "set the addresses of all three databases, or of none to use the embedded PostgreSQL.",
            code=2,
        )


def fill_environment(
    settings: LocalSettings, database_urls: Mapping[str, str], client_secrets: Mapping[str, str]
) -> None:
    """Set each variable that the processes read and that the person left out."""
    values = {
        "HOME": str(settings.home.resolve()),
        "PORT": str(settings.port),
        "PUBLIC_URL": f"http://localhost:{settings.port}",
        "LOG_LEVEL": "warning",
        "MAILBOX": "false" if settings.smtp_url else "true",
        "MEDIA_URL": (settings.home.resolve() / "media").as_uri(),
        "DEMO": str(settings.demo).lower(),
    }
    values |= {f"{service.upper()}_DATABASE_URL": url for service, url in database_urls.items()}
    values |= {f"{name.upper()}_SECRET": secret for name, secret in client_secrets.items()}
    for service in SERVICES:
        values[f"{service.upper()}_URL"] = f"http://127.0.0.1:{settings.ports[service]}"
    for name, value in values.items():
        if not os.environ.get(PREFIX + name):
            os.environ[PREFIX + name] = value
