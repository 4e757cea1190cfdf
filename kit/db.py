"""The database of a service: one request or job is one transaction, committed before the answer leaves."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Annotated, Any, TypeAlias

import asyncpg
import sqlalchemy as sa
from fastapi import Depends, Request
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.orm import declared_attr, registry
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

KEPT_IDLE = 30.0  # seconds, in the pool for plain statements; a connection weighs five megabytes
CLOSED_WITHIN = 2.0

Timestamp: Any = sa.DateTime(timezone=True)
Json: Any = JSONB
Plain: TypeAlias = asyncpg.Connection | asyncpg.Pool
"""Whoever answers plain statements: a transaction's connection, or the pool outside any."""


class Table(SQLModel):
    """A class of rows: its table is called as it is, in lower case with underscores."""

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower().removesuffix("_row")


class KitBase(Table, registry=registry()):
    """The tables of the kit; every service's database has them."""

    metadata = sa.MetaData(naming_convention=NAMING)


def choice(kind: type[StrEnum], name: str = "") -> Any:
    """A column type for one of a few words: text with a check, never a native enum.

    `name` of the check where a table has several of the kind.
    """
    return sa.Enum(
        kind,
        name=name or kind.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda words: [word.value for word in words],
    )


async def _speak_json(connection: asyncpg.Connection) -> None:
    """JSON is read as what it says, and given as text, as on the ORM's connections."""
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(kind, encoder=str, decoder=json.loads, schema="pg_catalog")


class Reading(asyncpg.Connection):
    """A connection of the pool, which has nothing to reset between two uses unless somebody listened on it.

    asyncpg would reset it each time, in four statements and a round trip of their own.
    """

    _listened = False

    async def add_listener(self, channel: str, callback: Any) -> None:
        self._listened = True
        await super().add_listener(channel, callback)

    def get_reset_query(self) -> str:
        if not self._listened:
            return ""
        self._listened = False
        return str(super().get_reset_query())


class Database:
    """Ways to one database: `transaction` for writing with the ORM, `writing` for plain statements in one transaction,
    `pool` for reading plain rows."""

    def __init__(self, engine: AsyncEngine, pool: asyncpg.Pool) -> None:
        self.engine = engine
        self.pool = pool

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(self.engine, expire_on_commit=False) as db, db.begin():
            yield db

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[asyncpg.Connection]:
        connection: Any
        async with self.pool.acquire() as connection, connection.transaction():
            yield connection


def columns(rows: Iterable[Sequence[Any]]) -> list[list[Any]]:
    """Rows, of which there is one at least, as the columns that `unnest` takes."""
    return [list(column) for column in zip(*rows, strict=True)]


async def plain(db: AsyncSession) -> asyncpg.Connection:
    """The connection of this transaction, for plain statements in it."""
    connection = await db.connection()
    # An AsyncSession connects lazily; its BEGIN has to be on the wire before anybody writes past SQLAlchemy.
    await connection.exec_driver_sql("select 1")
    raw: Any = await connection.get_raw_connection()
    driver: asyncpg.Connection = raw.driver_connection
    return driver


@asynccontextmanager
async def undone(db: AsyncSession) -> AsyncIterator[None]:
    """What is done inside is undone at its end, and the transaction goes on: to find out what it would do."""
    async with db.begin_nested() as trial:
        yield
        await trial.rollback()


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
        url,
        min_size=0,
        max_size=pool_size,
        max_inactive_connection_lifetime=KEPT_IDLE,
        connection_class=Reading,
        init=_speak_json,
        # Our statements say the same whatever they are asked with: planning each anew costs more than running it.
        server_settings={"jit": "off", "plan_cache_mode": "force_generic_plan"},
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
    if request.state.db is None:
        assert not request.state.writes, "a request has one transaction: ask for `Db` before `Writer`"
        database: Database = request.app.state.database
        request.state.db = await request.state.unit.enter_async_context(database.transaction())
    db: AsyncSession = request.state.db
    return db


async def _writer(request: Request) -> asyncpg.Connection:
    state = request.state
    if state.db is not None:
        return await plain(state.db)
    state.writes = True
    database: Database = request.app.state.database
    connection: asyncpg.Connection = await state.unit.enter_async_context(database.writing())
    return connection


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

Writer = Annotated[asyncpg.Connection, Depends(_writer)]
"""The transaction of this request, for plain statements: for what is written often. It stands instead of `Db`."""

Whole = Annotated[Database, Depends(_whole)]
"""For a verb that must hold no connection while it works: it opens transactions of its own, before and after."""
