"""Counting what happened, in sums: where own facts say that something changed, it is counted anew."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeAlias

import asyncpg

from kit.dates import FIRST_MONTH, school_year_of
from kit.db import Database
from kit.own_facts import keep_up
from services.roster.activity.models import ActivityKind
from services.roster.activity.queries import Cell, keep_counted

OWN = "own facts, counted"
# Many at a time: from the beginning, what changed often is counted once for all of them.
AT_ONCE = 40_000

Touched: TypeAlias = Callable[[asyncpg.Connection, Sequence[asyncpg.Record]], Awaitable[set[Cell]]]
Changed: TypeAlias = Callable[[asyncpg.Connection, set[Cell]], Awaitable[None]]


@dataclass(frozen=True)
class Counted:
    """Kinds that one statement counts, by month or by school year."""

    kinds: tuple[ActivityKind, ...]
    statement: str
    by_year: bool = False


@dataclass(frozen=True)
class Counting:
    """What a service counts: which of its facts touch which cells, by which statements, and what follows a change."""

    facts: frozenset[str]
    touched: Touched
    counted: tuple[Counted, ...]
    changed: Changed


async def count_new(counting: Counting, database: Database) -> int:
    """Count what the next facts touched; 0 when there are none."""
    return await keep_up(database, OWN, counting.facts, partial(_count_touched, counting), AT_ONCE)


async def _count_touched(counting: Counting, connection: asyncpg.Connection, facts: Sequence[asyncpg.Record]) -> None:
    await _count(counting, connection, await counting.touched(connection, facts))


async def _count(counting: Counting, connection: asyncpg.Connection, cells: Iterable[Cell]) -> None:
    changed: set[Cell] = set()
    for each in counting.counted:
        if asked := _years(cells) if each.by_year else set(cells):
            changed |= await keep_counted(connection, each.statement, each.kinds, asked)
    if changed:
        await counting.changed(connection, changed)


def _years(cells: Iterable[Cell]) -> set[Cell]:
    return {(cluster_id, date(school_year_of(month), FIRST_MONTH, 1)) for cluster_id, month in cells}
