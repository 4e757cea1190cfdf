from uuid import UUID

from kit.jobs import Context, Jobs, Kept
from services.clusters.doors.imports import actions

jobs = Jobs()


@jobs.job("import.try")
async def try_list(context: Context, import_id: str) -> None:
    await actions.try_list(context.database, UUID(import_id))


@jobs.job("import.run")
async def bring_in(context: Context, import_id: str) -> None:
    await actions.bring_in(context.database, UUID(import_id))


@jobs.hourly(Kept("lists that were brought", actions.KEPT, "bringing"))
async def forget_old_imports(context: Context) -> None:
    async with context.database.transaction() as db:
        await actions.forget_old_imports(db)
