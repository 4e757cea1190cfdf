from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import asyncpg
from sqlmodel import select

from kit.db import Db
from kit.problems import NotFound
from services.clusters.directory.people.models import Person
from services.clusters.year.deadlines.models import CalendarFeed
from services.clusters.year.todos.queries import CONCERNED

MINE = """
select membership.cluster_id from staff join membership on membership.school_id = staff.school_id
where staff.person_id = $1 and staff.ended_at is null and membership.ended_at is null
"""
DEADLINES = f"""
select * from (
  select 'milestone' as kind, part.id, plan.cluster_id, cluster.name as cluster, part.title, part.text, part.language,
    part.ends as due, part.version, greatest(part.changed_at, part.done_at) as changed_at,
    part.done_at is not null as done, '/plans/' || plan.id as path
  from plan_part part join plan on plan.id = part.plan_id join cluster on cluster.id = plan.cluster_id
  where plan.cluster_id = any($2::uuid[]) and part.kind = 'milestone' and part.removed_at is null
    and cluster.closed_at is null
  union all
  select 'todo', todo.id, concerned.cluster_id, concerned.cluster, todo.title, todo.text, todo.language, todo.due,
    todo.version, greatest(todo.changed_at, concerned.ticked_at), concerned.ticked_at is not null,
    '/clusters/' || concerned.cluster_id || '/todos'
  from ({CONCERNED}) concerned join todo on todo.id = concerned.todo_id
  where concerned.cluster_id = any($2::uuid[])) deadline
where due >= $3 order by due, id, cluster_id limit 1000
"""


@dataclass(frozen=True)
class Deadline:
    """A milestone of a plan, or a to-do: until when what is to be done in which cluster, and whether it is."""

    kind: str
    id: UUID
    cluster_id: UUID
    cluster: str
    title: str
    text: str
    language: str
    due: date
    version: int
    changed_at: datetime
    done: bool
    path: str


async def reader_of(key: str, db: Db) -> Person:
    """Whose calendar this key opens. Raises NotFound, also for who left for good."""
    theirs = select(Person).join(CalendarFeed).where(CalendarFeed.key == key)
    person = (await db.exec(theirs)).one_or_none()
    if person is None or person.left_at:
        raise NotFound
    return person


async def deadlines_of(pool: asyncpg.Pool, person_id: UUID, at: datetime, since: date) -> list[Deadline]:
    """In their clusters, from this day on."""
    clusters = [row["cluster_id"] for row in await pool.fetch(MINE, person_id)]
    return await deadlines_in(pool, clusters, at, since)


async def deadlines_in(pool: asyncpg.Pool, clusters: Sequence[UUID], at: datetime, since: date) -> list[Deadline]:
    """Of these clusters, from this day on, those due first."""
    return [Deadline(**row) for row in await pool.fetch(DEADLINES, at, list(clusters), since)]
