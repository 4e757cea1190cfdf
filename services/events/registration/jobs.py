from uuid import UUID

from kit.clock import now
from kit.jobs import Context, Jobs
from services.events.registration.actions import withdraw_who_left
from services.events.registration.queries import coming_out_of_sight

jobs = Jobs()


@jobs.job("registration.end_of_sight")
async def end_registrations(context: Context, person_id: str | None = None, cluster_id: str | None = None) -> None:
    """Withdraw who left (this person, somebody of this cluster) from the events ahead that they do not see now."""
    person, cluster = UUID(person_id) if person_id else None, UUID(cluster_id) if cluster_id else None
    for event_id in await coming_out_of_sight(context.database.pool, now(), person, cluster):
        async with context.database.writing() as connection:
            await withdraw_who_left(connection, event_id)
