from kit.jobs import Context, Jobs
from services.clusters.sessions.actions import forget_old_ways_in

jobs = Jobs()


@jobs.hourly
async def sweep(context: Context) -> None:
    async with context.database.transaction() as session:
        await forget_old_ways_in(session)
