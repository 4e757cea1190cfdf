from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.db import Db
from kit.problems import NotFound
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.clusters.queries import OfVisibleCluster
from services.clusters.deciding.proposals.models import Proposal, ProposalRound, ProposalState
from services.clusters.sight import within_sight
from services.roster.standing import CurrentMember


@dataclass(frozen=True)
class VisibleProposal(OfVisibleCluster):
    """A proposal of a cluster in sight: `id` is the cluster's, as the policy asks for it; `round` is asked now."""

    proposal: Proposal
    round: ProposalRound | None
    page: dict[str, Any] | None = None

    @property
    def id(self) -> UUID:
        return self.cluster.id

    @property
    def proposed_by(self) -> UUID:
        return self.proposal.proposed_by

    @property
    def is_asked(self) -> bool:
        return self.round is not None

    @property
    def is_undecided(self) -> bool:
        return self.proposal.state == ProposalState.open


async def visible_proposal(proposal_id: UUID, db: Db, actor: CurrentMember) -> VisibleProposal:
    """A proposal to act on. Raises NotFound."""
    found = (
        await db.exec(
            select(Cluster, Proposal)
            .join(Proposal, col(Cluster.id) == Proposal.cluster_id)
            .where(Proposal.id == proposal_id, within_sight(actor, col(Cluster.id)))
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return VisibleProposal(*found, await asked_now(db, proposal_id, now()))


async def asked_now(db: AsyncSession, proposal_id: UUID, at: datetime) -> ProposalRound | None:
    """The round that is asked at this moment; of what was taken back, or has ended, none is."""
    asked = (
        select(ProposalRound)
        .join(Proposal, col(Proposal.id) == ProposalRound.proposal_id)
        .where(
            col(Proposal.state).in_((ProposalState.open, ProposalState.decided)),
            ProposalRound.proposal_id == proposal_id,
            col(ProposalRound.counted_at).is_(None),
            ProposalRound.begins_at <= at,
            ProposalRound.ends_at > at,
        )
    )
    return (await db.exec(asked.order_by(col(ProposalRound.number)).limit(1))).first()


async def proposed_lately(db: AsyncSession, cluster_id: UUID, person_id: UUID, since: datetime) -> int:
    """How often somebody has proposed something to a cluster since then."""
    lately = select(sa.func.count()).where(
        Proposal.cluster_id == cluster_id, Proposal.proposed_by == person_id, Proposal.proposed_at > since
    )
    return (await db.exec(lately)).one()


async def open_proposals(db: AsyncSession, cluster_id: UUID) -> int:
    """How many of a cluster are open."""
    undecided = select(sa.func.count()).where(
        Proposal.cluster_id == cluster_id, Proposal.state == ProposalState.open
    )  # fmt: skip
    return (await db.exec(undecided)).one()
