"""Three migrated databases for this run, cloned from templates on one server that stays warm between runs."""

import asyncio
import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import asyncpg

from deploy.databases import ROOT, migrate
from deploy.local.postgres import Postgres
from deploy.processes import SERVICES

HOME = ROOT / "var" / "tests"


@contextmanager
def cloned_databases(name: str = "") -> Iterator[dict[str, str]]:
    """The address of each service's database, fresh and migrated, until the block ends; a second set has a name."""
    superuser = Postgres(HOME, durable=False).ensure()
    server = superuser.rpartition("/")[0]
    templates = {service: f"template_{service}_{fingerprint()}" for service in SERVICES}
    clones = {service: f"test_{service}{name}_{os.getpid()}" for service in SERVICES}
    # PostgreSQL clones a template only while nobody is connected to it.
    with (HOME / "templates.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        asyncio.run(_make_room(superuser, templates.values()))
        migrate({service: f"{server}/{template}" for service, template in templates.items()})
        asyncio.run(_clone(superuser, templates, clones))
    try:
        yield {service: f"{server}/{clone}" for service, clone in clones.items()}
    finally:
        asyncio.run(_drop(superuser, clones.values()))


def fingerprint() -> str:
    """Changes whenever a migration does, or what migrations call."""
    named = ("migrations/**/*.py", "services/**/models.py", "services/**/ddl.py", "kit/*.py")
    files = [file for pattern in named for file in ROOT.glob(pattern)]
    content = b"\0".join(file.read_bytes() for file in sorted(files))
    return hashlib.blake2b(content, digest_size=5).hexdigest()


async def _make_room(superuser: str, templates) -> None:
    """Create the templates that are missing; drop older ones, and what ended runs left."""
    server = await asyncpg.connect(superuser)
    try:
        known = {row[0] for row in await server.fetch("select datname from pg_database")}
        for name in known:
            old = name.startswith("template_") and name not in templates
            if old or (name.startswith("test_") and not _runs(int(name.rpartition("_")[2]))):
                with suppress(asyncpg.InvalidCatalogNameError):
                    await server.execute(f"drop database {name} with (force)")
        for name in set(templates) - known:
            await server.execute(f"create database {name}")
    finally:
        await server.close()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


async def _clone(superuser: str, templates: dict[str, str], clones: dict[str, str]) -> None:
    server = await asyncpg.connect(superuser)
    try:
        for service, clone in clones.items():
            await server.execute(f"drop database if exists {clone} with (force)")
            await server.execute(f"create database {clone} template {templates[service]} strategy file_copy")
    finally:
        await server.close()


async def _drop(superuser: str, names) -> None:
    server = await asyncpg.connect(superuser)
    try:
        for name in names:
            await server.execute(f"drop database if exists {name} with (force)")
    finally:
        await server.close()
