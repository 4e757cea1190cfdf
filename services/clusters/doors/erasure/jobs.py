from uuid import UUID

from kit.jobs import Context, Jobs
from services.clusters.doors.erasure.actions import erase_person as erase
from services.clusters.doors.erasure.lists import erase_from_lists

jobs = Jobs()


@jobs.job("person.erase")
async def erase_person(context: Context, person_id: str) -> None:
    async with context.database.transaction() as db:
        await erase_from_lists(db, UUID(person_id))
    async with context.database.transaction() as db:
        await erase(db, UUID(person_id))
