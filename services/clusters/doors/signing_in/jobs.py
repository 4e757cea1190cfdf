from uuid import UUID

from kit.jobs import Context, Jobs
from services.clusters.doors.links.actions import send_mail_link
from services.clusters.doors.signing_in.actions import forget_old_ways_in

jobs = Jobs()


@jobs.job("sign_in.send_link")
async def send_link(context: Context, request_id: str) -> None:
    async with context.database.transaction() as db:
        await send_mail_link(db, UUID(request_id))


@jobs.hourly
async def sweep(context: Context) -> None:
    async with context.database.transaction() as db:
        await forget_old_ways_in(db)
