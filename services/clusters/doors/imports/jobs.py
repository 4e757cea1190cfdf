from uuid import UUID

from kit.jobs import Context, Jobs, Kept
from services.clusters.doors.imports import actions
from services.clusters.doors.imports.forgetting import forget_old_imports
from services.clusters.doors.lists.models import KEPT, KEPT_UNBEGUN, LONGEST_RUN, ROWS_KEPT

jobs = Jobs()


@jobs.job("import.try")
async def try_list(context: Context, import_id: str) -> None:
    await actions.try_list(context.database, UUID(import_id))


@jobs.job("import.run")
async def bring_in(context: Context, import_id: str) -> None:
    await actions.bring_in(context.database, UUID(import_id))


@jobs.hourly(
    Kept("lists that were read, and not brought in", KEPT_UNBEGUN, "reading"),
    Kept("lists that were begun, and not brought in to their end: they end then", LONGEST_RUN, "their beginning"),
    Kept(
        "what stood in the rows of a list, with names and addresses of people; schools and clusters stay named",
        ROWS_KEPT,
        "its end",
    ),
    Kept("of a list that was brought in: what became of how many rows, and what was wrong where", KEPT, "reading"),
)
async def sweep_lists(context: Context) -> None:
    async with context.database.transaction() as db:
        await forget_old_imports(db)
