"""Rows, and agreed numbers, that one transaction has for itself until it ends."""

from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.problems import NotFound


class Ending(Protocol):
    """A row that may end, and stays."""

    @property
    def has_ended(self) -> bool: ...


RowT = TypeVar("RowT", bound=SQLModel)
EndingT = TypeVar("EndingT", bound=Ending)


async def lock(db: AsyncSession, kind: type[RowT], key: Any, *, key_share: bool = False) -> RowT:
    """The row as it is now, for this transaction alone; by `key_share` others may go on referring to it."""
    how: Any = {"key_share": True} if key_share else True
    return await db.get_one(kind, key, with_for_update=how, populate_existing=True)


async def lock_if_there(db: AsyncSession, kind: type[RowT], key: Any) -> RowT | None:
    """The same; None when there is none."""
    return await db.get(kind, key, with_for_update=True, populate_existing=True)


async def lock_live(db: AsyncSession, kind: type[EndingT], key: Any) -> EndingT:
    """The row as it is now, for this transaction alone. Raises NotFound when it ended meanwhile."""
    row = await db.get_one(kind, key, with_for_update=True, populate_existing=True)
    if row.has_ended:
        raise NotFound
    return row


async def lock_number(db: AsyncSession, number: int) -> None:
    """Nobody else gets past this until the transaction ends: for what has no row yet."""
    connection = await db.connection()
    await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))
