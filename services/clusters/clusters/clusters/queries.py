from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db, Reader
from kit.problems import NotFound
from services.clusters.clusters.clusters.models import Approach, Beginning, Cluster
from services.clusters.clusters.clusters.schemas import ClusterIn
from services.clusters.sight import sight_of, within_sight
from services.roster.standing import CurrentMember

SEEN = """
select * from cluster where id = $1 and id in (select cluster_id from clusters_in_sight($2, $3, $4))
"""


@dataclass(frozen=True)
class OfVisibleCluster:
    """A thing of a cluster, by what the policy asks of that."""

    cluster: Cluster

    @property
    def country(self) -> str:
        return self.cluster.country

    @property
    def approach(self) -> str:
        return self.cluster.approach

    @property
    def cluster_closed_at(self) -> datetime | None:
        return self.cluster.closed_at


async def seen_cluster(cluster_id: UUID, pool: Reader, actor: CurrentMember) -> Cluster:
    """A cluster to look at: a row of no transaction. Raises NotFound."""
    row = await pool.fetchrow(SEEN, cluster_id, *sight_of(actor))
    if row is None:
        raise NotFound
    return Cluster(**{**row, "approach": Approach(row["approach"])})


async def visible_cluster(cluster_id: UUID, db: Db, actor: CurrentMember) -> Cluster:
    """A cluster to change. Raises NotFound."""
    cluster = (
        await db.exec(select(Cluster).where(Cluster.id == cluster_id, within_sight(actor, col(Cluster.id))))
    ).one_or_none()
    if cluster is None:
        raise NotFound
    return cluster


async def has_begun(db: AsyncSession, cluster_id: UUID) -> bool:
    return await db.get(Beginning, cluster_id) is not None


async def cluster_to_form(new: ClusterIn) -> ClusterIn:
    """What is asked for: the policy asks about its country."""
    return new
