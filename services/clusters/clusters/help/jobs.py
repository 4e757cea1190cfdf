from kit.clock import real_now
from kit.jobs import Context, Jobs
from services.clusters.clusters.help.actions import climb_late

jobs = Jobs()


@jobs.job("help.climb")
async def climb(context: Context) -> None:
    async with context.database.transaction() as db:
        await climb_late(db, real_now())


@jobs.hourly()
async def climb_overdue(context: Context) -> None:
    """Also those whose job came while the cluster was closed."""
    async with context.database.transaction() as db:
        await climb_late(db, real_now())
