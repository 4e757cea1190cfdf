"""A whole house as a process, with the demonstration year: its addresses, its databases, its processes."""

import asyncio
import json
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

from deploy.databases import own_urls
from deploy.processes import SERVICES
from tests.deploy.runner import Runner

LISTENS = "0A"
WAITING = """
select (select count(*) from pgqueuer where status in ('queued', 'picked') and execute_after <= now())
  + (select count(*) from fact where place is null) as waiting
"""


class Home:
    def __init__(self, runner: Runner, url: str) -> None:
        self.runner, self.url = runner, url
        self.services = {name: f"http://127.0.0.1:{runner.port + n}" for n, name in enumerate(SERVICES, 1)}
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.secrets = json.loads((runner.home / "secrets.json").read_text())

    def _read(self) -> None:
        """A house whose terminal nobody reads stops as soon as the pipe is full."""
        for line in self.runner.process.stdout or ():
            self.runner.lines.append(line.rstrip())

    def close(self) -> None:
        self.runner.process.terminate()
        self.runner.process.wait(30)
        self._reader.join(5)

    @property
    def password(self) -> str:
        return next(found[1] for line in self.runner.lines if (found := re.search(r"password (\S+), as", line)))

    @property
    def postgres(self) -> int:
        """The process that all of PostgreSQL's are children of."""
        return int(self._postmaster()[0])

    def process_of(self, service: str) -> int:
        """The process that answers for a service."""
        port = urlsplit(self.services[service]).port
        sockets = {f"socket:[{inode}]" for inode in _listening(port or 0)}
        return next(pid for pid in self.runner.children() if sockets & _open_files(pid))

    async def settle(self) -> None:
        """Wait until nothing is left to do of what loading the demonstration year set off."""
        quiet = 0
        while quiet < 3:
            left = [await self.rows(service, WAITING) for service in SERVICES]
            quiet = 0 if any(row["waiting"] for rows in left for row in rows) else quiet + 1
            await asyncio.sleep(0.3)

    async def rows(self, service: str, statement: str, *values: object) -> list[asyncpg.Record]:
        port = self._postmaster()[3]
        urls = own_urls(f"postgresql://nobody@127.0.0.1:{port}/postgres", self.secrets["databases"])
        connection = await asyncpg.connect(urls[service])
        try:
            return await connection.fetch(statement, *values)
        finally:
            await connection.close()

    def _postmaster(self) -> list[str]:
        return (self.runner.home / "postgres" / "data" / "postmaster.pid").read_text().splitlines()


@contextmanager
def open_home(folder: Path, *options: str, **settings: str) -> Iterator[Home]:
    """A house in this folder, from when it answers until the block ends."""
    with Runner(folder, *options, **settings) as runner:
        home = Home(runner, runner.wait_until_ready())
        try:
            yield home
        finally:
            home.close()


def _listening(port: int) -> list[str]:
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return [row[9] for row in rows if row[3] == LISTENS and int(row[1].partition(":")[2], 16) == port]


def _open_files(pid: int) -> set[str]:
    found = set()
    for file in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found.add(os.readlink(file))
        except OSError:
            continue
    return found
