from kit.jobs import Context, Jobs, Kept
from services.clusters.doors.introductions.actions import forget_old_introductions
from services.clusters.doors.introductions.models import INTRODUCTION_LASTS

jobs = Jobs()


@jobs.hourly(Kept("name and address that a provider said of a newcomer", INTRODUCTION_LASTS, "signing in there"))
async def sweep_introductions(context: Context) -> None:
    async with context.database.transaction() as db:
        await forget_old_introductions(db)
