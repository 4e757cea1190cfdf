from uuid import UUID

from kit.clock import now
from kit.jobs import Context, Jobs
from services.events.events.actions import end_with_cluster
from services.events.events.queries import coming_in

jobs = Jobs()


@jobs.job("events.end_with_cluster")
async def end_events(context: Context, cluster_id: str, by: str | None) -> None:
    """Cancel what a cluster that was closed had still planned, each in a transaction of its own."""
    for event_id in await coming_in(context.database.pool, UUID(cluster_id), now()):
        async with context.database.transaction() as db:
            await end_with_cluster(db, event_id, UUID(by) if by else None)
