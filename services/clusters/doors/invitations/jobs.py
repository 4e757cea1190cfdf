from uuid import UUID

from kit.jobs import Context, Jobs
from services.clusters.doors.invitations.telling import tell_who_invited

jobs = Jobs()


@jobs.job("invitation.tell_unreached")
async def tell_unreached(context: Context, person_id: str) -> None:
    async with context.database.transaction() as db:
        await tell_who_invited(db, UUID(person_id))
