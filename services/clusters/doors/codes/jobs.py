from uuid import UUID

from kit.jobs import Context, Jobs
from services.clusters.doors.codes.actions import ask_in, forget_old_codes

jobs = Jobs()


@jobs.job("codes.ask_in")
async def ask_newcomer_in(context: Context, newcomer_id: str) -> None:
    async with context.database.transaction() as db:
        await ask_in(db, UUID(newcomer_id))


@jobs.hourly
async def sweep_codes(context: Context) -> None:
    async with context.database.transaction() as db:
        await forget_old_codes(db)
