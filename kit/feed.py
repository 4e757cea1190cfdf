"""The feed of a service's facts: followers ask for what came after their cursor, and may wait for it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, TypeAlias
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from fastapi import Query, Request
from pydantic import BaseModel
from sqlmodel import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.client import Client
from kit.clock import real_now
from kit.db import Database, KitBase, Reader
from kit.facts import Wakeups, facts_after, facts_of_cluster_after, is_behind, newest_place
from kit.identity import CurrentActor
from kit.locking import lock
from kit.policy import Rules, allowed
from kit.problems import Forbidden, documented
from kit.routing import router

SET = 500


class FactOut(BaseModel):
    """`client_id`: the program that did it. `recorded_at`: when it was written down, if that was said afterwards."""

    place: int
    at: datetime
    recorded_at: datetime | None = None
    kind: str
    cluster_id: UUID | None
    actor_id: UUID | None
    client_id: UUID | None = None
    data: dict[str, Any]


class FactsOut(BaseModel):
    """Facts in the order of their places; `next` is the cursor for the question after this one.

    `behind`: there are facts that have waited for their places for more than two seconds, so this is not all.
    """

    items: list[FactOut]
    next: int
    behind: bool = False


def feed_router(rules: Rules) -> Any:
    """`GET /v1/facts`, for whoever the table's row `facts.follow` lets in."""
    routes = router("/v1/facts", "facts")

    @routes.get("", responses=documented(Forbidden), dependencies=[allowed(rules, "facts.follow")])
    async def follow_facts(
        request: Request,
        pool: Reader,
        actor: CurrentActor,
        after: Annotated[int, Query(ge=0, le=2**62, description="Cursor: the place of the last fact heard")] = 0,
        wait: Annotated[int, Query(ge=0, le=25, description="Seconds to wait for news when there is none yet")] = 0,
        limit: Annotated[int, Query(ge=1, le=SET)] = 200,
        newest: Annotated[bool, Query(description="Only say where the feed is now: `next`, and no items")] = False,
    ) -> FactsOut:
        """What happened after a cursor. A lost answer is harmless: ask again with the same cursor.

        A program that a cluster let in hears the facts of that cluster, and none that names no cluster.
        """
        if newest:
            return FactsOut(items=[], next=await newest_place(pool), behind=await is_behind(pool))
        wakeups: Wakeups = request.app.state.wakeups
        until = asyncio.get_running_loop().time() + wait
        while True:
            items, known = await _heard(pool, actor.bound_to, after, limit)
            left = until - asyncio.get_running_loop().time()
            if items or left <= 0 or getattr(request.app.state, "stopping", False):
                return FactsOut.model_validate({"items": items, "next": known, "behind": await is_behind(pool)})
            await wakeups.wait(min(left, 1.0))

    return routes


async def _heard(
    pool: asyncpg.Pool, cluster_id: UUID | None, after: int, limit: int
) -> tuple[list[dict[str, Any]], int]:
    """The facts after a cursor, of one cluster or of all, and the cursor after them."""
    if cluster_id is None:
        items = await facts_after(pool, after, limit)
        return items, items[-1]["place"] if items else after
    # Asked first: what is placed meanwhile is heard the next time.
    newest = await newest_place(pool)
    items = await facts_of_cluster_after(pool, cluster_id, after, limit)
    last = items[-1]["place"] if items else after
    return items, last if len(items) == limit else max(last, newest)


class Cursor(KitBase, table=True):
    """How far a follower in this service has heard another service (or this one)."""

    source: str = Field(primary_key=True)
    place: int = Field(default=0, sa_column=sa.Column(sa.BigInteger, nullable=False))


Apply: TypeAlias = Callable[[AsyncSession, Sequence[FactOut]], Awaitable[None]]


class Heard:
    """When each source last answered this process, and of when the newest fact is that it told."""

    def __init__(self) -> None:
        self.answered: dict[str, datetime] = {}
        self.newest: dict[str, datetime] = {}


async def hear(
    database: Database, source: str, service: Client, apply: Apply, wait: int = 0, heard: Heard | None = None
) -> int:
    """Ask `service` for news and apply it; cursor and changes are one transaction. How many facts were heard."""
    async with database.transaction() as db:
        cursor = await db.get(Cursor, source)
        if cursor is None:
            cursor = Cursor(source=source)
            db.add(cursor)
        known = cursor.place
    answer = FactsOut.model_validate(
        await service.ask("GET", "/v1/facts", params={"after": known, "wait": wait, "limit": SET}, timeout=wait + 10)
    )
    async with database.transaction() as db:
        # Locked, so that of two workers with the same news one applies it and the other finds the cursor moved.
        cursor = await lock(db, Cursor, source)
        if cursor.place != known:
            return 0
        if answer.items:
            await apply(db, answer.items)
        cursor.place = answer.next
    if heard:
        heard.answered[source] = real_now()
        if answer.items:
            heard.newest[source] = answer.items[-1].recorded_at or answer.items[-1].at
    return len(answer.items)


async def follow(database: Database, source: str, service: Client, apply: Apply, heard: Heard) -> None:
    """Hear `service`, until it does not answer or something of it cannot be applied."""
    while True:
        await hear(database, source, service, apply, wait=20, heard=heard)
