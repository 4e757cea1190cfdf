from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Plain
from services.clusters.deciding.decision_rules.group import VERBS
from services.clusters.deciding.proposals.models import Proposal, ProposalState
from services.clusters.year.plans.models import Plan, PlanState
from services.clusters.year.todos.queries import CONCERNED

# As on Today, what was due half a year ago is owed no more.
TODOS = f"""
select count(*) from ({CONCERNED}) concerned join todo on todo.id = concerned.todo_id
where concerned.cluster_id = $2 and concerned.ticked_at is null and todo.due > $1::timestamptz::date - 180
"""


async def plans_handed_in(db: AsyncSession, cluster_id: UUID) -> Sequence[Plan]:
    waiting = select(Plan).where(Plan.cluster_id == cluster_id, Plan.state == PlanState.handed_in)
    return (await db.exec(waiting.order_by(col(Plan.id)))).all()


async def proposals_with_deeds(db: AsyncSession, cluster_id: UUID) -> Sequence[Proposal]:
    """Those that are open, and do what only a cluster may that decides by itself."""
    doing = select(Proposal).where(
        Proposal.cluster_id == cluster_id, Proposal.state == ProposalState.open, col(Proposal.matter).in_(VERBS)
    )
    return (await db.exec(doing.order_by(col(Proposal.id)))).all()


async def undone_todos(connection: Plain, cluster_id: UUID, at: datetime) -> int:
    found: Any = await connection.fetchval(TODOS, at, cluster_id)
    return int(found)
