"""Hashing passwords: argon2 takes 64 MiB and a fifth of a second, so two are hashed at a time, and few wait for it."""

import asyncio
import unicodedata
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
    return await HASHING.run(HASHER.hash, one_form(password))


async def hash_if_right(known: Password | None, password: str) -> str | None:
    """The hash to keep from now on, when this is the password; takes as long when there is none.

    One that was kept as it was typed, before passwords had one form, is hashed anew.
    """
    stored = known.hash if known else _nobodys_hash()
    form = one_form(password)
    if await HASHING.run(HASHER.verify, form, stored):
        return stored if known else None
    if form != password and await HASHING.run(HASHER.verify, password, stored):
        return await hashed(password) if known else None
    return None


def one_form(password: str) -> str:
    """The same however a keyboard makes its letters: an OpaqueString of RFC 8265."""
    plain = "".join(" " if unicodedata.category(c) == "Zs" else c for c in password)
    return unicodedata.normalize("NFC", plain)


@cache
def _nobodys_hash() -> str:
    return HASHER.hash("nobody has this password")
