"""Facts: what happened, written in the transaction in which it happened, and given a place in one order.

A number taken inside a transaction is not the order of commits. So a fact has no place until it is committed; then
one sequencer per service (`place_facts`, under an advisory lock) numbers what it finds. The place is every follower's
cursor.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now, real_now, said_now
from kit.db import Json, KitBase, Plain, Timestamp
from kit.identity import acting_client, office_of_act
from kit.logs import request_id
from kit.telling import Fact, data_of

RECORDED, PLACED = "fact_recorded", "fact_placed"
LOCK = 7_001
BATCH, PAUSE = 500, 0.02

PLACE = """
with waiting as (select seq from fact where place is null order by seq limit $1),
     numbered as (select seq, nextval('fact_place') as place from waiting)
update fact set place = numbered.place from numbered where fact.seq = numbered.seq
"""
AFTER = """
select place, at, recorded_at, kind, cluster_id, actor_id, client_id, data from fact
where place > $1 order by place limit $2
"""
OF_CLUSTER_AFTER = """
select place, at, recorded_at, kind, cluster_id, actor_id, client_id, data from fact
where place > $1 and cluster_id = $3 order by place limit $2
"""
BEHIND = """
select exists (select from fact where place is null and coalesce(recorded_at, at) < now() - interval '2 seconds')
"""

RECORD = """
insert into fact (at, recorded_at, said_by, cluster_id, actor_id, client_id, request_id, office, kind, data)
select $1, $2, $3, $4, $5, $6, $7, $8, told.kind, told.data
from unnest($9::text[], $10::jsonb[]) with ordinality told(kind, data, number) order by told.number
"""

PLACES = sa.Sequence("fact_place", metadata=KitBase.metadata)


def _recorded_at() -> datetime | None:
    return real_now() if said_now() else None


def _said_by() -> UUID | None:
    said = said_now()
    return said.by if said else None


class FactRow(KitBase, table=True):
    """What happened, when, by whom and, where a program did it, by which; and by which office, where it was by one.

    `recorded_at` and `said_by` are there when a program said the moment afterwards.
    """

    __table_args__ = (
        sa.Index("ix_fact_unplaced", "seq", postgresql_where=sa.text("place IS NULL")),
        sa.Index("ix_fact_cluster_id_place", "cluster_id", "place"),
        sa.Index("ix_fact_cluster_id_kind_at_seq", "cluster_id", "kind", "at", "seq"),
        sa.Index("ix_fact_kind_at_seq", "kind", "at", "seq"),
        sa.Index(
            "ix_fact_school_id_at_seq",
            sa.text("(data ->> 'school_id')"),
            "at",
            "seq",
            postgresql_where=sa.text("data ->> 'school_id' IS NOT NULL"),
        ),
    )

    seq: int | None = Field(
        default=None, sa_column=sa.Column(sa.BigInteger, sa.Identity(always=True), primary_key=True)
    )
    place: int | None = Field(default=None, sa_column=sa.Column(sa.BigInteger, unique=True))
    at: datetime = Field(default_factory=now, sa_type=Timestamp)
    recorded_at: datetime | None = Field(default_factory=_recorded_at, sa_type=Timestamp, nullable=True)
    said_by: UUID | None = Field(default_factory=_said_by)
    kind: str
    cluster_id: UUID | None = None
    actor_id: UUID | None = None
    client_id: UUID | None = Field(default_factory=acting_client.get)
    request_id: str = Field(default_factory=request_id.get)
    office: str | None = None
    data: dict[str, Any] = Field(sa_type=Json)


def record(db: AsyncSession, fact: Fact, *, cluster_id: UUID | None = None, actor_id: UUID | None = None) -> None:
    """Tell that this happened, of a cluster and by somebody."""
    office = office_of_act(actor_id, cluster_id)
    db.add(FactRow(kind=fact.told_as, cluster_id=cluster_id, actor_id=actor_id, office=office, data=data_of(fact)))


async def record_all(
    connection: asyncpg.Connection, facts: Sequence[Fact], *, cluster_id: UUID | None, actor_id: UUID | None
) -> None:
    """Tell that these things happened, in this order, in one plain statement of a transaction."""
    kinds = [fact.told_as for fact in facts]
    data = [json.dumps(data_of(fact)) for fact in facts]
    moments = now(), _recorded_at(), _said_by()
    whose = cluster_id, actor_id, acting_client.get(), request_id.get(), office_of_act(actor_id, cluster_id)
    await connection.execute(RECORD, *moments, *whose, kinds, data)


async def place_facts(connection: Any) -> int:
    """Give committed facts their places; how many there were."""
    async with connection.transaction():
        # Held until the commit, so places become visible in their order.
        await connection.execute("select pg_advisory_xact_lock($1)", LOCK)
        placed = int((await connection.execute(PLACE, BATCH)).split()[-1])
        if placed:
            await connection.execute(f"notify {PLACED}")
    return placed


@asynccontextmanager
async def listening(url: str, channel: str) -> AsyncIterator[asyncio.Event]:
    """An event that is set whenever `channel` is notified (and once when the connection is lost)."""
    woken = asyncio.Event()
    connection = await asyncpg.connect(url)
    try:
        await connection.add_listener(channel, lambda *_: woken.set())
        connection.add_termination_listener(lambda _: woken.set())
        yield woken
    finally:
        await connection.close(timeout=2)


async def sequence(url: str) -> None:
    """Place facts as they come, until the connection is lost."""
    async with listening(url, RECORDED) as woken:
        connection = await asyncpg.connect(url)
        try:
            while True:
                woken.clear()
                while await place_facts(connection):
                    pass
                await wait_for(woken, seconds=5)
                # What is committed within a moment is placed, told and followed together.
                await asyncio.sleep(PAUSE)
        finally:
            await connection.close(timeout=2)


async def wait_for(event: asyncio.Event, seconds: float) -> None:
    """Until it is set, no longer than so many seconds."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return


class Wakeups:
    """Wakes everybody in this process who waits for the next placed fact."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        await wait_for(self._next, seconds)

    def ring(self) -> None:
        waiting, self._next = self._next, asyncio.Event()
        waiting.set()

    async def listen(self, url: str) -> None:
        while True:
            try:
                async with listening(url, PLACED) as woken:
                    while True:
                        await wait_for(woken, seconds=30)
                        if woken.is_set():
                            woken.clear()
                            self.ring()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await asyncio.sleep(1)


async def facts_after(pool: Plain, after: int, limit: int) -> list[dict[str, Any]]:
    return [dict(row) for row in await pool.fetch(AFTER, after, limit)]


async def facts_of_cluster_after(pool: asyncpg.Pool, cluster_id: UUID, after: int, limit: int) -> list[dict[str, Any]]:
    return [dict(row) for row in await pool.fetch(OF_CLUSTER_AFTER, after, limit, cluster_id)]


async def is_behind(pool: asyncpg.Pool) -> bool:
    """Whether facts wait for their places for longer than they should: nobody hears them meanwhile."""
    return bool(await pool.fetchval(BEHIND))


async def newest_place(pool: asyncpg.Pool) -> int:
    return int(await pool.fetchval("select coalesce(max(place), 0) from fact"))
