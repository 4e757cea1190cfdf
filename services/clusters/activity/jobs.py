from kit.jobs import Context, Jobs
from services.clusters.activity.actions import look_ahead

jobs = Jobs()


@jobs.hourly()
async def look_at_what_comes_near(context: Context) -> None:
    await look_ahead(context.database)
