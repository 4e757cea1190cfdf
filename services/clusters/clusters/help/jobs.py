from kit.clock import happening, real_now
from kit.jobs import Context, Jobs
from services.clusters.clusters.help.actions import climb_if_late
from services.clusters.clusters.help.queries import late_requests

jobs = Jobs()


@jobs.job("help.climb")
async def climb(context: Context) -> None:
    await climb_overdue(context)


@jobs.hourly()
async def climb_overdue(context: Context) -> None:
    """One after the other; also those whose job came while the cluster was closed."""
    with happening(None):
        for request_id in await late_requests(context.database.pool, real_now()):
            async with context.database.transaction() as db:
                await climb_if_late(db, request_id, real_now())
