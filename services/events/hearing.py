"""What events does about what clusters told, besides keeping it."""

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.feed import FactOut
from kit.jobs import enqueue
from services.roster import hearing

PERSON_LEFT, SCHOOL_LEFT = ("staff.ended", "office.ended"), "membership.ended"


async def hear_from_clusters(session: AsyncSession, fact: FactOut) -> None:
    """Keep it; who left is withdrawn from what they do not see any more."""
    await hearing.hear_from_clusters(session, fact)
    if fact.kind in PERSON_LEFT:
        await enqueue(session, "registration.end_of_sight", person_id=fact.data["person_id"])
    elif fact.kind == SCHOOL_LEFT:
        await enqueue(session, "registration.end_of_sight", cluster_id=fact.cluster_id)
