from uuid import UUID

from kit.jobs import Context, Jobs
from services.clusters.post.digests.actions import send_digest, send_overdue

jobs = Jobs()


@jobs.job("digest.send")
async def send(context: Context, person_id: str) -> None:
    async with context.database.transaction() as db:
        await send_digest(db, UUID(person_id))


@jobs.hourly()
async def wake_digests(context: Context) -> None:
    async with context.database.transaction() as db:
        await send_overdue(db)
