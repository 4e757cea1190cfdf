from uuid import UUID

from kit.jobs import Context, Jobs, Kept
from services.clusters.doors.addresses.actions import forget_old_waiting, send_letter
from services.clusters.doors.addresses.models import WAITS_FOR

jobs = Jobs()


@jobs.job("address.send_letter")
async def send_address_letter(context: Context, person_id: str) -> None:
    async with context.database.transaction() as db:
        await send_letter(db, UUID(person_id))


@jobs.hourly(Kept("addresses that nobody has confirmed yet", WAITS_FOR, "the last letter that was asked for"))
async def sweep(context: Context) -> None:
    async with context.database.transaction() as db:
        await forget_old_waiting(db)
