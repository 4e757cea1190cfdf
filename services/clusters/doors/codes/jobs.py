from uuid import UUID

from kit.jobs import Context, Jobs, Kept
from services.clusters.doors.codes.actions import KEPT_AFTER, ask_in, forget_old_codes

jobs = Jobs()


@jobs.job("codes.ask_in")
async def ask_newcomer_in(context: Context, newcomer_id: str) -> None:
    async with context.database.transaction() as db:
        await ask_in(db, UUID(newcomer_id))


@jobs.hourly(
    Kept("codes of schools", KEPT_AFTER, "their end"),
    Kept("name and address of who typed a code, or came by an account, and could not be asked in", KEPT_AFTER, "that"),
)
async def sweep_codes(context: Context) -> None:
    async with context.database.transaction() as db:
        await forget_old_codes(db)
