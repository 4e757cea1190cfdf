"""Be one process of a deployment, set up its databases, or let the first person in: python -m deploy.serve --help."""

import argparse
import importlib
import sys
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from deploy import backup, bounces, databases, opening, processes
from deploy.configuration import PREFIX, read
from deploy.processes import CLIENTS, SERVERS, SERVICES, WORKERS
from deploy.refusal import Refusal


class ServeSettings(BaseSettings):
    """Where a process answers."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)


class MigrateSettings(BaseSettings):
    """What setting up the databases needs: all three addresses, the secrets of all clients, and where web is."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    clusters_database_url: str
    events_database_url: str
    diaries_database_url: str
    events_secret: str = Field(min_length=16)
    diaries_secret: str = Field(min_length=16)
    web_secret: str = Field(min_length=16)
    demo_secret: str = ""
    public_url: str

    @property
    def secrets(self) -> dict[str, str]:
        """Of each client that has one."""
        return {name: secret for name in CLIENTS if (secret := getattr(self, f"{name}_secret"))}


class BackupSettings(BaseSettings):
    """What copying a house needs."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    clusters_database_url: str
    events_database_url: str
    diaries_database_url: str
    media_url: str


class BounceSettings(BaseSettings):
    """What taking in a mail that came back needs."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    clusters_database_url: str


class OpeningSettings(BaseSettings):
    """What letting the first person in needs."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    clusters_database_url: str
    public_url: str


def migrate() -> None:
    """Bring the databases to the newest migration and make the clients of the services.

    While nobody coordinates the house, print its set-up link.
    """
    settings = read(MigrateSettings)[0]
    urls = _urls(settings)
    _refuse_shared(settings.secrets)
    behind = databases.migrate(urls)
    print(f"migrated {', '.join(behind)}" if behind else "nothing to migrate", flush=True)
    databases.make_clients(urls["clusters"], settings.secrets)
    if told := opening.setup_link(urls["clusters"], settings.public_url):
        print(told, flush=True)


def _urls(settings: BaseSettings) -> dict[str, str]:
    return {service: getattr(settings, f"{service}_database_url") for service in SERVICES}


def copy(said: argparse.Namespace) -> None:
    """Save a house into a folder, or bring it back from there."""
    settings = read(BackupSettings)[0]
    verb = backup.save if said.command == "backup" else backup.restore
    print(verb(_urls(settings), settings.media_url, said.folder), flush=True)


def _refuse_shared(secrets: dict[str, str]) -> None:
    """A secret names its client: two with the same would be one."""
    shared = [name for name, secret in secrets.items() if list(secrets.values()).count(secret) > 1]
    if shared:
        names = " and ".join(f"{PREFIX}{name.upper()}_SECRET" for name in shared)
        raise Refusal(f"{names} are the same: give each its own.", code=2)


def let_in(said: argparse.Namespace) -> None:
    """Print a way in: for whoever runs the house, or for who coordinates its programme."""
    settings = read(OpeningSettings)[0]
    print(opening.run(settings.clusters_database_url, settings.public_url, said), flush=True)


def take_bounce(said: argparse.Namespace) -> None:
    """Take in a mail from standard input that came back to the address of a letter."""
    print(bounces.take(read(BounceSettings)[0].clusters_database_url, sys.stdin.buffer, said.returned_to), flush=True)


def serve(process: str) -> None:
    """Run `process` until SIGTERM."""
    package = "web" if process == "web" else f"services.{process.removeprefix('worker-')}"
    read(importlib.import_module(f"{package}.settings").Settings)
    settings = read(ServeSettings)[0]
    try:
        listener = processes.listen(settings.host, settings.port)
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        raise Refusal(f"Cannot listen at {where} ({error.strerror}): set STAFFROOM_HOST, STAFFROOM_PORT.") from None
    processes.run(process, listener)


def _said() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m deploy.serve", description="Be one process of a deployment.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="PROCESS")
    for process in (*SERVERS, *WORKERS):
        commands.add_parser(process, help=f"be {process} until SIGTERM")
    commands.add_parser("migrate", help="set up the databases, then stop")
    opening.add_commands(commands)
    taking = commands.add_parser("take-bounce", help="take in a mail that came back, from standard input, then stop")
    taking.add_argument("returned_to", nargs="?", default="", help="the address it came to, or what is behind its plus")
    for command, what in (("backup", "copy the house into a new folder"), ("restore", "bring such a copy back")):
        commands.add_parser(command, help=f"{what}, then stop").add_argument("folder", type=Path)
    return parser.parse_args()


def main() -> int:
    said = _said()
    try:
        if said.command == "migrate":
            migrate()
        elif said.command in opening.COMMANDS:
            let_in(said)
        elif said.command == "take-bounce":
            take_bounce(said)
        elif said.command in ("backup", "restore"):
            copy(said)
        else:
            serve(said.command)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code
    return 0


if __name__ == "__main__":
    sys.exit(main())
