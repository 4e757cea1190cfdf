"""The three databases: one role each, without rights on the others."""

import asyncio
import importlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg

from deploy.processes import SERVICES, module_of
from deploy.refusal import Refusal

ROOT = Path(__file__).parents[1]
OLDEST = 150000
REVISION = re.compile(r"^(revision|down_revision)\b[^=\n]*=(.*)$", re.MULTILINE)


def own_urls(superuser: str, passwords: Mapping[str, str]) -> dict[str, str]:
    """The address of each service's database on the server of `superuser`."""
    server = urlsplit(superuser)
    place = f"{server.hostname}:{server.port}"
    return {
        service: f"postgresql://staffroom_{service}:{passwords[service]}@{place}/staffroom_{service}"
        for service in SERVICES
    }


async def create(superuser: str, passwords: Mapping[str, str]) -> None:
    """Make what is missing of the roles and databases, and set the roles' passwords."""
    server = await asyncpg.connect(superuser)
    try:
        roles = {row[0] for row in await server.fetch("SELECT rolname FROM pg_roles")}
        databases = {row[0] for row in await server.fetch("SELECT datname FROM pg_database")}
        for service in SERVICES:
            name = f"staffroom_{service}"
            verb = "ALTER" if name in roles else "CREATE"
            password = await server.fetchval("SELECT quote_literal($1)", passwords[service])
            await server.execute(f"{verb} ROLE {name} LOGIN PASSWORD {password}")
            if name not in databases:
                await server.execute(f"CREATE DATABASE {name} OWNER {name}")
                await server.execute(f"REVOKE CONNECT, TEMPORARY ON DATABASE {name} FROM PUBLIC")
        await server.execute("REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC")
    finally:
        await server.close()


async def drop(superuser: str) -> None:
    """Take the three databases away, with all that is in them."""
    server = await asyncpg.connect(superuser)
    try:
        for service in SERVICES:
            await server.execute(f"DROP DATABASE IF EXISTS staffroom_{service} WITH (FORCE)")
    finally:
        await server.close()


async def reach(urls: Mapping[str, str]) -> dict[str, str | None]:
    """The revision that each service's database stands at; a refusal when one cannot be used."""
    found = await asyncio.gather(*(_revision(service, url) for service, url in urls.items()))
    return dict(zip(urls, found, strict=True))


async def _revision(service: str, url: str) -> str | None:
    place = urlsplit(url)
    variable = f"STAFFROOM_{service.upper()}_DATABASE_URL"
    where = f"{place.hostname or 'its socket'}:{place.port or 5432}"
    try:
        connection = await asyncpg.connect(url, timeout=5)
    except (OSError, TimeoutError):
        raise Refusal(
            f"No PostgreSQL answers for {service} at {where}: check {variable}, and that the server runs."
        ) from None
    except (asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
        raise Refusal(f"PostgreSQL at {where} refuses {service} ({error}): check {variable}.") from None
    try:
        version = connection.get_server_version()
        if version.major * 10000 < OLDEST:
            raise Refusal(f"PostgreSQL at {where} is version {version.major}: Staffroom needs 15 or newer.")
        if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
            return None
        revision: str | None = await connection.fetchval("SELECT version_num FROM alembic_version")
        return revision
    finally:
        await connection.close()


def head(service: str) -> str | None:
    """The newest migration of `service`, read from the files: alembic takes a second to import."""
    revisions: set[str] = set()
    followed: set[str] = set()
    for file in (ROOT / "migrations" / service).glob("*.py"):
        for name, value in REVISION.findall(file.read_text()):
            (revisions if name == "revision" else followed).update(re.findall(r"[\"']([^\"']+)[\"']", value))
    heads = revisions - followed
    if len(heads) > 1:
        raise Refusal(f"The migrations of {service} have two heads ({', '.join(sorted(heads))}): join them.")
    return heads.pop() if heads else None


def migrate(urls: Mapping[str, str]) -> list[str]:
    """Bring the databases to the newest migration; the answer names those that were behind."""
    standing = asyncio.run(reach(urls))
    behind = [service for service in urls if standing[service] != head(service)]
    for service in behind:
        _upgrade(service, urls[service])
    return behind


def make_clients(clusters_url: str, secrets: Mapping[str, str]) -> None:
    """The clients by which the services know each other, with these secrets and no other."""
    # All tables of the service are known only then; a migration that was due has imported them, too.
    importlib.import_module(module_of("clusters"))
    setup: Any = importlib.import_module("services.clusters.doors.opening.clients")
    asyncio.run(setup.ensure_service_clients(clusters_url, dict(secrets)))


def _upgrade(service: str, url: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(ROOT / "alembic.ini", ini_section=service)
    config.attributes["url"] = url
    try:
        command.upgrade(config, "head")
    except Exception as error:
        if "Can't locate revision" not in str(error):
            raise
        raise Refusal(
            f"The database of {service} is from a newer Staffroom: start that one, or use another database."
        ) from None
