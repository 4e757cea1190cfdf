from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db, Plain, Reader
from kit.pages import GREATEST_ID, LEAST_ID, LONG_AGO
from kit.policy import may
from kit.problems import NotFound
from services.clusters.clusters.clusters.models import Approach, Cluster
from services.clusters.clusters.clusters.queries import OfVisibleCluster
from services.clusters.clusters.help.models import HelpAnswer, HelpPromise, HelpRequest, Readers
from services.clusters.directory.programme.queries import takes_part
from services.clusters.directory.schools.schemas import Country
from services.clusters.policy import RULES
from services.clusters.sight import sight_of, within_sight
from services.roster.standing import CurrentMember, Member

ITEM = """
select help_request.id, help_request.cluster_id, cluster.name as cluster, cluster.country, help_request.about,
  help_request.language, help_request.readers, help_request.asked_at, help_request.due_at, help_request.answered_at,
  help_request.climbed_at, help_request.settled_at
from help_request join cluster on cluster.id = help_request.cluster_id
"""
# As the policy has `help.see`: who asked, who coordinates if it is shared, the country, the programme once it climbed.
IN_CLUSTER = f"""
{ITEM} where help_request.cluster_id = $1 and help_request.id < $2 and (help_request.asked_by = $3
  or (help_request.readers = 'coordinators' and $4) or cluster.country = any($5)
  or ($6 and help_request.climbed_at is not null))
order by help_request.id desc limit $7
"""
OF_OFFICES = "(cluster.country = any($1) or ($2 and help_request.climbed_at is not null))"
WAITING = f"""
{ITEM} where help_request.due_at is not null and cluster.closed_at is null and {OF_OFFICES}
  and help_request.asked_by is distinct from $5 and (help_request.due_at, help_request.id) > ($3, $4)
order by help_request.due_at, help_request.id limit $6
"""
NEWEST = f"""
{ITEM} where {OF_OFFICES} and help_request.id < $3 order by help_request.id desc limit $4
"""
LATE = """
select help_request.id from help_request join cluster on cluster.id = help_request.cluster_id
where due_at <= $1 and climbed_at is null and closed_at is null order by due_at, help_request.id
"""
PAGE = """
select help_request.*, cluster.name as cluster, cluster.country, cluster.approach, cluster.zone, cluster.closed_at,
  asker.name, coalesce((select name from person where id = help_request.settled_by), '') as settler,
  (select coalesce(json_agg(json_build_object('id', answer.id, 'written_by', answer.written_by, 'name', person.name,
      'office', answer.office, 'text', answer.text, 'language', answer.language, 'written_at', answer.written_at)
      order by answer.id), '[]')
     from help_answer answer join person on person.id = answer.written_by where answer.request_id = help_request.id
  ) as answers
from help_request join cluster on cluster.id = help_request.cluster_id
join person asker on asker.id = help_request.asked_by
where help_request.id = $1 and cluster.id in (select cluster_id from clusters_in_sight($2, $3, $4))
"""
# Everybody whom a request concerns, once, by what they are in it first.
READERS = """
select distinct on (person_id) person_id, name, reads_as from (
  select person.id as person_id, person.name, 'asker' as reads_as, 1 as place
    from person where person.id = $1 and person.left_at is null and exists (
      select from membership join staff on staff.school_id = membership.school_id
      where membership.cluster_id = $5 and membership.ended_at is null
        and staff.person_id = $1 and staff.ended_at is null)
  union all
  select person.id, person.name, office.kind, 2 from office join person on person.id = office.person_id
    where office.ended_at is null and (office.country = $2 or ($3 and office.kind = 'programme_coordinator'))
  union all
  select person.id, person.name, 'coordinator', 3
    from membership join staff on staff.school_id = membership.school_id join person on person.id = staff.person_id
    where $4 and membership.cluster_id = $5 and membership.ended_at is null
      and staff.role = 'coordinator' and staff.ended_at is null
) reading order by person_id, place
"""
PROMISED = """
insert into help_promise (country, days, version, changed_at, changed_by) values ($1, $2, 1, $3, $4)
on conflict do nothing returning country
"""
NATIONAL_OF = """
select person.name from office join person on person.id = office.person_id
where office.kind = 'national_coordinator' and office.country = $1 and office.ended_at is null
  and office.person_id is distinct from $2
order by office.id
"""


@dataclass(frozen=True)
class VisibleHelp(OfVisibleCluster):
    """A request of a cluster in sight: `id` is the cluster's, as the policy asks for it."""

    request: HelpRequest
    page: dict[str, Any] | None = None

    @property
    def id(self) -> UUID:
        return self.cluster.id

    @property
    def asked_by(self) -> UUID:
        return self.request.asked_by

    @property
    def is_shared(self) -> bool:
        return self.request.readers == Readers.coordinators

    @property
    def climbed_at(self) -> datetime | None:
        return self.request.climbed_at

    @property
    def due_at(self) -> datetime | None:
        return self.request.due_at

    @property
    def settled_at(self) -> datetime | None:
        return self.request.settled_at


