from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db, Plain
from kit.problems import NotFound
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.clusters.queries import OfVisibleCluster
from services.clusters.directory.programme.queries import takes_part
from services.clusters.directory.schools.schemas import Country
from services.clusters.sight import within_sight
from services.clusters.year.todos.models import Todo, TodoCluster
from services.roster.standing import CurrentMember

# Whom a to-do is for: open clusters of its country that were there before it was due, all of them or those chosen.
CONCERNED = """
select todo.id as todo_id, cluster.id as cluster_id, cluster.name as cluster, cluster.approach, cluster.closed_at,
  tick.ticked_at, tick.ticked_by, reminder.reminded_at,
  tick.ticked_at is null and cluster.approach = 'top_down'
    and todo.due < ($1::timestamptz at time zone cluster.zone)::date as late
from todo join cluster on cluster.country = todo.country and cluster.closed_at is null
  and (cluster.formed_at at time zone cluster.zone)::date <= todo.due
  and (todo.for_all or exists (
    select from todo_cluster chosen where chosen.todo_id = todo.id and chosen.cluster_id = cluster.id))
left join todo_tick tick on tick.todo_id = todo.id and tick.cluster_id = cluster.id
left join todo_reminder reminder on reminder.todo_id = todo.id and reminder.cluster_id = cluster.id
where todo.removed_at is null
"""
ITEM = f"""
select todo.id, todo.country, todo.title, todo.text, todo.language, todo.due, todo.for_all, todo.version,
  coalesce(author.name, '') as name, sums.* from todo left join person author on author.id = todo.added_by
cross join lateral (select count(*) as clusters, count(concerned.ticked_at) as ticked,
    count(*) filter (where concerned.late) as late,
    count(*) filter (where concerned.late and (reminded_at is null or reminded_at < $2)) as remindable
  from ({CONCERNED}) concerned where concerned.todo_id = todo.id) sums
where todo.removed_at is null
"""
OF_COUNTRY = f"""
{ITEM} and todo.country = $3 and (todo.due, todo.id) < ($4, $5) order by todo.due desc, todo.id desc limit $6
"""
ONE = f"{ITEM} and todo.id = $3"
STATES = f"""
select concerned.*, not concerned.late as in_time, coalesce(person.name, '') as ticker
from ({CONCERNED}) concerned left join person on person.id = concerned.ticked_by
where concerned.todo_id = $2 and (not concerned.late, concerned.cluster_id) > ($3, $4)
order by not concerned.late, concerned.cluster_id limit $5
"""
AS_SEEN = f"""
select todo.id, todo.title, todo.text, todo.language, todo.due, coalesce(author.name, '') as name,
  concerned.cluster_id, concerned.cluster, concerned.approach, concerned.ticked_at, concerned.late,
  coalesce(person.name, '') as ticker
from ({CONCERNED}) concerned join todo on todo.id = concerned.todo_id
left join person on person.id = concerned.ticked_by left join person author on author.id = todo.added_by
"""
OF_CLUSTER = f"""
{AS_SEEN} where concerned.cluster_id = $2 and todo.due between $3 and $4 and (todo.due, todo.id) > ($5, $6)
order by todo.due, todo.id limit $7
"""
WAITING = f"""
{AS_SEEN} where concerned.cluster_id = any($2::uuid[]) and concerned.ticked_at is null and todo.due <= $3
  and todo.due >= ($1::timestamptz)::date - case concerned.approach when 'top_down' then 180 else 0 end
  and (todo.due, todo.id, concerned.cluster_id) > ($4, $5, $6)
order by todo.due, todo.id, concerned.cluster_id limit $7
"""
UNTICKED = f"""
select cluster_id, cluster, approach, late and (reminded_at is null or reminded_at < $3) as remindable
from ({CONCERNED}) concerned where todo_id = $2 and ticked_at is null order by cluster_id
"""
TICKED = """
insert into todo_tick (todo_id, cluster_id, ticked_at, ticked_by) values ($1, $2, $3, $4)
on conflict do nothing returning todo_id
"""
REMINDED = """
insert into todo_reminder (todo_id, cluster_id, reminded_at, reminded_by)
select $1, cluster_id, $3, $4 from unnest($2::uuid[]) late(cluster_id) order by cluster_id
on conflict (todo_id, cluster_id) do update set reminded_at = excluded.reminded_at, reminded_by = excluded.reminded_by
"""
CHOSEN = """
insert into todo_cluster (todo_id, cluster_id) select $1, cluster_id from unnest($2::uuid[]) chosen(cluster_id)
order by cluster_id on conflict do nothing
"""
# A cluster that is closed stays chosen: it can be opened again.
UNCHOSEN = """
delete from todo_cluster where todo_id = $1 and cluster_id <> all($2::uuid[])
  and cluster_id in (select id from cluster where closed_at is null)
"""
OF_THIS_COUNTRY = """
select count(*) from cluster
where id = any($1::uuid[]) and country = $2 and (closed_at is null or id = any($3::uuid[]))
"""


