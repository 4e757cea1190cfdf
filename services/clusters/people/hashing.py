"""Hashing passwords: argon2 takes 64 MiB and a fifth of a second, so two are hashed at a time, and few wait for it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

from pwdlib import PasswordHash

from kit.problems import Unavailable
from services.clusters.people.models import Password

HASHER = PasswordHash.recommended()
AT_ONCE, MOST = 2, 20

T = TypeVar("T")


class Hashing:
    """The queue of this process."""

    def __init__(self) -> None:
        self._slots, self._inside = asyncio.Semaphore(AT_ONCE), 0

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place in the queue. Raises Unavailable when it is long already."""
        if self._inside >= MOST:
            raise Unavailable
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1

    async def run(self, work: Callable[..., T], *values: Any) -> T:
        async with self._slots:
            return await asyncio.to_thread(work, *values)


HASHING = Hashing()


async def hashed(password: str) -> str:
    return await HASHING.run(HASHER.hash, password)


async def matches(known: Password | None, password: str) -> bool:
    """Whether this is the password; takes as long when there is none."""
    right = await HASHING.run(HASHER.verify, password, known.hash if known else _nobodys_hash())
    return right and known is not None


@cache
def _nobodys_hash() -> str:
    return HASHER.hash("nobody has this password")
