"""The database of a service: one request or job is one transaction, committed before the answer leaves."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Annotated, Any

import asyncpg
import sqlalchemy as sa
from fastapi import Depends, Request
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.orm import registry
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

CLOSED_WITHIN = 5.0

Timestamp: Any = sa.DateTime(timezone=True)
Json: Any = JSONB


class KitBase(SQLModel, registry=registry()):
    """The tables of the kit; every service's database has them."""

    metadata = sa.MetaData(naming_convention=NAMING)


def choice(kind: type[StrEnum]) -> Any:
    """A column type for one of a few words: text with a check, never a native enum."""
    return sa.Enum(
        kind,
        name=kind.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda words: [word.value for word in words],
    )


async def _speak_json(connection: asyncpg.Connection) -> None:
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(kind, encoder=json.dumps, decoder=json.loads, schema="pg_catalog")


class Database:
    """Two ways to one database: `sessions` for writing with the ORM, `pool` for reading plain rows."""

    def __init__(self, engine: AsyncEngine, pool: asyncpg.Pool) -> None:
        self.engine = engine
        self.pool = pool

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(self.engine, expire_on_commit=False) as session, session.begin():
            yield session


@asynccontextmanager
async def open_database(url: str, pool_size: int) -> AsyncIterator[Database]:
    """Connect to `url` (postgresql://...) until the block ends."""
    engine = create_async_engine(
        url.replace("postgresql://", "postgresql+asyncpg://", 1),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        pool_pre_ping=False,
        connect_args={"server_settings": {"jit": "off"}},
    )
    pool = await asyncpg.create_pool(
        url, min_size=0, max_size=pool_size, init=_speak_json, server_settings={"jit": "off"}
    )
    try:
        yield Database(engine, pool)
    finally:
        await _close(engine, pool)


async def _close(engine: AsyncEngine, pool: asyncpg.Pool) -> None:
    # asyncpg waits for ever for a connection that broke while it was given back; who waits with it does no work.
    try:
        async with asyncio.timeout(CLOSED_WITHIN):
            await engine.dispose()
            await pool.close()
    except TimeoutError:
        pool.terminate()


async def transaction_of(request: Request) -> AsyncSession:
    """The transaction of this request, opened by whoever asks for it first."""
    if request.state.session is None:
        database: Database = request.app.state.database
        request.state.session = await request.state.unit.enter_async_context(database.transaction())
    session: AsyncSession = request.state.session
    return session


async def _whole(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


async def _reader(request: Request) -> asyncpg.Pool:
    database: Database = request.app.state.database
    return database.pool


Db = Annotated[AsyncSession, Depends(transaction_of)]
"""The transaction of this request. The route commits it before the answer leaves (kit.routing)."""

Reader = Annotated[asyncpg.Pool, Depends(_reader)]
"""Plain rows outside any transaction, for lists and pages that are read often."""

Whole = Annotated[Database, Depends(_whole)]
"""For a verb that must hold no connection while it works: it opens transactions of its own, before and after."""