@dataclass(frozen=True)
class TodosOf:
    """A country of the programme, by which its to-dos are set."""

    country: str


@dataclass(frozen=True)
class VisibleTodo:
    """A to-do, for the offices of its country."""

    todo: Todo

    @property
    def country(self) -> str:
        return self.todo.country


@dataclass(frozen=True)
class TodoOfCluster(OfVisibleCluster):
    """A to-do of a cluster in sight: `id` is the cluster's, as the policy asks for it."""

    todo: Todo

    @property
    def id(self) -> UUID:
        return self.cluster.id


async def todos_of(country: Country, db: Db) -> TodosOf:
    """Raises NotFound where the country takes no part."""
    if not await takes_part(db, country):
        raise NotFound
    return TodosOf(country)


async def visible_todo(todo_id: UUID, db: Db) -> VisibleTodo:
    """Raises NotFound, also for one that was removed."""
    todo = await db.get(Todo, todo_id)
    if todo is None or todo.has_ended:
        raise NotFound
    return VisibleTodo(todo)


async def todo_of_cluster(todo_id: UUID, cluster_id: UUID, db: Db, actor: CurrentMember) -> TodoOfCluster:
    """Raises NotFound where it is not for this cluster, or the cluster not in sight."""
    todo = (await visible_todo(todo_id, db)).todo
    known = select(Cluster).where(
        Cluster.id == cluster_id, Cluster.country == todo.country, within_sight(actor, col(Cluster.id))
    )
    cluster = (await db.exec(known)).one_or_none()
    if cluster is None or not await is_for(db, todo, cluster):
        raise NotFound
    return TodoOfCluster(cluster, todo)


async def is_for(db: AsyncSession, todo: Todo, cluster: Cluster) -> bool:
    """As `CONCERNED` has it, whether the cluster is open or not."""
    formed_on = cluster.formed_at.astimezone(ZoneInfo(cluster.zone)).date()
    is_asked = todo.for_all or await db.get(TodoCluster, (todo.id, cluster.id)) is not None
    return not todo.has_ended and formed_on <= todo.due and is_asked


async def is_there(db: AsyncSession, country: str, title: str, due: date, but: UUID | None) -> bool:
    """Whether another one says the same for the same day."""
    same = select(Todo.id).where(
        Todo.country == country, Todo.title == title, Todo.due == due, col(Todo.removed_at).is_(None), Todo.id != but
    )
    return (await db.exec(same)).first() is not None


async def chosen_for(db: AsyncSession, todo_id: UUID) -> Sequence[UUID]:
    chosen = select(TodoCluster.cluster_id).where(TodoCluster.todo_id == todo_id).order_by(col(TodoCluster.cluster_id))
    return (await db.exec(chosen)).all()


async def are_of(connection: Plain, cluster_ids: Sequence[UUID], country: str, known: Sequence[UUID]) -> bool:
    """Whether all of these are clusters of this country, and open or `known` already."""
    found: int = await connection.fetchval(OF_THIS_COUNTRY, list(cluster_ids), country, list(known))
    return found == len(cluster_ids)


async def todos_in_country(
    pool: asyncpg.Pool, country: str, at: datetime, reminded: datetime, before: tuple[date, UUID], limit: int
) -> list[dict[str, Any]]:
    """Those due last first; one more than the page has."""
    return [dict(row) for row in await pool.fetch(OF_COUNTRY, at, reminded, country, *before, limit + 1)]


async def todo_summed_up(connection: Plain, todo_id: UUID, at: datetime, reminded: datetime) -> dict[str, Any]:
    row = await connection.fetchrow(ONE, at, reminded, todo_id)
    if row is None:
        raise NotFound
    return dict(row)


async def states_of(
    pool: asyncpg.Pool, todo_id: UUID, at: datetime, after: tuple[bool, UUID], limit: int
) -> list[dict[str, Any]]:
    """How far each cluster is with it, those that are late first; one more than the page has."""
    rows = await pool.fetch(STATES, at, todo_id, *after, limit + 1)
    return [{**row, "ticked_by": row["ticker"]} for row in rows]


async def todos_in_cluster(
    pool: asyncpg.Pool, cluster_id: UUID, at: datetime, days: tuple[date, date], after: tuple[date, UUID], limit: int
) -> list[dict[str, Any]]:
    """Those due first; one more than the page has."""
    return [dict(row) for row in await pool.fetch(OF_CLUSTER, at, cluster_id, *days, *after, limit + 1)]


async def waiting_todos(
    pool: asyncpg.Pool, clusters: Sequence[UUID], at: datetime, until: date, after: tuple[date, UUID, UUID], limit: int
) -> list[dict[str, Any]]:
    """Of these clusters, what is not ticked and due by then; one more than the page has."""
    return [dict(row) for row in await pool.fetch(WAITING, at, list(clusters), until, *after, limit + 1)]


async def unticked(connection: Plain, todo_id: UUID, at: datetime, reminded: datetime) -> list[asyncpg.Record]:
    """The clusters that have not done it, and whether they may be reminded now."""
    return list(await connection.fetch(UNTICKED, at, todo_id, reminded))
