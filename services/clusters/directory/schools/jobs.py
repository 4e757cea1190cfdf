from kit.jobs import Context, Jobs
from services.clusters.directory.schools.actions import SORTED_AT_ONCE, sort_the_unsorted

jobs = Jobs()


@jobs.hourly()
async def sort_schools(context: Context) -> None:
    """What the version before registers, and what there is when the house learns a language, gets its place."""
    while True:
        async with context.database.transaction() as db:
            done = await sort_the_unsorted(db)
        if done < SORTED_AT_ONCE:
            return
