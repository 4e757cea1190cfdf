from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from services.clusters.deciding.decision_rules.models import DecisionRule


async def rule_of(db: AsyncSession, cluster_id: UUID) -> DecisionRule:
    """The usual one has the version 0, and no row."""
    return await db.get(DecisionRule, cluster_id) or DecisionRule(cluster_id=cluster_id, version=0)
