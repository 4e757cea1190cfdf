"""Start Staffroom on this machine: python -m deploy.local."""

import argparse
import asyncio
import errno
import gc
import importlib
import os
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic_settings import BaseSettings
from sqlalchemy.orm import configure_mappers

from deploy import databases, opening, processes
from deploy.configuration import PREFIX, read
from deploy.local.errand import Errand
from deploy.local.home import Home
from deploy.local.postgres import Postgres
from deploy.local.settings import LocalSettings, fill_environment
from deploy.local.supervisor import Supervisor, say
from deploy.processes import CLIENTS, SERVERS, SERVICES, WORKERS
from deploy.refusal import Refusal, disk_refusal

STARTED = time.monotonic()


def main() -> int:
    arguments = _arguments()
    try:
        start(only_prepare=arguments.prepare, fresh=arguments.fresh)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code
    except OSError as error:
        if error.filename is None:
            raise
        print(disk_refusal(error, Path(error.filename)), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description="Run Staffroom on this machine.")
    parser.add_argument("--prepare", action="store_true", help="set up and migrate the databases, then stop")
    parser.add_argument("--fresh", action="store_true", help="begin anew: what the house keeps in the data folder goes")
    parser.add_argument("--port", help="port of web; the services and workers take the next six")
    parser.add_argument("--home", help="data folder")
    parser.add_argument("--no-demo", action="store_true", help="start without the demonstration year")
    arguments = parser.parse_args()
    given = {"PORT": arguments.port, "HOME": arguments.home, "DEMO": "false" if arguments.no_demo else None}
    os.environ.update({PREFIX + name: value for name, value in given.items() if value})
    return arguments


def start(*, only_prepare: bool, fresh: bool) -> None:
    """Everything from a bare folder to a running Staffroom; returns when it was stopped."""
    settings = read(LocalSettings)[0]
    external = settings.database_urls
    if fresh and external:
        raise Refusal("--fresh empties a data folder, and your databases stay as they are: leave it out.", code=2)
    refuse_unbuilt()
    home = Home(settings.home)
    say(f"Staffroom keeps its data in {home.path}")
    listeners = {} if only_prepare else bind(settings)
    if fresh:
        home.empty()
    if external:
        Errand(lambda: asyncio.run(databases.reach(external))).result()
    postgres = None if external else Postgres(home.path / "postgres")
    try:
        superuser = ""
        if postgres is not None:
            say("  starting PostgreSQL" if postgres.data.exists() else "  creating and starting PostgreSQL")
            superuser = postgres.ensure()
        kept = home.secrets()
        urls = external or databases.own_urls(superuser, kept["databases"])
        fill_environment(settings, urls, kept["clients"])
        read(*settings_of_all_processes())
        say("  loading the program")
        preload()
        say("  checking the databases")
        behind = Errand(lambda: prepare(superuser, urls, kept["databases"])).result()
        if behind:
            say(f"  migrated {', '.join(behind)}")
        if not only_prepare:
            say(f"  starting {', '.join((*SERVERS, *WORKERS))}")
            supervisor = Supervisor(
                listeners,
                postgres,
                load_demo if settings.demo else lambda: how_to_begin(urls["clusters"]),
                lambda lines: announce(settings, lines),
            )
            supervisor.run()
            say("Staffroom has stopped.")
    finally:
        if postgres is not None:
            postgres.stop()


def bind(settings: LocalSettings) -> dict[str, socket.socket]:
    """Take all seven ports, or say which one somebody else has."""
    listeners: dict[str, socket.socket] = {}
    for name, port in settings.ports.items():
        host = settings.host if name == "web" else "127.0.0.1"
        try:
            listeners[name] = processes.listen(host, port)
        except PermissionError:
            raise Refusal(f"Port {port} is for root alone: set STAFFROOM_PORT to one above 1023.") from None
        except socket.gaierror:
            raise Refusal(f"STAFFROOM_HOST is wrong: {host} is no address of this machine.", code=2) from None
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Refusal(
                    f"Port {port} for {name} is taken: set STAFFROOM_PORT to another, for example "
                    f"STAFFROOM_PORT={processes.free_ports(settings.port + 10)} (it and the next six are used)."
                ) from None
            raise Refusal(f"STAFFROOM_HOST is wrong: {host} is no address of this machine.", code=2) from None
    return listeners


def settings_of_all_processes() -> list[type[BaseSettings]]:
    modules = ("kit", *(f"services.{service}" for service in SERVICES), "web")
    return [importlib.import_module(f"{module}.settings").Settings for module in modules]


def refuse_unbuilt() -> None:
    """Styles and scripts come from packages; make builds them."""
    manifest = importlib.import_module("web.templates").MANIFEST
    if not manifest.exists():
        raise Refusal(f"{manifest} is missing: make setup builds what pages need (make run does so by itself).")


def preload() -> None:
    """Import and make what the children need, once; it is then shared by all of them."""
    gc.disable()
    for module in ("uvicorn", "uvloop", *map(processes.module_of, WORKERS)):
        importlib.import_module(module)
    for server in SERVERS:
        processes.app_of(server)
    configure_mappers()
    gc.collect()
    gc.freeze()


def prepare(superuser: str, urls: Mapping[str, str], passwords: Mapping[str, str]) -> list[str]:
    """Databases, migrations, and the clients by which the services know each other."""
    if superuser:
        asyncio.run(databases.create(superuser, passwords))
    behind = databases.migrate(urls)
    secrets = {name: os.environ[f"{PREFIX}{name.upper()}_SECRET"] for name in CLIENTS}
    databases.make_clients(urls["clusters"], secrets)
    return behind


def load_demo() -> list[str]:
    say("  looking after the demonstration year")
    demo: Any = importlib.import_module("demo.load")
    lines: list[str] = asyncio.run(demo.main())
    return lines


def how_to_begin(clusters_url: str) -> list[str]:
    return opening.setup_link(clusters_url, os.environ[PREFIX + "PUBLIC_URL"]).splitlines()


def announce(settings: LocalSettings, lines: list[str]) -> None:
    url = os.environ[PREFIX + "PUBLIC_URL"]
    for line in lines:
        say(f"  {line}")
    say(f"Staffroom is ready after {time.monotonic() - STARTED:.1f} s: {url} (Ctrl-C stops it)")


if __name__ == "__main__":
    sys.exit(main())
