"""Be one process of a deployment: python -m deploy.serve clusters|events|diaries|web|worker-...|migrate."""

import asyncio
import importlib
import sys

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from deploy import databases, processes
from deploy.configuration import PREFIX, read
from deploy.processes import CLIENTS, SERVERS, SERVICES, WORKERS
from deploy.refusal import Refusal


class ServeSettings(BaseSettings):
    """Where a server listens."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)


class MigrateSettings(BaseSettings):
    """What setting up the databases needs: all three addresses, and the secrets of all clients."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    clusters_database_url: str
    events_database_url: str
    diaries_database_url: str
    events_secret: str = Field(min_length=16)
    diaries_secret: str = Field(min_length=16)
    web_secret: str = Field(min_length=16)
    demo_secret: str = ""


def migrate() -> None:
    """Bring the three databases to the newest migration and make the clients of the services."""
    settings = read(MigrateSettings)[0].model_dump()
    urls = {service: settings[f"{service}_database_url"] for service in SERVICES}
    behind = databases.migrate(urls)
    print(f"migrated {', '.join(behind)}" if behind else "nothing to migrate", flush=True)
    secrets = {name: settings[f"{name}_secret"] for name in CLIENTS if settings[f"{name}_secret"]}
    setup = importlib.import_module("services.clusters.clients.setup")
    asyncio.run(setup.ensure_service_clients(urls["clusters"], secrets))


def serve(process: str) -> None:
    """Run `process` until SIGTERM."""
    package = "web" if process == "web" else f"services.{process.removeprefix('worker-')}"
    read(importlib.import_module(f"{package}.settings").Settings)
    listener = None
    if process in SERVERS:
        settings = read(ServeSettings)[0]
        try:
            listener = processes.listen(settings.host, settings.port)
        except OSError as error:
            where = f"{settings.host}:{settings.port}"
            raise Refusal(f"Cannot listen at {where} ({error.strerror}): set STAFFROOM_HOST, STAFFROOM_PORT.") from None
    processes.run(process, listener)


def main() -> int:
    known = (*SERVERS, *WORKERS, "migrate")
    process = sys.argv[1] if len(sys.argv) == 2 else ""
    if process not in known:
        print(f"Say which process: python -m deploy.serve {'|'.join(known)}", file=sys.stderr)
        return 2
    try:
        migrate() if process == "migrate" else serve(process)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code
    return 0


if __name__ == "__main__":
    sys.exit(main())
