"""The house that the pictures are taken in: a demonstration year of its own, in a folder and at ports of its own."""

import asyncio
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import asyncpg

from bench.house import House
from bench.measuring import until_nothing_waits
from demo.asking import Settings
from demo.reading import read_year
from deploy.databases import own_urls
from deploy.local.home import read_secrets
from deploy.local.postgres import Postgres
from deploy.processes import SERVICES, free_ports
from look import people

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "var" / "look"
HOME = FOLDER / "house"
LOADED = HOME / "loaded"
MADE_BY = ("demo", "migrations")
FIRST_PORT = 8640


@contextmanager
def open_house(*, fresh: bool) -> Iterator[House]:
    """A house that answers until the block ends; what one of today left behind is used again unless `fresh`."""
    if fresh or not _is_of_today():
        shutil.rmtree(HOME, ignore_errors=True)
    house = House(HOME, free_ports(FIRST_PORT), demo=True)
    house.start()
    try:
        if not LOADED.exists():
            asyncio.run(_prepare(house))
            LOADED.write_text(date.today().isoformat())
        yield house
    finally:
        house.stop()


def _is_of_today() -> bool:
    """The year is told around the day of loading, so on the next day it is another one."""
    if not LOADED.exists() or LOADED.read_text() != date.today().isoformat():
        return False
    made_by = [file for folder in MADE_BY for file in (ROOT / folder).rglob("*") if file.suffix in (".py", ".toml")]
    return max(file.stat().st_mtime for file in (Path(people.__file__), *made_by)) < LOADED.stat().st_mtime


async def _prepare(house: House) -> None:
    urls: dict[str, Any] = {f"{name}_url": f"http://127.0.0.1:{house.port + n}" for n, name in enumerate(SERVICES, 1)}
    settings = Settings(demo_secret=house.demo_secret, **urls)
    await people.prepare(rows, settings, password())
    await until_nothing_waits(house.workers)


def password() -> str:
    return read_year().password


async def rows(service: str, statement: str, *values: object) -> Sequence[Any]:
    """Asked of a database of the house that runs."""
    urls = own_urls(Postgres(HOME / "postgres").ensure(), read_secrets(HOME)["databases"])
    connection = await asyncpg.connect(urls[service])
    try:
        return await connection.fetch(statement, *values)
    finally:
        await connection.close()
