"""Hashing passwords: argon2 takes 64 MiB and a fifth of a second, so two are hashed at a time, and few wait for it.

Those who come from one origin (a known device, or a network) stand in one line, and the lines take turns: many tries
of one stranger wait for each other, not before everybody else.
"""

import asyncio
import unicodedata
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

from pwdlib import PasswordHash

from kit.problems import Unavailable
from services.clusters.doors.passwords.models import Password

HASHER = PasswordHash.recommended()
AT_ONCE = 2
MOST, MOST_OF_ORIGIN, MOST_FOR_ONE = 80, 30, 3

T = TypeVar("T")


class Hashing:
    """The queue of this process."""

    def __init__(self) -> None:
        self._free = AT_ONCE
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._of_origin: Counter[str] = Counter()
        self._for_one: Counter[tuple[str, str]] = Counter()

    @contextmanager
    def in_line(self, origin: str, whose: str) -> Iterator[None]:
        """A place in the queue. Raises Unavailable when it is full, or the share of this origin, or of one person."""
        one = origin, whose
        full = self._of_origin.total() >= MOST or self._of_origin[origin] >= MOST_OF_ORIGIN
        if full or self._for_one[one] >= MOST_FOR_ONE:
            raise Unavailable
        self._of_origin[origin] += 1
        self._for_one[one] += 1
        try:
            yield
        finally:
            self._of_origin -= Counter({origin: 1})
            self._for_one -= Counter({one: 1})

    async def run(self, origin: str, work: Callable[..., T], *values: Any) -> T:
        """The work, done in a thread when it is this origin's turn."""
        await self._turn(origin)
        try:
            return await asyncio.to_thread(work, *values)
        finally:
            self._pass_on()

    async def _turn(self, origin: str) -> None:
        if self._free:
            self._free -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(origin, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        """To the first of the next line, which goes behind the others; if nobody waits, a place is free."""
        while self._waiting:
            origin, waiting = self._waiting.popitem(last=False)
            turn = waiting.popleft()
            if waiting:
                self._waiting[origin] = waiting
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


HASHING = Hashing()


async def hashed(origin: str, password: str) -> str:
    return await HASHING.run(origin, HASHER.hash, one_form(password))


async def hash_if_right(origin: str, known: Password | None, password: str) -> str | None:
    """The hash to keep from now on, when this is the password; takes as long when there is none.

    One that was kept as it was typed, before passwords had one form, is hashed anew.
    """
    stored = known.hash if known else _nobodys_hash()
    form = one_form(password)
    if await HASHING.run(origin, HASHER.verify, form, stored):
        return stored if known else None
    if form != password and await HASHING.run(origin, HASHER.verify, password, stored):
        return await hashed(origin, password) if known else None
    return None


def one_form(password: str) -> str:
    """The same however a keyboard makes its letters: an OpaqueString of RFC 8265."""
    plain = "".join(" " if unicodedata.category(c) == "Zs" else c for c in password)
    return unicodedata.normalize("NFC", plain)


@cache
def _nobodys_hash() -> str:
    return HASHER.hash("nobody has this password")
