from datetime import timedelta

from kit.clock import real_now
from kit.jobs import Context, Jobs, Kept
from services.clusters.overviews.nudging.queries import forget_past

jobs = Jobs()
RESTS = Kept("what somebody does not want to be nudged about", timedelta(), "the day until which they said so")


@jobs.hourly(RESTS)
async def forget_rests(context: Context) -> None:
    await forget_past(context.database.pool, real_now().date())
