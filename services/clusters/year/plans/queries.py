from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.db import Db, Plain, Reader
from kit.problems import NotFound
from services.clusters.activity.queries import ALL_TOLD
from services.clusters.clusters.clusters.models import Approach, Cluster
from services.clusters.clusters.clusters.queries import OfVisibleCluster
from services.clusters.sight import sight_of, within_sight
from services.clusters.year.plans.models import PartKind, Plan, PlanEdition, PlanPart, PlanState
from services.roster.activity.models import ActivityKind
from services.roster.sections import Section
from services.roster.standing import CurrentMember, Member

LAST_YEAR = 9999
ITEM = """
select plan.id, plan.cluster_id, cluster.name as cluster, cluster.country, cluster.approach, plan.year,
  plan.state, plan.approved_edition, plan.changed_at, plan.handed_in_at
from plan join cluster on cluster.id = plan.cluster_id
"""
OF_CLUSTER = f"{ITEM} where plan.cluster_id = $1 and plan.year < $2 order by plan.year desc limit $3"
# What the cluster did in the months of an activity, as its section of the year report has it; $2 is the moment. Until
# all is counted nothing is said.
THIS_MONTH = "date_trunc('month', $2::timestamptz at time zone cluster.zone)"
HAPPENED = f"""
left join lateral (
  select
    coalesce(sum(count) filter (where kind <> '{ActivityKind.entries}' and month < {THIS_MONTH}), 0)::int as meetings,
    coalesce(sum(count) filter (where kind <> '{ActivityKind.entries}' and month >= {THIS_MONTH}), 0)::int
      as meetings_ahead,
    coalesce(sum(count) filter (where kind = '{ActivityKind.entries}'), 0)::int as entries
  from cluster_activity
  where cluster_id = plan.cluster_id and month between date_trunc('month', part.begins) and part.ends and (
    kind = 'meetings_' || part.section or (kind = '{ActivityKind.entries}' and part.section = '{Section.outcomes}'))
) happened on part.kind = '{PartKind.activity}' and {ALL_TOLD}
"""
PARTS = f"""
select part.*, coalesce(school.name, '') as school,
  coalesce(person.name, (select name from cluster where id = part.changed_by), '') as changer,
  happened.meetings, happened.meetings_ahead, happened.entries
from plan_part part join plan on plan.id = part.plan_id join cluster on cluster.id = plan.cluster_id
left join school on school.id = part.school_id left join person on person.id = part.changed_by {HAPPENED}
where part.plan_id = $1 and part.removed_at is null
order by array_position(array['priority', 'goal', 'activity', 'milestone'], part.kind),
  part.begins, part.ends, part.id limit 1000
"""
PART = f"""
select part.*, coalesce(school.name, '') as school,
  coalesce(person.name, (select name from cluster where id = part.changed_by), '') as changer,
  happened.meetings, happened.meetings_ahead, happened.entries,
  plan.year, plan.state, plan.cluster_id, cluster.name as cluster, cluster.country, cluster.approach, cluster.zone,
  cluster.closed_at
from plan_part part join plan on plan.id = part.plan_id join cluster on cluster.id = plan.cluster_id
left join school on school.id = part.school_id left join person on person.id = part.changed_by {HAPPENED}
where part.id = $1 and part.removed_at is null
  and cluster.id in (select cluster_id from clusters_in_sight($3, $4, $5))
"""
PAGE = """
select plan.*, cluster.name as cluster, cluster.country, cluster.approach, cluster.zone, cluster.closed_at,
  coalesce((select name from person where id = plan.changed_by),
    case when plan.changed_by = cluster.id then cluster.name end, '') as changer,
  coalesce((select name from person where id = plan.handed_in_by), '') as hander,
  (select coalesce(json_agg(edition), '[]') from (
     select edition.number, edition.made_at, coalesce(person.name, '') as made_by
     from plan_edition edition left join person on person.id = edition.made_by
     where edition.plan_id = plan.id order by edition.number desc limit 100) edition) as editions,
  (select coalesce(json_agg(answer), '[]') from (
     select answer.id, answer.edition, answer.approved, answer.word, answer.language, answer.written_by,
       answer.written_at, person.name
     from plan_answer answer join person on person.id = answer.written_by
     where answer.plan_id = plan.id order by answer.id desc limit 100) answer) as answers,
  (select parts from plan_edition edition where edition.plan_id = plan.id order by
     edition.number in (select answer.edition from plan_answer answer where answer.plan_id = plan.id) desc, number desc
   limit 1) as before
from plan join cluster on cluster.id = plan.cluster_id
where plan.id = $1 and cluster.id in (select cluster_id from clusters_in_sight($2, $3, $4))
"""
EDITION = """
select edition.plan_id, edition.number, edition.made_at, edition.parts, coalesce(person.name, '') as made_by,
  plan.cluster_id, plan.year, cluster.name as cluster
from plan_edition edition join plan on plan.id = edition.plan_id join cluster on cluster.id = plan.cluster_id
left join person on person.id = edition.made_by
where edition.plan_id = $1 and edition.number = $2
"""


@dataclass(frozen=True)
class VisiblePlan(OfVisibleCluster):
    """A plan of a cluster in sight: `id` is the cluster's, as the policy asks for it."""

    plan: Plan
    page: dict[str, Any] | None = None

    @property
    def id(self) -> UUID:
        return self.cluster.id

    @property
    def state(self) -> str:
        return self.plan.state

    @property
    def handed_in_by(self) -> UUID | None:
        return self.plan.handed_in_by


