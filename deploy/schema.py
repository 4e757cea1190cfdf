"""Migrations against models, on a scratch server: python -m deploy.schema check, or new SERVICE NAME."""

import asyncio
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from deploy import databases
from deploy.local.postgres import Postgres
from deploy.processes import SERVICES
from deploy.refusal import Refusal

SCRATCH = databases.ROOT / "var" / "schema"


@contextmanager
def scratch_urls() -> Iterator[dict[str, str]]:
    """Three databases at the newest migration, on a server that ends with the block."""
    server = Postgres(SCRATCH, durable=False)
    passwords = dict.fromkeys(SERVICES, "scratch")
    try:
        superuser = server.ensure()
        asyncio.run(databases.drop(superuser))
        asyncio.run(databases.create(superuser, passwords))
        urls = databases.own_urls(superuser, passwords)
        databases.migrate(urls)
        yield urls
    finally:
        server.stop()


def check() -> None:
    """Refuse when a model says something that no migration has done."""
    wrong = []
    with scratch_urls() as urls:
        for service, url in urls.items():
            try:
                command.check(_config(service, url))
            except CommandError as error:
                wrong.append(f"{service}: {error}\nRun: make migration service={service} name='what it does'")
    if wrong:
        raise Refusal("\n".join(wrong))


def new(service: str, name: str) -> None:
    """Write the migration that brings the database of `service` to its models."""
    if service not in SERVICES or not name:
        raise Refusal(f"Say service= (one of {', '.join(SERVICES)}) and name= (what the migration does).", code=2)
    with scratch_urls() as urls:
        made = command.revision(_config(service, urls[service]), message=name, autogenerate=True)
    for script in made if isinstance(made, list) else [made]:
        if script:
            file = databases.ROOT / "migrations" / service / Path(script.path).name
            lines = file.read_text().splitlines(keepends=True)
            file.write_text("".join(line for line in lines if "Alembic" not in line))


def _config(service: str, url: str) -> Config:
    config = Config(databases.ROOT / "alembic.ini", ini_section=service, stdout=io.StringIO())
    config.attributes["url"] = url
    return config


def main() -> int:
    try:
        match sys.argv[1:]:
            case ["check"]:
                check()
            case ["new", service, name]:
                new(service, name)
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code
    return 0


if __name__ == "__main__":
    sys.exit(main())