async def visible_help(request_id: UUID, db: Db, actor: CurrentMember) -> VisibleHelp:
    """A request to act on. Raises NotFound, also for who may not read it."""
    found = (
        await db.exec(
            select(Cluster, HelpRequest)
            .join(HelpRequest, col(Cluster.id) == HelpRequest.cluster_id)
            .where(HelpRequest.id == request_id, within_sight(actor, col(Cluster.id)))
        )
    ).one_or_none()
    return _readable(VisibleHelp(*found) if found else None, actor)


async def seen_help(request_id: UUID, pool: Reader, actor: CurrentMember) -> VisibleHelp:
    """A request to look at, with its `page`: a row of no transaction. Raises NotFound as `visible_help`."""
    return await help_seen(pool, request_id, actor)


async def help_seen(connection: Plain, request_id: UUID, actor: Member) -> VisibleHelp:
    """The same, also in a transaction."""
    row = await connection.fetchrow(PAGE, request_id, *sight_of(actor))
    if row is None:
        raise NotFound
    request = HelpRequest(**{name: row[name] for name in HelpRequest.model_fields})
    cluster = Cluster(
        id=row["cluster_id"],
        name=row["cluster"],
        country=row["country"],
        approach=Approach(row["approach"]),
        zone=row["zone"],
        closed_at=row["closed_at"],
    )
    return _readable(VisibleHelp(cluster, request, dict(row)), actor)


def _readable(found: VisibleHelp | None, actor: Member) -> VisibleHelp:
    if found is None or not may(RULES, actor, "help.see", found):
        raise NotFound
    return found


async def requests_in_cluster(
    pool: asyncpg.Pool, cluster_id: UUID, actor: Member, before: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Those that this reader may read, newest first."""
    rows = await pool.fetch(
        IN_CLUSTER,
        cluster_id,
        before or GREATEST_ID,
        actor.id if actor.bound_to is None else None,
        actor.bound_to is None and actor.coordinates(cluster_id),
        actor.countries,
        actor.is_programme,
        limit + 1,
    )
    return [dict(row) for row in rows]


async def waiting_requests(
    pool: asyncpg.Pool, actor: Member, after: tuple[datetime, UUID] | None, limit: int
) -> list[dict[str, Any]]:
    """Those that wait for an answer of the reader's office, most urgent first."""
    rows = await pool.fetch(
        WAITING, actor.countries, actor.is_programme, *(after or (LONG_AGO, LEAST_ID)), actor.id, limit + 1
    )  # fmt: skip
    return [dict(row) for row in rows]


async def newest_requests(pool: asyncpg.Pool, actor: Member, before: UUID | None, limit: int) -> list[dict[str, Any]]:
    """All that the reader's office may read."""
    rows = await pool.fetch(NEWEST, actor.countries, actor.is_programme, before or GREATEST_ID, limit + 1)
    return [dict(row) for row in rows]


async def waiting_requests_of(db: AsyncSession, cluster_id: UUID) -> int:
    """How many of a cluster wait for an answer."""
    waiting = select(sa.func.count()).where(HelpRequest.cluster_id == cluster_id, col(HelpRequest.due_at).is_not(None))
    return (await db.exec(waiting)).one()


async def answers_of(db: AsyncSession, request_id: UUID) -> int:
    return (await db.exec(select(sa.func.count()).where(HelpAnswer.request_id == request_id))).one()


async def late_requests(pool: asyncpg.Pool, at: datetime) -> list[UUID]:
    """Those of open clusters whose promise has passed and that have not climbed."""
    return [row["id"] for row in await pool.fetch(LATE, at)]


async def added_promise(connection: Plain, country: str, days: int, at: datetime, by: UUID | None) -> bool:
    """Whether the country had none until now: another may have promised at the same time."""
    return await connection.fetchval(PROMISED, country, days, at, by) is not None


@dataclass(frozen=True)
class PromiseOf:
    """What a country of the programme promises; None: the usual."""

    country: str
    promise: HelpPromise | None


async def promise_of(country: Country, db: Db) -> PromiseOf:
    """Raises NotFound where the country takes no part."""
    if not await takes_part(db, country):
        raise NotFound
    return PromiseOf(country, await db.get(HelpPromise, country))


async def readers_of(connection: Plain, request: HelpRequest, cluster: Cluster) -> Sequence[asyncpg.Record]:
    """Everybody who reads it now, by what they are in it."""
    shared, climbed = request.readers == Readers.coordinators, request.climbed_at is not None
    asked = request.asked_by, cluster.country, climbed, shared, cluster.id
    return list(await connection.fetch(READERS, *asked))


async def national_coordinators_of(connection: Plain, country: str, but: UUID | None) -> list[str]:
    """The names of those to whom the requests of a country go; without whoever asks."""
    return [row["name"] for row in await connection.fetch(NATIONAL_OF, country, but)]
