from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Plain
from services.clusters.deciding.proposals.models import ProposalRound

# Those of one proposal one after the other, as they are asked.
DUE = """
select round.proposal_id, round.number from proposal_round round join proposal on proposal.id = round.proposal_id
join cluster on cluster.id = proposal.cluster_id
where round.counted_at is null and round.ends_at <= $1 and cluster.closed_at is null
  and proposal.state in ('open', 'decided')
order by round.ends_at, round.proposal_id, round.number limit 1000
"""
REOPENED = """
select exists (select from fact where cluster_id = $1 and kind = 'cluster.reopened'
  and coalesce(recorded_at, at) >= $2)
"""
BEGUN = """
select round.proposal_id, round.number from proposal_round round join proposal on proposal.id = round.proposal_id
join cluster on cluster.id = proposal.cluster_id
where round.told_at is null and round.counted_at is null and round.begins_at <= $1 and round.ends_at > $1
  and cluster.closed_at is null and proposal.state in ('open', 'decided')
order by round.begins_at, round.proposal_id, round.number limit 1000
"""


async def rounds_after(db: AsyncSession, round_: ProposalRound) -> Sequence[ProposalRound]:
    """Those of the same proposal that follow, in their order."""
    following = select(ProposalRound).where(
        ProposalRound.proposal_id == round_.proposal_id,
        ProposalRound.number > round_.number,
        col(ProposalRound.counted_at).is_(None),
    )
    return (await db.exec(following.order_by(col(ProposalRound.number)))).all()


async def was_reopened_since(connection: Plain, cluster_id: UUID, moment: datetime) -> bool:
    """Whether the cluster was closed at this moment, or later, and is open again."""
    found: bool = await connection.fetchval(REOPENED, cluster_id, moment)
    return found


async def rounds_due(pool: asyncpg.Pool, at: datetime) -> Sequence[tuple[UUID, int]]:
    """(proposal, round): those of open clusters that ended and are not counted yet."""
    return [tuple(row) for row in await pool.fetch(DUE, at)]


async def rounds_begun(pool: asyncpg.Pool, at: datetime) -> Sequence[tuple[UUID, int]]:
    """(proposal, round): those of open clusters that began, and of which nobody was told."""
    return [tuple(row) for row in await pool.fetch(BEGUN, at)]
