"""Which clusters one may know of: the own, a program that which let it in, an office its country's, or all."""

from dataclasses import dataclass
from uuid import UUID

import asyncpg

from kit.problems import NotFound
from services.roster.standing import ClusterInSight, Member

CLUSTERS = "select id from cluster where id = any($1::uuid[]) or country = any($2::text[]) or $3"
ONE = """
select id, country, approach from cluster
where id = $4 and (id = any($1::uuid[]) or country = any($2::text[]) or $3)
"""


@dataclass(frozen=True)
class InCluster:
    """A thing of a cluster in sight, which the policy asks about."""

    cluster: ClusterInSight


async def clusters_in_sight(pool: asyncpg.Pool, actor: Member) -> list[UUID]:
    if not actor.offices:
        return list(actor.in_sight)
    rows = await pool.fetch(CLUSTERS, list(actor.in_sight), actor.countries, actor.is_programme)
    return [row["id"] for row in rows]


async def cluster_in_sight(pool: asyncpg.Pool, actor: Member, cluster_id: UUID) -> InCluster:
    """Raises NotFound."""
    row = await pool.fetchrow(ONE, list(actor.in_sight), actor.countries, actor.is_programme, cluster_id)
    if row is None:
        raise NotFound
    return InCluster(ClusterInSight(row["id"], row["country"], row["approach"]))