@dataclass(frozen=True)
class VisiblePart(VisiblePlan):
    """A part of it."""

    part: PlanPart | None = None

    @property
    def kind(self) -> str:
        assert self.part
        return self.part.kind

    @property
    def done_at(self) -> datetime | None:
        assert self.part
        return self.part.done_at


async def visible_plan(plan_id: UUID, db: Db, actor: CurrentMember) -> VisiblePlan:
    """A plan to act on. Raises NotFound."""
    found = (
        await db.exec(
            select(Cluster, Plan)
            .join(Plan, col(Cluster.id) == Plan.cluster_id)
            .where(Plan.id == plan_id, within_sight(actor, col(Cluster.id)))
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return VisiblePlan(*found)


async def visible_part(part_id: UUID, db: Db, actor: CurrentMember) -> VisiblePart:
    """A part to act on. Raises NotFound, also for one that was removed."""
    found = (
        await db.exec(
            select(Cluster, Plan, PlanPart)
            .join(Plan, col(Cluster.id) == Plan.cluster_id)
            .join(PlanPart, col(Plan.id) == PlanPart.plan_id)
            .where(PlanPart.id == part_id, col(PlanPart.removed_at).is_(None), within_sight(actor, col(Cluster.id)))
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    cluster, plan, part = found
    return VisiblePart(cluster, plan, part=part)


async def seen_plan(plan_id: UUID, pool: Reader, actor: CurrentMember) -> VisiblePlan:
    """A plan to look at, with its `page`: a row of no transaction. Raises NotFound."""
    return await plan_seen(pool, plan_id, actor)


async def plan_seen(connection: Plain, plan_id: UUID, actor: Member) -> VisiblePlan:
    """As it stands for this connection."""
    row = await connection.fetchrow(PAGE, plan_id, *sight_of(actor))
    if row is None:
        raise NotFound
    known = dict(row)
    return VisiblePlan(_cluster_of(known), _plan_of(known), known)


async def seen_part(part_id: UUID, pool: Reader, actor: CurrentMember) -> VisiblePart:
    return await part_seen(pool, part_id, actor)


async def part_seen(connection: Plain, part_id: UUID, actor: Member) -> VisiblePart:
    row = await connection.fetchrow(PART, part_id, now(), *sight_of(actor))
    if row is None:
        raise NotFound
    known = dict(row)
    plan = Plan(id=known["plan_id"], cluster_id=known["cluster_id"], year=known["year"], state=known["state"])
    part = PlanPart(**{name: known[name] for name in PlanPart.model_fields})
    return VisiblePart(_cluster_of(known), plan, known, part)


def _cluster_of(row: dict[str, Any]) -> Cluster:
    asked = {"id": row["cluster_id"], "name": row["cluster"], "approach": Approach(row["approach"])}
    return Cluster(**asked, **{name: row[name] for name in ("country", "zone", "closed_at")})


def _plan_of(row: dict[str, Any]) -> Plan:
    return Plan(**{name: row[name] for name in Plan.model_fields} | {"state": PlanState(row["state"])})


async def parts_of(connection: Plain, plan_id: UUID) -> list[dict[str, Any]]:
    """In the order in which they are shown."""
    rows = await connection.fetch(PARTS, plan_id, now())
    return [{**row, "changed_by": row["changer"]} for row in rows]


async def plan_of(db: AsyncSession, cluster_id: UUID, year: int) -> Plan | None:
    return (await db.exec(select(Plan).where(Plan.cluster_id == cluster_id, Plan.year == year))).one_or_none()


async def newest_plan(db: AsyncSession, cluster_id: UUID, before: int = LAST_YEAR) -> Plan | None:
    """Of the years before this one."""
    newest = select(Plan).where(Plan.cluster_id == cluster_id, Plan.year < before)
    return (await db.exec(newest.order_by(col(Plan.year).desc()).limit(1))).one_or_none()


async def live_parts(db: AsyncSession, plan_id: UUID) -> Sequence[PlanPart]:
    live = select(PlanPart).where(PlanPart.plan_id == plan_id, col(PlanPart.removed_at).is_(None))
    return (await db.exec(live.order_by(col(PlanPart.id)))).all()


async def how_many_parts(db: AsyncSession, plan_id: UUID) -> int:
    live = select(sa.func.count()).where(PlanPart.plan_id == plan_id, col(PlanPart.removed_at).is_(None))
    return (await db.exec(live)).one()


async def newest_edition(db: AsyncSession, plan_id: UUID) -> PlanEdition | None:
    newest = select(PlanEdition).where(PlanEdition.plan_id == plan_id).order_by(col(PlanEdition.number).desc()).limit(1)
    return (await db.exec(newest)).one_or_none()


async def plans_of(pool: asyncpg.Pool, cluster_id: UUID, before: int, limit: int) -> list[dict[str, Any]]:
    """The plans of a cluster, newest year first; one more than the page has."""
    return [dict(row) for row in await pool.fetch(OF_CLUSTER, cluster_id, before, limit + 1)]


async def edition_of_plan(pool: asyncpg.Pool, plan_id: UUID, number: int) -> dict[str, Any]:
    """Raises NotFound."""
    row = await pool.fetchrow(EDITION, plan_id, number)
    if row is None:
        raise NotFound
    return dict(row)
